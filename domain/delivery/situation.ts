import type { Point } from "../../contracts/point.ts";
import type { Driver, Errand, Fetch, Situation, Spot } from "../dispatch/situation.ts";
import { longestMs, plane, planeTravelMs } from "../dispatch/travel.ts";
import { isHeld } from "./deal-channels.ts";
import type { Delivery } from "./delivery.ts";
import { loads, sendable, type ZoneDriver, type ZoneState } from "./zone.ts";

const minute = 60_000;
/** Handing over at the venue and at the door. */
const handOverMs = 2 * minute;
/** What the dispatcher takes for a promise: later than this after the order is late. */
const promiseMs = 40 * minute;
/** Nobody says when a shift ends. */
const noEnd = Number.MAX_SAFE_INTEGER;

type Project = (point: Point | null) => Spot | null;

/** What a dispatcher sees of a zone. */
export function situationOf(state: ZoneState, now: number, moves = false): Situation {
  const project = projection(state);
  const waiting = Object.values(state.deliveries).filter((one) => one.stage.status === "waiting" && !isHeld(one));
  const held = loads(state);
  return {
    errands: waiting.map((one) => errandOf(one, project, now)),
    drivers:
      waiting.length === 0 && !moves
        ? []
        : sendable(state).flatMap((one) => driverOf(state, one, held.get(one.id) ?? [], project, now)),
    moves,
    venues: [],
    terms: {
      parkMs: 0,
      leaveMs: handOverMs,
      targetMs: promiseMs,
      // A round is held the moment somebody has to leave.
      roundMs: 1,
      leadMs: state.settings.lead,
      travel: planeTravelMs,
    },
  };
}

function driverOf(
  state: ZoneState,
  { id, vehicle, until }: ZoneDriver,
  held: readonly Delivery[],
  project: Project,
  now: number,
): Driver[] {
  const presence = state.presence[id];
  if (presence === undefined) return [];
  const point = project(presence.point);
  const driver = {
    driver: id,
    vehicle,
    spot: point,
    freeAt: now,
    offAt: until ?? noEnd,
    fetch: fetchOf(held, point, vehicle, project, now),
    taken: 0,
    guaranteed: 0,
    longestMs: longestMs(vehicle),
    doubtful: now - presence.heardAt > state.settings.silence,
  };
  if (held.length === 0 || driver.fetch !== null) return [driver];
  const last = held.reduce((one, other) => (dropoffAt(other) > dropoffAt(one) ? other : one));
  // Whoever is behind time is not free before the door.
  const freeAt = Math.max(now + minute, dropoffAt(last) + handOverMs);
  return [{ ...driver, freeAt, spot: project(last.job.dropoff.point) }];
}

/** What a driver fetches at one venue, as long as nothing of it is picked up. */
function fetchOf(
  held: readonly Delivery[],
  from: Spot | null,
  vehicle: Driver["vehicle"],
  project: Project,
  now: number,
): Fetch | null {
  const [first] = held;
  if (first === undefined) return null;
  if (held.some(({ stage, job }) => stage.status === "picked-up" || job.venue !== first.job.venue)) return null;
  const there = held.some(({ stage }) => stage.status === "at-venue");
  const way = there ? 0 : planeTravelMs(from, project(first.job.pickup.point), vehicle);
  return { errands: held.map((one) => errandOf(one, project, now)), arriveAt: now + way, open: true };
}

function errandOf({ job, readyAt, ready, asked }: Delivery, project: Project, now: number): Errand {
  return {
    order: job.order,
    venue: job.venue,
    pickup: project(job.pickup.point),
    dropoff: project(job.dropoff.point),
    requestedAt: job.requestedAt,
    readyAt: ready ? Math.min(now, readyAt) : Math.max(now, readyAt),
    spreadMs: 0,
    barred: Object.fromEntries(Object.entries(asked).map(([driver, { until }]) => [driver, until])),
  };
}

function dropoffAt({ stage }: Delivery): number {
  return "dropoffAt" in stage ? (stage.dropoffAt ?? 0) : 0;
}

export function projection({ deliveries }: ZoneState): Project {
  const origin = Object.values(deliveries).find(({ job }) => job.pickup.point !== null)?.job.pickup.point ?? null;
  if (origin === null) return () => null;
  const onto = plane(origin);
  return (point) => (point === null ? null : onto(point));
}
