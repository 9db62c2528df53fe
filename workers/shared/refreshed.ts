import { log } from "./log.ts";
import { troubleOf } from "./trouble.ts";

export interface Freshness {
  /** Milliseconds after which a new value is fetched while the old one is still given out. */
  readonly staleAfter: number;
  /** Milliseconds after which the caller waits for a new value: an isolate that slept knows nothing recent. */
  readonly unusableAfter: number;
}

/**
 * A value kept in the isolate's memory and fetched anew from time to time, so that no request pays a read.
 * Requests never wait for each other's fetch: the runtime forbids I/O on behalf of another request.
 */
export class Refreshed<T> {
  #value: { readonly it: T } | undefined;
  #asOf = -Infinity;
  #triedAt = -Infinity;
  #failedAt = -Infinity;
  readonly #freshness: Freshness;

  constructor(freshness: Freshness) {
    this.#freshness = freshness;
  }

  /** The value; throws only when none was ever fetched and the fetch fails. A promise only when it must be waited for. */
  get(now: number, fetch: () => Promise<T>, background: (work: Promise<unknown>) => void): T | Promise<T> {
    const age = now - this.#asOf;
    if (this.#value === undefined) return this.reload(now, fetch);
    if (age < this.#freshness.staleAfter || now - this.#failedAt < 1_000) return this.#value.it;
    if (age < this.#freshness.unusableAfter) {
      if (now - this.#triedAt < 1_000) return this.#value.it;
      background(this.#reloadOrKeep(now, fetch, this.#value.it));
      return this.#value.it;
    }
    return this.#reloadOrKeep(now, fetch, this.#value.it);
  }

  async reload(now: number, fetch: () => Promise<T>): Promise<T> {
    this.#triedAt = now;
    const it = await fetch();
    this.set(it, now);
    return it;
  }

  set(it: T, now: number): void {
    this.#value = { it };
    this.#asOf = now;
  }

  /** With the database away, what was known a moment ago serves better than turning everybody away. */
  async #reloadOrKeep(now: number, fetch: () => Promise<T>, kept: T): Promise<T> {
    try {
      return await this.reload(now, fetch);
    } catch (error) {
      log.error("not refreshed", { ...troubleOf(error) });
      this.#failedAt = now;
      return kept;
    }
  }
}
