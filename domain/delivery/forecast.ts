import { counted, noDemand, type Demand } from "../dispatch/demand.ts";
import { noMemory, type Memory } from "../dispatch/round.ts";
import { projection } from "./situation.ts";
import type { ZoneState } from "./zone.ts";

/** Fewer than so many deliveries in the last hours tell nothing of those to come. */
const leastKnown = 6;

/**
 * What a zone remembers of its demand. It is counted anew from the deliveries it still holds (all that are open, and
 * those over within two hours), so there is nothing beside them that could be lost or be wrong after a restart.
 */
export function memoryOf(state: ZoneState, now: number): Memory | null {
  const deliveries = Object.values(state.deliveries);
  if (deliveries.length < leastKnown) return null;
  const project = projection(state);
  const sorted = deliveries.toSorted((a, b) => a.job.requestedAt - b.job.requestedAt);
  let demand: Demand = noDemand;
  for (const { job } of sorted) {
    const { order, venue, requestedAt, readyAt, pickup, dropoff } = job;
    const spots = { pickup: project(pickup.point), dropoff: project(dropoff.point) };
    const errand = { order, venue, ...spots, requestedAt, readyAt, spreadMs: 0, barred: {} };
    demand = counted(demand, { errands: [errand], venues: [] }, Math.min(requestedAt, now));
    // Two at the same instant are two.
    demand = { ...demand, countedUntil: demand.countedUntil - 1 };
  }
  return { ...noMemory, demand: { ...demand, countedUntil: now } };
}
