import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Deed, PendingAction, type PendingActions } from "../shared/pending.ts";
import { serverNow } from "../shared/server-clock.ts";
import { freshId, keep, kept } from "../shared/storage.ts";

type Body = PendingAction["body"];

/** What takes a deed back; `hold`: nothing does, so it is sent only when there was time to think better of it. */
export type Remedy = { readonly name: string; readonly body: Body } | "hold";

/** The last thing done here, as long as it can be taken back. */
export interface LastDeed {
  readonly action: PendingAction;
  readonly remedy: Remedy;
  /** Epoch milliseconds. */
  readonly until: number;
}

export const forgivenMs = 10_000;

/** What is done on this tablet, and how the last of it is taken back. Whatever is done next sends what was held. */
export class Deeds {
  readonly #pending: PendingActions;
  readonly #name: string;
  readonly #last = signal<LastDeed | null>(null);
  readonly #held = computed(() => (this.#last.value?.remedy === "hold" ? [this.#last.value.action] : []));
  /** What is said of it beside what was asked, as when it was done. */
  readonly #said: (name: string, body: Body) => Body;
  #timer = 0;

  constructor(venue: string, pending: PendingActions, said: (name: string, body: Body) => Body) {
    this.#pending = pending;
    this.#said = said;
    this.#name = `comanda.kitchen.held.${venue}`;
    const held = kept(this.#name, PendingAction);
    if (held !== null) this.#sendHeld(held);
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
    const action = { key: freshId(), ...deed, body: deed.body ?? {}, at: serverNow(), waited: false };
    if (remedy === "hold") keep(this.#name, action);
    else this.#send(action);
    if (remedy === null) return;
    this.#last.value = { action, remedy, until: serverNow() + forgivenMs };
    this.#timer = setTimeout(() => this.settle(), forgivenMs);
  }

  undo(): void {
    const last = this.#last.peek();
    this.#forget();
    if (last === null || last.remedy === "hold") return;
    this.#send({ ...last.action, ...last.remedy });
  }

  /** Nobody takes the last deed back any more. */
  settle(): void {
    const last = this.#last.peek();
    this.#forget();
    if (last?.remedy === "hold") this.#sendHeld(last.action);
  }

  close(): void {
    this.settle();
    document.removeEventListener("visibilitychange", this.#leave);
  }

  readonly #leave = (): void => {
    if (document.visibilityState === "hidden") this.settle();
  };

  #sendHeld(held: PendingAction): void {
    this.#send(held);
    keep(this.#name, null);
  }

  #send({ name, label, about, params, body }: PendingAction): void {
    this.#pending.do({ name, label, about, params, body: this.#said(name, body) });
  }

  #forget(): void {
    clearTimeout(this.#timer);
    keep(this.#name, null);
    this.#last.value = null;
  }
}
