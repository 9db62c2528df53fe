/** Milliseconds; `count` is how many there were. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Times taken, by name. */
export class Latencies {
  readonly #times = new Map<string, number[]>();

  add(name: string, ms: number): void {
    const known = this.#times.get(name);
    if (known === undefined) this.#times.set(name, [ms]);
    else known.push(ms);
  }

  summary(): Record<string, Percentiles> {
    return Object.fromEntries([...this.#times].map(([name, times]) => [name, percentilesOf(times)]));
  }
}

/** By nearest rank: the p99 of 100 times is the 99th of them in order. All 0 of none. */
export function percentilesOf(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((a, b) => a - b);
  const rank = (share: number) => rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { count: sorted.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
