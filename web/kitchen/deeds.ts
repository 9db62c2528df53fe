import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Deed, PendingAction, type PendingActions, recallMs } from "../shared/pending.ts";
import { Safe } from "../shared/safe.ts";
import { serverNow } from "../shared/server-clock.ts";
import { freshId } from "../shared/storage.ts";

type Body = PendingAction["body"];

/** What takes a deed back; `hold`: nothing does, so it is sent only when there was time to think better of it. */
export type Remedy = { readonly name: string; readonly body: Body } | "hold";

/** The last thing done here, as long as it can be taken back. */
export interface LastDeed {
  readonly action: PendingAction;
  /** Null where it can be taken back only as long as it has not left this tablet. */
  readonly remedy: Remedy | null;
  /** Epoch milliseconds. */
  readonly until: number;
}

export const forgivenMs = 10_000;

/** What is done on this tablet, and how the last of it is taken back. Whatever is done next sends what was held. */
export class Deeds {
  readonly #pending: PendingActions;
  readonly #safe: Safe<PendingAction>;
  readonly #done = signal<LastDeed | null>(null);
  readonly #last = computed(() => {
    const done = this.#done.value;
    return done?.remedy === null && !this.#pending.isHere(done.action.key) ? null : done;
  });
  readonly #held = computed(() => (this.#done.value?.remedy === "hold" ? [this.#done.value.action] : []));
  /** What is said of it beside what was asked, as when it was done. */
  readonly #said: (name: string, body: Body) => Body;
  #before: PendingAction | null;
  #timer = 0;

  constructor(venue: string, pending: PendingActions, said: (name: string, body: Body) => Body) {
    this.#pending = pending;
    this.#said = said;
    this.#safe = new Safe(`comanda.kitchen.held.${venue}`, PendingAction);
    this.#before = this.#safe.atOnce;
    void this.#recall();
    document.addEventListener("visibilitychange", this.#leave);
  }

  get last(): ReadonlySignal<LastDeed | null> {
    return this.#last;
  }

  /** What is not on its way yet. */
  get held(): ReadonlySignal<readonly PendingAction[]> {
    return this.#held;
  }

  do(deed: Deed, remedy: Remedy | null): void {
    this.settle();
    const body = this.#said(deed.name, deed.body ?? {});
    const action = { ...deed, key: freshId(), body, at: serverNow(), waited: false };
    if (remedy === "hold") this.#safe.put(action);
    else this.#pending.do(action);
    if (remedy === null && navigator.onLine) return;
    this.#done.value = { action, remedy, until: serverNow() + forgivenMs };
    this.#timer = setTimeout(() => this.settle(), forgivenMs);
  }

  /** As if it had never been done, where nobody has heard of it; else by what undoes it. */
  undo(): void {
    const last = this.#last.peek();
    this.#forget();
    if (last === null || last.remedy === "hold" || this.#pending.takeBack(last.action.key)) return;
    const { remedy, action } = last;
    if (remedy === null) return;
    const { label, about, params } = action;
    this.#pending.do({ label, about, params, name: remedy.name, body: this.#said(remedy.name, remedy.body) });
  }

  /** Nobody takes the last deed back any more. */
  settle(): void {
    this.#sendBefore();
    const last = this.#done.peek();
    // Sent before it is forgotten: it is under one key, should both be found.
    if (last?.remedy === "hold") this.#pending.do(last.action);
    this.#forget();
  }

  close(): void {
    this.settle();
    document.removeEventListener("visibilitychange", this.#leave);
  }

  readonly #leave = (): void => {
    if (document.visibilityState === "hidden") this.settle();
  };

  /** What was held when the page was left. */
  async #recall(): Promise<void> {
    const late = setTimeout(() => this.#sendBefore(), recallMs);
    const later = await this.#safe.later();
    clearTimeout(late);
    if (later !== null) this.#before = later.value;
    this.#sendBefore();
  }

  /** Before whatever is done next; should it be found twice, it is under one key. */
  #sendBefore(): void {
    const held = this.#before;
    this.#before = null;
    if (held === null) return;
    this.#pending.do({ ...held, waited: true });
    if (this.#held.peek().length === 0) this.#safe.put(null);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    if (this.#held.peek().length > 0) this.#safe.put(null);
    this.#done.value = null;
  }
}
