import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { PendingAction, type PendingActions } from "../shared/pending.ts";
import { freshId, keep, kept } from "../shared/storage.ts";

type Params = PendingAction["params"];
type Body = PendingAction["body"];

export interface Deed {
  readonly name: string;
  /** What it is done to, as people call it. */
  readonly label: string;
  readonly params: Params;
  readonly body?: Body;
}

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
  #timer = 0;

  constructor(venue: string, pending: PendingActions) {
    this.#pending = pending;
    this.#name = `comanda.kitchen.held.${venue}`;
    const held = kept(this.#name, PendingAction);
    if (held !== null) this.#send(held);
    document.addEventListener("visibilitychange", this.#leave);
  }

  get last(): ReadonlySignal<LastDeed | null> {
    return this.#last;
  }

  /** What is not on its way yet. */
  get held(): ReadonlySignal<readonly PendingAction[]> {
    return this.#held;
  }

  do({ name, label, params, body = {} }: Deed, remedy: Remedy | null): void {
    this.settle();
    const action = { key: freshId(), name, label, params, body, at: Date.now(), waited: false };
    if (remedy === "hold") keep(this.#name, action);
    else this.#pending.do(name, label, params, body);
    if (remedy === null) return;
    this.#last.value = { action, remedy, until: Date.now() + forgivenMs };
    this.#timer = setTimeout(() => this.settle(), forgivenMs);
  }

  undo(): void {
    const last = this.#last.peek();
    this.#forget();
    if (last === null || last.remedy === "hold") return;
    this.#pending.do(last.remedy.name, last.action.label, last.action.params, last.remedy.body);
  }

  /** Nobody takes the last deed back any more. */
  settle(): void {
    const last = this.#last.peek();
    this.#forget();
    if (last?.remedy === "hold") this.#send(last.action);
  }

  close(): void {
    this.settle();
    document.removeEventListener("visibilitychange", this.#leave);
  }

  readonly #leave = (): void => {
    if (document.visibilityState === "hidden") this.settle();
  };

  #send({ name, label, params, body }: PendingAction): void {
    this.#pending.do(name, label, params, body);
    keep(this.#name, null);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    keep(this.#name, null);
    this.#last.value = null;
  }
}
