import { promised, type Known, type Promised } from "../../domain/promise/promise.ts";
import { travel, type Instance } from "../dispatch/instance.ts";
import type { Day, Track } from "../dispatch/replay.ts";

/** When in an order's life it is asked when it will come. */
export const moments = ["placed", "half-way", "ready", "picked-up"] as const;
export type Moment = (typeof moments)[number];

/** What was known of an order at a moment of a day, and when it came. Minutes from opening. */
export interface Sample {
  readonly moment: Moment;
  readonly at: number;
  readonly known: Known;
  readonly came: number;
}

const minute = 60_000;

/** The samples of a replayed day: of each order that was brought, one for each moment. */
export function samplesOf(instance: Instance, { runs }: Day, track: Track): Sample[] {
  const byOrder = new Map(instance.orders.map((order) => [order.order, order]));
  const pickups = new Map(runs.flatMap(({ orders, pickup }) => orders.map((order) => [order, pickup] as const)));
  const mean = new Map(
    [...Map.groupBy(instance.orders, ({ restaurant }) => restaurant)].map(([restaurant, own]) => [
      restaurant,
      own.reduce((sum, { placed, ready }) => sum + ready - placed, 0) / own.length,
    ]),
  );
  const pressureAt = (at: number): number => {
    const waiting = instance.orders.filter(
      ({ order, placed }) => placed <= at && (pickups.get(order) ?? Infinity) > at,
    );
    const drivers = instance.couriers.filter(({ on, off }) => on <= at && off > at).length;
    return waiting.length / Math.max(1, drivers);
  };
  return runs.flatMap(({ orders, pickup, dropoffs }) =>
    orders.flatMap((name, index): Sample[] => {
      const order = byOrder.get(name);
      const venue = order === undefined ? undefined : instance.restaurants.get(order.restaurant);
      const came = dropoffs[index];
      if (order === undefined || venue === undefined || came === undefined) return [];
      const way = (travel(instance, venue, order) + (instance.pickupService + instance.dropoffService) / 2) * minute;
      const guess = order.placed + (mean.get(order.restaurant) ?? 0);
      const sample = (moment: Moment, at: number): Sample => {
        const known = track === "perfect" || order.ready <= at;
        const pressure = pressureAt(at);
        const ready = order.ready <= at;
        const readyAt = (known ? order.ready : guess) * minute;
        if (moment === "picked-up") return { moment, at, came, known: { stage: "picked-up", doorAt: came * minute } };
        return {
          moment,
          at,
          came,
          known: { stage: "waiting", readyAt, ready, certain: known, arriveAt: null, wayMs: way, pressure },
        };
      };
      return [
        sample("placed", order.placed),
        sample("half-way", Math.floor((order.placed + order.ready) / 2)),
        ...(order.ready < pickup ? [sample("ready", order.ready)] : []),
        sample("picked-up", pickup),
      ];
    }),
  );
}

export function windowOf({ known, at }: Sample): Promised {
  return promised(known, at * minute);
}
