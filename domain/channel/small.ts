import { none, type Batch, type Dealt } from "./batch.ts";

/** Beyond so many deliveries there are too many ways to try. */
export const mostTried = 12;
/** Looked at at the most; about 3 ms. */
const mostLooks = 150_000;

/**
 * Deals a few deliveries out in the best way by trying all, the largest first, leaving out whatever cannot be better
 * any more (depth-first branch and bound). Null where there are too many ways.
 */
export function dealByTrying(batch: Batch): Dealt | null {
  const { deliveries, channels, costs, loads, capacities, left } = batch;
  if (deliveries > mostTried) return null;
  const loadOf = (one: number): number => loads?.[one] ?? 1;
  const order = Array.from({ length: deliveries }, (_, one) => one).toSorted((a, b) => loadOf(b) - loadOf(a));
  const rest = new Float64Array(deliveries + 1);
  for (let at = deliveries - 1; at >= 0; at -= 1) {
    const one = order[at] ?? 0;
    let least = left[one] ?? Infinity;
    for (let channel = 0; channel < channels; channel += 1)
      least = Math.min(least, costs[one * channels + channel] ?? Infinity);
    rest[at] = (rest[at + 1] ?? 0) + least;
  }
  const free = capacities.slice();
  const trial = new Int32Array(deliveries).fill(none);
  const best = trial.slice();
  let bestCost = Infinity;
  let looks = 0;
  const place = (at: number, cost: number): void => {
    if (cost + (rest[at] ?? 0) >= bestCost || looks > mostLooks) return;
    if (at === deliveries) {
      bestCost = cost;
      best.set(trial);
      return;
    }
    looks += 1;
    const one = order[at] ?? 0;
    const load = loadOf(one);
    const ways = Array.from({ length: channels }, (_, channel) => channel)
      .filter((channel) => (free[channel] ?? 0) >= load && (costs[one * channels + channel] ?? Infinity) < Infinity)
      .toSorted((a, b) => (costs[one * channels + a] ?? 0) - (costs[one * channels + b] ?? 0));
    for (const channel of ways) {
      free[channel] = (free[channel] ?? 0) - load;
      trial[one] = channel;
      place(at + 1, cost + (costs[one * channels + channel] ?? 0));
      free[channel] = (free[channel] ?? 0) + load;
    }
    trial[one] = none;
    place(at + 1, cost + (left[one] ?? 0));
  };
  place(0, 0);
  return looks > mostLooks ? null : { channels: best, cost: bestCost, bound: bestCost };
}
