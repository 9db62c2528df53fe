import type { LoadPlan } from "./load-plan.ts";
import { priced, type Prices } from "./prices.ts";

/** So near a whole number is one. */
const nearWhole = 1e-3;
/** By so many at the most the smoothed bound may be wrong about how many are left. */
const mostShifts = 2;

/**
 * Prices of capacity under which to look for a plan, the most promising first. Where room is short the bound leaves a
 * part of a delivery; since none can be left in part, it is told apart whether fewer are left or more (a branching on
 * their number), each with a bound of its own that is much nearer to what can be done.
 */
export function branchesOf(plan: LoadPlan): Prices[] {
  const relaxed = priced(plan);
  const { left } = relaxed;
  if (Math.abs(left - Math.round(left)) < nearWhole) return [relaxed];
  let count = Math.ceil(left);
  let more = atLeast(count);
  let fewer = atMost(count - 1);
  // How many are left is read off a blurred bound, and may be off by one: a limit that is worth nothing tells nothing
  // apart, and with it alone the search goes on among plans that leave any number.
  for (let shift = 0; shift < mostShifts && isIdle(more); shift += 1) {
    count += 1;
    fewer = atMost(count - 1);
    more = atLeast(count);
  }
  for (let shift = 0; shift < mostShifts && fewer !== null && isIdle(fewer); shift += 1) {
    count -= 1;
    more = atLeast(count);
    fewer = atMost(count - 1);
  }
  return (fewer === null ? [more] : [more, fewer]).toSorted((a, b) => a.bound - b.bound);

  function atLeast(those: number): Prices {
    return priced(plan, { sign: -1, count: those }, relaxed);
  }

  function atMost(those: number): Prices | null {
    return isRoomFor(plan, those) ? priced(plan, { sign: 1, count: those }, relaxed) : null;
  }
}

function isIdle({ prices }: Prices): boolean {
  return prices.at(-1) === 0;
}

/** Whether there would be room in all if the largest so many were left. */
export function isRoomFor({ loads, rooms, nodes }: Pick<LoadPlan, "loads" | "rooms" | "nodes">, left: number): boolean {
  let over = loads
    .toSorted()
    .subarray(0, loads.length - left)
    .reduce((sum, load) => sum + load, 0);
  for (let node = 0; node < nodes - 1; node += 1) over -= rooms[node] ?? 0;
  return over <= 0;
}
