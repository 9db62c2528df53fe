import type { Driver, Spot, Terms } from "./situation.ts";

const minute = 60_000;
/** A driver under way cannot be called back before this much of the way is done. */
const hopMs = 5 * minute;

/**
 * Where to go first on a long way: to a venue that lies on it, so that the driver can be thought of anew from there.
 * Null where the way is short, or where every stop would cost more than `detourMs`.
 */
export function hop(
  driver: Driver,
  to: Spot | null,
  spots: readonly Spot[],
  { travel }: Terms,
  detourMs: number,
): Spot | null {
  const { spot: from, vehicle } = driver;
  const way = travel(from, to, vehicle);
  if (from === null || to === null || way <= hopMs) return null;
  let best: Spot | null = null;
  let farthest = 0;
  for (const via of spots) {
    const first = travel(from, via, vehicle);
    if (first === 0 || first > hopMs || first <= farthest) continue;
    if (first + travel(via, to, vehicle) > way + detourMs) continue;
    best = via;
    farthest = first;
  }
  return best;
}
