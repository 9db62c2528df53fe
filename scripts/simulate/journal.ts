import type { PlayedOrder } from "./played-order.ts";

/** For how long a ticket may be on a tablet before its customer has been told the order's id, in milliseconds. */
const usualStrangerAfterMs = 10_000;

/** All orders of a run, and by id those that have one. */
export class Journal {
  readonly all: PlayedOrder[] = [];
  readonly #strangerAfterMs: number;
  readonly #byId = new Map<string, PlayedOrder>();
  readonly #expected = new Map<string, ((order: PlayedOrder | null) => void)[]>();

  constructor(strangerAfterMs = usualStrangerAfterMs) {
    this.#strangerAfterMs = strangerAfterMs;
  }

  add(order: PlayedOrder): void {
    this.all.push(order);
  }

  /** The order has been given its id. */
  name(order: PlayedOrder, id: string): void {
    order.id = id;
    this.#byId.set(id, order);
    for (const tell of this.#expected.get(id) ?? []) tell(order);
    this.#expected.delete(id);
  }

  of(id: string): PlayedOrder | undefined {
    return this.#byId.get(id);
  }

  /** The order of that id, now or when it is known; null where it is none of this run's. */
  find(id: string): Promise<PlayedOrder | null> {
    const known = this.#byId.get(id);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), this.#strangerAfterMs);
      const tell = (order: PlayedOrder | null) => {
        clearTimeout(timer);
        resolve(order);
      };
      this.#expected.set(id, [...(this.#expected.get(id) ?? []), tell]);
    });
  }
}
