import type { Dispatcher, FreeDriver, OpenErrand, Proposal, Situation } from "./dispatcher.ts";
import { suits, travelMs } from "./travel.ts";

/** Handing over at the venue and at the door. */
const handOverMs = 2 * 60_000;
const unsuitedMs = 30 * 60_000;
const silentPenaltyMs = 15 * 60_000;

/**
 * The nearest free driver for the food that is ready first. A delivery is offered once its driver would arrive with
 * the food, and from then on as soon as anybody is free who may be asked: so none waits behind a later one for ever.
 */
export const nearest: Dispatcher = {
  propose({ errands, drivers, leadMs, silentMs }, now) {
    const free = new Set(drivers);
    const proposals: Proposal[] = [];
    for (const errand of errands.filter((one) => dueAt(one, drivers, leadMs) <= now).toSorted(byReady)) {
      const best = cheapest(errand, free, silentMs, now);
      if (best === null) continue;
      free.delete(best);
      proposals.push({ order: errand.order, driver: best.driver, ...estimate(errand, best, now) });
    }
    return proposals;
  },

  nextAt({ errands, drivers, leadMs }: Situation) {
    const times = errands.flatMap((errand) =>
      drivers.length === 0
        ? []
        : [Math.max(dueAt(errand, drivers, leadMs), Math.min(...drivers.map((one) => errand.barred[one.driver] ?? 0)))],
    );
    return times.length === 0 ? null : Math.min(...times);
  },
};

/** When this driver would be at the venue, with the food ready, and at the customer. */
export function estimate(
  { pickup, dropoff, readyAt, ready }: Pick<OpenErrand, "pickup" | "dropoff" | "readyAt" | "ready">,
  { point, vehicle }: Pick<FreeDriver, "point" | "vehicle">,
  now: number,
): { pickupAt: number; dropoffAt: number } {
  const pickupAt = Math.max(ready ? now : readyAt, now + travelMs(point, pickup, vehicle));
  return { pickupAt, dropoffAt: pickupAt + handOverMs + travelMs(pickup, dropoff, vehicle) };
}

/** From when a driver is looked for: so that even the nearest one arrives no earlier than needed. */
function dueAt(errand: OpenErrand, drivers: readonly FreeDriver[], leadMs: number): number {
  if (errand.ready) return errand.requestedAt;
  const travel = Math.min(...drivers.map(({ point, vehicle }) => travelMs(point, errand.pickup, vehicle)));
  return errand.readyAt - travel - leadMs;
}

function byReady(a: OpenErrand, b: OpenErrand): number {
  return a.readyAt - b.readyAt || a.requestedAt - b.requestedAt || (a.order < b.order ? -1 : 1);
}

/** The driver who would be there first; one whose vehicle does not suit, or who is silent, only for want of another. */
function cheapest(errand: OpenErrand, drivers: Iterable<FreeDriver>, silentMs: number, now: number): FreeDriver | null {
  let best: { driver: FreeDriver; cost: number } | null = null;
  for (const driver of drivers) {
    if ((errand.barred[driver.driver] ?? 0) > now) continue;
    const cost =
      travelMs(driver.point, errand.pickup, driver.vehicle) +
      (suits(driver.vehicle, errand.pickup, errand.dropoff) ? 0 : unsuitedMs) +
      (now - driver.heardAt > silentMs ? silentPenaltyMs : 0);
    if (best === null || cost < best.cost) best = { driver, cost };
  }
  return best?.driver ?? null;
}
