import { z } from "zod";
import { OrderId, VenueId } from "./ids.ts";
import { Point } from "./point.ts";
import { EpochMs } from "./instant.ts";

export const Place = z.object({
  name: z.string(),
  address: z.string(),
  note: z.string().optional(),
  phone: z.string().optional(),
  point: Point.nullable(),
});
export type Place = z.infer<typeof Place>;

export const Vehicle = z.enum(["foot", "bike", "car"]);
export type Vehicle = z.infer<typeof Vehicle>;

/** What a driver must know of a delivery; `pickupAt` and `dropoffAt` are estimates. */
export const Errand = z.object({
  order: OrderId,
  code: z.string(),
  venue: VenueId,
  pickup: Place,
  dropoff: Place,
  readyAt: EpochMs,
  ready: z.boolean(),
  pickupAt: EpochMs,
  dropoffAt: EpochMs,
  cash: z.object({ amount: z.int(), currency: z.string() }).nullable(),
});
export type Errand = z.infer<typeof Errand>;
