import type { Dispatcher, FreeDriver, OpenErrand, Situation } from "../dispatch/dispatcher.ts";
import { nearest } from "../dispatch/nearest.ts";
import type { Delivery } from "./delivery.ts";
import type { Tale } from "./tale.ts";
import { loads, takerOf, type ZoneState } from "./zone.ts";

/** How the zone dispatches: another dispatcher is put in here. */
const dispatcher: Dispatcher = nearest;

/** Offers what is due to whoever is free, until nothing more can be offered now. */
export function offerRound(tale: Tale): void {
  for (;;) {
    const proposals = dispatcher.propose(situationOf(tale.state), tale.now);
    if (proposals.length === 0) return;
    for (const { order, driver: id, pickupAt, dropoffAt } of proposals) {
      const driver = tale.state.drivers[id];
      if (driver === undefined) throw new Error(`${id} is not on shift`);
      const expiresAt = tale.now + tale.state.settings.offer;
      tale.tell({ type: "offered", order, driver: takerOf(driver), expiresAt, pickupAt, dropoffAt });
    }
  }
}

/** When something can be offered if nothing changes until then (epoch ms). */
export function nextRoundAt(state: ZoneState): number | null {
  const situation = situationOf(state);
  return situation.errands.length === 0 || situation.drivers.length === 0 ? null : dispatcher.nextAt(situation);
}

function situationOf(state: ZoneState): Situation {
  const { lead: leadMs, silence: silentMs } = state.settings;
  const errands = Object.values(state.deliveries).flatMap((one) =>
    one.stage.status === "waiting" ? [errandOf(one)] : [],
  );
  return { errands, drivers: errands.length === 0 ? [] : freeDrivers(state), leadMs, silentMs };
}

function freeDrivers(state: ZoneState): FreeDriver[] {
  const busy = loads(state);
  return Object.values(state.drivers).flatMap(({ id, vehicle }) => {
    const presence = state.presence[id];
    if (busy.has(id) || presence === undefined) return [];
    return [{ driver: id, vehicle, point: presence.point, heardAt: presence.heardAt }];
  });
}

function errandOf({ job, readyAt, ready, asked }: Delivery): OpenErrand {
  return {
    order: job.order,
    pickup: job.pickup.point,
    dropoff: job.dropoff.point,
    requestedAt: job.requestedAt,
    readyAt,
    ready,
    barred: Object.fromEntries(Object.entries(asked).map(([driver, { until }]) => [driver, until])),
  };
}
