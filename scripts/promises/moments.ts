import { asFound, promised, taught, type Known, type Promised } from "../../domain/promise/promise.ts";
import { travel, type DayOrder, type Instance } from "../dispatch/instance.ts";
import type { Day, Run, Track } from "../dispatch/replay.ts";

/**
 * When in an order's life it is asked when it will come. None of them is chosen by what only happens later: an order
 * that is not ready ten minutes on is one of those that take long, and what was promised must hold for them, too.
 */
export const moments = ["placed", "10 min on", "20 min on", "30 min on", "driver sent", "ready", "picked-up"] as const;
export type Moment = (typeof moments)[number];
/** `door`: when it is at the customer's; `counter`: when it is ready, as who fetches it asks. */
export type Place = "door" | "counter";

/** What was known of an order at a moment of a day, and when it came. Minutes from opening. */
export interface Sample {
  readonly moment: Moment;
  readonly place: Place;
  readonly at: number;
  readonly known: Known;
  readonly came: number;
}

const minute = 60_000;

/** The samples of a replayed day: of each order that was brought, those of the moments it had. */
export function samplesOf(instance: Instance, { runs }: Day, track: Track): Sample[] {
  const byOrder = new Map(instance.orders.map((order) => [order.order, order]));
  const means = new Map(
    [...Map.groupBy(instance.orders, ({ restaurant }) => restaurant)].map(([restaurant, own]) => [
      restaurant,
      own.reduce((sum, { placed, ready }) => sum + ready - placed, 0) / own.length,
    ]),
  );
  const pressureAt = pressures(instance, runs);
  return runs.flatMap((run) =>
    run.orders.flatMap((name, index): Sample[] => {
      const order = byOrder.get(name);
      const venue = order === undefined ? undefined : instance.restaurants.get(order.restaurant);
      const came = run.dropoffs[index];
      const decided = run.decided[index];
      if (order === undefined || venue === undefined || came === undefined || decided === undefined) return [];
      const wayMs = (travel(instance, venue, order) + (instance.pickupService + instance.dropoffService) / 2) * minute;
      const there = (run.arrival + instance.pickupService / 2) * minute;
      const readyAt = (at: number): number =>
        track === "perfect" || order.ready <= at ? order.ready : order.placed + (means.get(order.restaurant) ?? 0);
      const atDoor = (moment: Moment, at: number): Sample => {
        const ready = order.ready <= at;
        const certain = track === "perfect" || ready;
        const arriveAt = moment === "driver sent" ? there : null;
        const waitedMs = (at - order.placed) * minute;
        const known = {
          readyAt: readyAt(at) * minute,
          ready,
          certain,
          arriveAt,
          wayMs,
          pressure: pressureAt(at),
          waitedMs,
        };
        return { moment, place: "door", at, came, known: { stage: "waiting", ...known } };
      };
      const cooking = momentsOfCooking(order);
      const atCounter = track === "perfect" ? [] : cooking.map(([moment, at]): Sample => ({
        moment, place: "counter", at, came: order.ready,
        known: { stage: "cooking", readyAt: readyAt(at) * minute, waitedMs: (at - order.placed) * minute },
      })); // prettier-ignore
      return [
        ...cooking.filter(([, at]) => at < decided).map(([moment, at]) => atDoor(moment, at)),
        atDoor("driver sent", decided),
        ...(order.ready < decided ? [atDoor("ready", order.ready)] : []),
        {
          moment: "picked-up",
          place: "door",
          at: run.pickup,
          came,
          known: { stage: "picked-up", doorAt: came * minute },
        },
        ...atCounter,
      ];
    }),
  );
}

function momentsOfCooking({ placed, ready }: DayOrder): (readonly [Moment, number])[] {
  const named = [["placed", 0], ["10 min on", 10], ["20 min on", 20], ["30 min on", 30]] as const; // prettier-ignore
  return named.flatMap(([moment, after]) => (placed + after < ready ? [[moment, placed + after] as const] : []));
}

/** Orders not picked up yet, for each driver on shift, at each minute. */
function pressures(instance: Instance, runs: readonly Run[]): (at: number) => number {
  const pickups = new Map(runs.flatMap(({ orders, pickup }) => orders.map((order) => [order, pickup] as const)));
  const known = new Map<number, number>();
  const counted = (at: number): number => {
    const waiting = instance.orders.filter(
      ({ order, placed }) => placed <= at && (pickups.get(order) ?? Infinity) > at,
    );
    const drivers = instance.couriers.filter(({ on, off }) => on <= at && off > at).length;
    return waiting.length / Math.max(1, drivers);
  };
  return (at) => known.get(at) ?? known.set(at, counted(at)).get(at) ?? 0;
}

/** What was promised, and when it came; epoch milliseconds. */
export interface Kept {
  readonly sample: Sample;
  readonly window: Promised;
  readonly cameAt: number;
}

/**
 * What was promised in the course of a day by a zone that knew nothing when it began: as there, each order that is
 * brought teaches those that are asked about afterwards.
 */
export function keptOf(samples: readonly Sample[]): Kept[] {
  let slack = asFound;
  const underWay: Kept[] = [];
  return samples
    .toSorted((a, b) => a.at - b.at)
    .map((sample) => {
      const now = sample.at * minute;
      while ((underWay[0]?.cameAt ?? Infinity) <= now) {
        const brought = underWay.shift();
        if (brought !== undefined) slack = taught(slack, brought.window, brought.cameAt);
      }
      const known = sample.known.stage === "waiting" ? { ...sample.known, slack } : sample.known;
      const kept = { sample, window: promised(known, now), cameAt: sample.came * minute };
      if (sample.moment === "placed" && sample.place === "door") {
        underWay.splice(underWay.findLastIndex(({ cameAt }) => cameAt <= kept.cameAt) + 1, 0, kept);
      }
      return kept;
    });
}
