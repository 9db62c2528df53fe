import type { LoadPlan } from "./load-plan.ts";
import { priced, type Prices } from "./prices.ts";

/** So near a whole number is one. */
const nearWhole = 1e-3;

/**
 * Prices of capacity under which to look for a plan, the most promising first. Where room is short the bound leaves a
 * part of a delivery; since none can be left in part, it is told apart whether fewer are left or more (a branching on
 * their number), each with a bound of its own that is much nearer to what can be done.
 */
export function branchesOf(plan: LoadPlan): Prices[] {
  const relaxed = priced(plan);
  const { left } = relaxed;
  if (Math.abs(left - Math.round(left)) < nearWhole) return [relaxed];
  const branches = [priced(plan, { sign: -1, count: Math.ceil(left) }, relaxed)];
  if (isRoomFor(plan, Math.floor(left))) branches.push(priced(plan, { sign: 1, count: Math.floor(left) }, relaxed));
  return branches.toSorted((a, b) => a.bound - b.bound);
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
