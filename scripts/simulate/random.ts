/** A source of numbers from 0 up to, not including, 1. */
export type Random = () => number;

/**
 * Numbers that depend on nothing but the seeds: so an order's decisions are the same in every run, however the orders'
 * lives interleave. sfc32 (PractRand), seeded by FNV-1a of the seeds' texts.
 */
export function randomFrom(...seeds: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5;
  for (const character of seeds.join("\u0000")) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  let [a, b, c, counter] = [hash, hash ^ 0x9e3779b9, ~hash, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  // The first ones still show the seed.
  for (let drawn = 0; drawn < 12; drawn += 1) next();
  return next;
}

/** From `from` to `to`, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export function within({ from, to }: Range, random: Random): number {
  return from + random() * (to - from);
}

export function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error("Nothing to pick from.");
  return found;
}
