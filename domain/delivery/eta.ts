import type { Point } from "../../contracts/events.ts";
import { travelMs } from "../dispatch/travel.ts";
import { promised, type Promised } from "../promise/promise.ts";
import { fetcherOf, isOver, type Delivery } from "./delivery.ts";
import { loads, type ZoneState } from "./zone.ts";

/** Handing over at a venue, and at a door. */
const handOverMs = 2 * 60_000;
/** A carrier's own estimate is believed to within so much. */
const carrierSoonerMs = 5 * 60_000;
const carrierLaterMs = 15 * 60_000;

/** When a delivery comes, as far as can be said at `now`; null where it is over, or where nobody can say. */
export function etaOf(state: ZoneState, delivery: Delivery, now: number): Promised | null {
  const { stage, job, readyAt, ready } = delivery;
  if (isOver(stage) || stage.status === "returning") return null;
  if (stage.status === "with-carrier") {
    if (stage.dropoffAt === null) return null;
    const best = Math.max(now, stage.dropoffAt);
    return { from: Math.max(now, best - carrierSoonerMs), best, to: best + carrierLaterMs };
  }
  if (stage.status === "picked-up") return promised({ stage: "picked-up", doorAt: doorAt(state, delivery, now) }, now);
  const fetcher = fetcherOf(delivery);
  const vehicle = fetcher?.vehicle ?? "bike";
  const wayMs = 2 * handOverMs + travelMs(job.pickup.point, job.dropoff.point, vehicle);
  const arriveAt = fetcher === null ? null : arrivalOf(state, delivery, fetcher.id, now);
  return promised({ stage: "waiting", readyAt, ready, certain: false, arriveAt, wayMs, pressure: pressureOf(state) }, now);
} // prettier-ignore

/** When the driver is at the counter: from where the phone is, if it has said so. */
function arrivalOf(state: ZoneState, { stage, job }: Delivery, driver: string, now: number): number {
  if (stage.status === "at-venue") return now;
  const vehicle = state.drivers[driver]?.vehicle ?? "bike";
  const point = state.presence[driver]?.point ?? null;
  if (point === null) return "pickupAt" in stage ? (stage.pickupAt ?? now) : now;
  return now + travelMs(point, job.pickup.point, vehicle);
}

/** When the driver is at this door: by way of the doors before it, from where the phone was last. */
function doorAt(state: ZoneState, { stage, job }: Delivery, now: number): number {
  if (stage.status !== "picked-up") return now;
  const { id, vehicle } = stage.driver;
  const presence = state.presence[id];
  let point: Point | null = presence?.point ?? null;
  if (point === null || presence === undefined || job.dropoff.point === null) return stage.dropoffAt;
  let at = Math.max(presence.pointAt, stage.pickedUpAt);
  const before = (loads(state).get(id) ?? [])
    .flatMap((one) => (one.stage.status === "picked-up" && one.stage.dropoffAt < stage.dropoffAt ? [one] : []))
    .toSorted((a, b) => dropoffAt(a) - dropoffAt(b));
  for (const one of before) {
    at += travelMs(point, one.job.dropoff.point, vehicle) + handOverMs;
    point = one.job.dropoff.point ?? point;
  }
  return Math.max(now, at + travelMs(point, job.dropoff.point, vehicle));
}

function dropoffAt({ stage }: Delivery): number {
  return stage.status === "picked-up" ? stage.dropoffAt : 0;
}

/** Orders not picked up yet, for each driver on shift. */
function pressureOf({ deliveries, drivers }: ZoneState): number {
  const waiting = Object.values(deliveries).filter(
    ({ stage }) => stage.status === "waiting" || stage.status === "offered" || stage.status === "assigned" || stage.status === "at-venue", // prettier-ignore
  );
  return waiting.length / Math.max(1, Object.keys(drivers).length);
}
