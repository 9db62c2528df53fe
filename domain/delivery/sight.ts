import type { Point } from "../../contracts/point.ts";
import type { Role } from "../../contracts/principal.ts";
import { metresBetween } from "../dispatch/travel.ts";
import { holderOf, type Delivery } from "./delivery.ts";
import { etaOf } from "./eta.ts";
import { smoothed } from "./smooth.ts";
import type { ZoneState } from "./zone.ts";

/** Who looks at a driver's position. */
export type Onlooker = "customer" | "staff";

/** Whether the role belongs to one who bought, by hand or by a program, or has a buyer's link: they see what a customer does. */
export function isBuyer(role: Role): role is "customer" | "service" | "watcher" {
  return role === "customer" || role === "service" || role === "watcher";
}

export interface Sighting {
  readonly point: Point;
  readonly at: number;
  /** When the driver will probably be at the customer; null before pick-up. */
  readonly etaAt: number | null;
}

const cellDegrees = 0.0045;

/** A point to about 500 metres: the middle of the cell of a fixed grid, so that many reports do not tell more than one. */
export function coarse({ lat, lng }: Point): Point {
  const row = Math.floor(lat / cellDegrees);
  // Degrees of longitude shrink towards the poles; all points of one row use the same width.
  const width = cellDegrees / Math.max(0.01, Math.cos((row * cellDegrees * Math.PI) / 180));
  return { lat: round((row + 0.5) * cellDegrees), lng: round((Math.floor(lng / width) + 0.5) * width) };
}

/**
 * Where the driver of a delivery is, as far as the onlooker may know: a customer exactly between pick-up and
 * hand-over, coarsely before, not at all after. Null too where the phone has not said.
 */
export function sight(state: ZoneState, delivery: Delivery, onlooker: Onlooker): Sighting | null {
  const holder = holderOf(delivery);
  const presence = holder === null ? undefined : state.presence[holder.id];
  if (presence === undefined || presence.point === null) return null;
  const { point: said, pointAt: at, trace } = presence;
  const point = trace?.point ?? said;
  if (delivery.stage.status === "picked-up") return { point, at, etaAt: etaOf(state, delivery, at)?.best ?? null };
  return { point: onlooker === "customer" ? coarse(point) : point, at, etaAt: null };
}

/** So far from the door a driver is as good as there. */
const nearMetres = 250;

/** Whether the driver of a delivery that is on its way is near its door, as far as the phone has said. */
export function isNear(state: ZoneState, { stage, job }: Delivery): boolean {
  if (stage.status !== "picked-up" || job.dropoff.point === null) return false;
  const point = state.presence[stage.driver.id]?.point ?? null;
  return point !== null && metresBetween(point, job.dropoff.point) <= nearMetres;
}

/** Six decimals are a tenth of a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** The zone after a phone was heard of: telemetry, so no event. An older report than the known one is passed over. */
export function located(
  state: ZoneState,
  driver: string,
  point: Point,
  at: number,
  heardAt: number,
  accuracy: number | null = null,
): ZoneState {
  const presence = state.presence[driver];
  if (presence === undefined || at < presence.pointAt) return state;
  const trace = smoothed(presence.trace ?? null, point, at, accuracy);
  const seen = { heardAt, point: trace.point, pointAt: at, doubted: presence.doubted, trace };
  return { ...state, presence: { ...state.presence, [driver]: seen } };
}
