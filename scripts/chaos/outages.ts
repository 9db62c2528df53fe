/** So long after it answers again a server may still stumble over what has not come up, in milliseconds. */
const stumblesForMs = 5_000;

/** When the product was dead by our own hand: what breaks then is no finding, and is asked for again. */
export class Outages {
  #dead = 0;
  #until = -Infinity;

  begin(): void {
    this.#dead += 1;
  }

  /** It answers again. */
  end(): void {
    this.#dead -= 1;
    this.#until = performance.now() + stumblesForMs;
  }

  get now(): boolean {
    return this.#dead > 0 || performance.now() < this.#until;
  }
}
