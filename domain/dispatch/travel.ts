import type { Vehicle } from "../../contracts/errand.ts";
import type { Point } from "../../contracts/point.ts";
import type { Spot } from "./situation.ts";

/** Metres a second through a town, stops included, over the real way. */
const speeds: Readonly<Record<Vehicle, number>> = { foot: 1.3, bike: 4.2, car: 6.9 };

/** Beyond this many metres from venue to customer a vehicle is not the one to ask first. */
const reaches: Readonly<Record<Vehicle, number>> = { foot: 2_000, bike: 7_000, car: Infinity };

/** How much longer streets are than the straight line; 1.3 is usual for European towns. */
const detour = 1.3;
const earthRadius = 6_371_000;
const radians = Math.PI / 180;

/** For want of a position: what a trip in a delivery area usually is. */
const usualMs = 10 * 60_000;

/** Great-circle distance in metres, by the haversine formula. */
export function metresBetween(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * radians;
  const dLng = (b.lng - a.lng) * radians;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLng / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Milliseconds from one point to another; a usual trip where a point is not known. */
export function travelMs(from: Point | null, to: Point | null, vehicle: Vehicle): number {
  if (from === null || to === null) return usualMs;
  return Math.round(((metresBetween(from, to) * detour) / speeds[vehicle]) * 1_000);
}

/** Where points are in a plane that touches the globe at `origin`; good to a thousandth within a delivery area. */
export function plane(origin: Point): (point: Point) => Spot {
  const width = Math.cos(origin.lat * radians);
  return ({ lat, lng }) => ({
    x: (lng - origin.lng) * radians * earthRadius * width,
    y: (lat - origin.lat) * radians * earthRadius,
  });
}

/** As `travelMs`, in a plane. */
export function planeTravelMs(from: Spot | null, to: Spot | null, vehicle: Vehicle): number {
  if (from === null || to === null) return usualMs;
  const x = from.x - to.x;
  const y = from.y - to.y;
  return Math.round(((Math.sqrt(x * x + y * y) * detour) / speeds[vehicle]) * 1_000);
}

/** The longest trip from venue to customer that the vehicle suits, in milliseconds. */
export function longestMs(vehicle: Vehicle): number {
  return (reaches[vehicle] / speeds[vehicle]) * 1_000;
}
