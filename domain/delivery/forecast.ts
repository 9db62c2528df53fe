import { learnedFrom } from "../dispatch/demand.ts";
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
  const errands = sorted.map(({ job: { order, venue, requestedAt, readyAt, pickup } }) => ({
    order, venue, requestedAt, readyAt, pickup: project(pickup.point), dropoff: null, spreadMs: 0, barred: {},
  })); // prettier-ignore
  return { ...noMemory, demand: learnedFrom(errands, now) };
}
