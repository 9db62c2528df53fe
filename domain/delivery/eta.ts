import type { Foresight } from "../../contracts/eta.ts";
import type { Point } from "../../contracts/point.ts";
import { travelMs } from "../dispatch/travel.ts";
import { handOverMs, promised, type Promised } from "../promise/promise.ts";
import { fetcherOf, isOver, type Delivery } from "./delivery.ts";
import { loads, type ZoneState } from "./zone.ts";

/** When a delivery comes, as far as can be said at `now`; null where it is over. */
export function etaOf(state: ZoneState, delivery: Delivery, now: number): Promised | null {
  const { stage } = delivery;
  if (isOver(stage) || stage.status === "returning") return null;
  if (stage.status === "with-carrier" && stage.dropoffAt !== null) {
    return promised({ stage: "carried", dropoffAt: stage.dropoffAt }, now);
  }
  const foresight = foresightOf(state, delivery, now, pressureOf(state), loads(state));
  return foresight === null ? null : etaAt(delivery, foresight, now);
}

/** What the zone knows of when a delivery comes; null where a carrier has said it, or it is over. */
export function foresightOf(
  state: ZoneState,
  delivery: Delivery,
  now: number,
  pressure: number,
  held: ReturnType<typeof loads>,
): Foresight | null {
  const { stage, job } = delivery;
  if (isOver(stage) || stage.status === "returning") return null;
  if (stage.status === "with-carrier" && stage.dropoffAt !== null) return null;
  const fetcher = fetcherOf(delivery);
  const vehicle = stage.status === "picked-up" ? stage.driver.vehicle : (fetcher?.vehicle ?? "bike");
  const wayMs = 2 * handOverMs + travelMs(job.pickup.point, job.dropoff.point, vehicle);
  const arriveAt = fetcher === null ? null : arrivalOf(state, delivery, fetcher.id, now);
  const doorAt = stage.status === "picked-up" ? doorAtOf(state, delivery, now, held) : null;
  return { pressure, wayMs, arriveAt, doorAt, ...(state.slack === undefined ? {} : { slack: state.slack }) };
}

/** When a delivery of which so much is known comes. */
export function etaAt(delivery: Delivery, { doorAt, ...known }: Foresight, now: number): Promised {
  if (doorAt !== null) return promised({ stage: "picked-up", doorAt }, now);
  const { readyAt, ready, job } = delivery;
  const waitedMs = Math.max(0, now - job.requestedAt);
  return promised({ stage: "waiting", readyAt, ready, certain: false, waitedMs, ...known }, now);
}

/** When the driver is at the counter: from where the phone is, if it has said so. */
function arrivalOf(state: ZoneState, { stage, job }: Delivery, driver: string, now: number): number {
  if (stage.status === "at-venue") return now;
  const vehicle = state.drivers[driver]?.vehicle ?? "bike";
  const point = state.presence[driver]?.point ?? null;
  if (point === null) return "pickupAt" in stage ? (stage.pickupAt ?? now) : now;
  return now + travelMs(point, job.pickup.point, vehicle);
}

/** When the driver is at this door: by way of the doors before it, from where the phone was last. */
function doorAtOf(state: ZoneState, { stage, job }: Delivery, now: number, held: ReturnType<typeof loads>): number {
  if (stage.status !== "picked-up") return now;
  const { id, vehicle } = stage.driver;
  const presence = state.presence[id];
  let point: Point | null = presence?.point ?? null;
  if (point === null || presence === undefined || job.dropoff.point === null) return stage.dropoffAt;
  let at = Math.max(presence.pointAt, stage.pickedUpAt);
  const before = (held.get(id) ?? [])
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
export function pressureOf({ deliveries, drivers }: ZoneState): number {
  const waiting = Object.values(deliveries).filter(
    ({ stage }) => stage.status === "waiting" || stage.status === "offered" || stage.status === "assigned" || stage.status === "at-venue", // prettier-ignore
  );
  return waiting.length / Math.max(1, Object.keys(drivers).length);
}
