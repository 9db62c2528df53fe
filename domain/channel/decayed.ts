/** An average in which what is older counts less: half as much after `halfLifeMs`. Kept in a state, so plain data. */
export interface Decayed {
  readonly mean: number;
  /** How much has been observed, decayed to `at`. */
  readonly weight: number;
  /** When last observed (epoch ms). */
  readonly at: number;
}

export const halfLifeMs = 2 * 86_400_000;
/** However much was observed before, this share of the average is the newest twenty. */
const mostWeight = 20;

export function observed(before: Decayed | undefined, value: number, at: number): Decayed {
  if (before === undefined) return { mean: value, weight: 1, at };
  const kept = Math.min(mostWeight, before.weight * 0.5 ** (Math.max(0, at - before.at) / halfLifeMs));
  return { mean: (before.mean * kept + value) / (kept + 1), weight: kept + 1, at: Math.max(at, before.at) };
}

/** The average, drawn to what is supposed of somebody unknown, as if that had been observed `doubt` times. */
export function believed(known: Decayed | undefined, supposed: number, doubt = 2): number {
  if (known === undefined) return supposed;
  return (known.mean * known.weight + supposed * doubt) / (known.weight + doubt);
}
