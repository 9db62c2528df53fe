import { addressOf, parseAddress } from "../../contracts/address.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { usualReachMs } from "./borrowing.ts";
import type { ZoneEvent } from "./command.ts";
import type { ZoneState } from "./zone.ts";

type OfLending = Extract<ZoneEvent, { type: "help-wanted" | "driver-lent" | "loan-recalled" | "driver-returned" }>;

/** What other zones must know of an event. */
export function forNeighbours(event: Recorded<OfLending>, state: ZoneState): readonly Addressed[] {
  switch (event.type) {
    case "help-wanted": {
      const delivery = state.deliveries[event.delivery];
      const pickup = delivery?.job.pickup.point ?? null;
      if (delivery === undefined || pickup === null) return [];
      const { job, readyAt, ready, asked } = delivery;
      const { order, dropoff, customer } = job;
      const but = Object.entries(asked).flatMap(([driver, { until }]) => (until > event.at ? [driver] : []));
      const { reach = usualReachMs } = state.settings;
      const data = {
        order, pickup, door: dropoff.point, readyAt: ready ? event.at : readyAt, reach, until: event.until, but,
      }; // prettier-ignore
      const { tenant } = parseAddress(customer);
      return event.of.map((zone) => ({ type: "zone.driver-wanted", to: addressOf("zone", tenant, zone), data }));
    }
    case "driver-lent": {
      const { driver, to, delivery: order, loan, takeBy } = event;
      const lent = state.drivers[driver];
      if (lent === undefined) return [];
      const { name, vehicle, until } = lent;
      const point = state.presence[driver]?.point ?? null;
      const ends = until === undefined ? {} : { ends: until };
      return [{ type: "zone.driver-lent", to, data: { driver, loan, order, name, vehicle, point, takeBy, ...ends } }];
    }
    case "loan-recalled": {
      const { driver, loan } = event;
      const to = state.loans?.[driver]?.to;
      return to === undefined ? [] : [{ type: "zone.driver-recalled", to, data: { driver, loan } }];
    }
    case "driver-returned": {
      const { driver, to, loan } = event;
      return [{ type: "zone.driver-returned", to, data: { driver, loan } }];
    }
  }
}
