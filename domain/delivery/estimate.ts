import type { Vehicle } from "../../contracts/errand.ts";
import type { Point } from "../../contracts/point.ts";
import { travelMs } from "../dispatch/travel.ts";
import type { Delivery } from "./delivery.ts";

/** Handing over at the venue. */
const handOverMs = 2 * 60_000;

/** When this driver would be at the venue, with the food ready, and at the customer. */
export function estimate(
  { job, readyAt, ready }: Pick<Delivery, "job" | "readyAt" | "ready">,
  { point, vehicle }: { readonly point: Point | null; readonly vehicle: Vehicle },
  now: number,
): { pickupAt: number; dropoffAt: number } {
  const { pickup, dropoff } = job;
  const pickupAt = Math.max(ready ? now : readyAt, now + travelMs(point, pickup.point, vehicle));
  return { pickupAt, dropoffAt: pickupAt + handOverMs + travelMs(pickup.point, dropoff.point, vehicle) };
}
