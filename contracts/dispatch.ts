import { z } from "zod";
import { Instant } from "./instant.ts";
import { StaffDelivery } from "./delivery.ts";
import { ZoneDriverView } from "./driver.ts";
import { Eta } from "./eta.ts";
import { Channel, DriverId, ZoneId } from "./ids.ts";
import { Problem } from "./problem.ts";

/** Why a driver is, or is not, the one for a delivery. */
export const Fitness = z.enum([
  "has-it",
  "asked",
  "free",
  "fetching",
  "busy",
  "barred",
  "silent",
  "shift-over",
  "lent",
]);
export type Fitness = z.infer<typeof Fitness>;

/** Why a delivery stands where it stands. */
export const DispatchWhy = z.enum([
  "not-due-yet", "somebody-better-later", "nobody-free", "nobody-on-shift", "asked", "taken", "on-its-way",
  "with-carrier", "no-channel", "returning", "neighbours-asked",
]); // prettier-ignore
export type DispatchWhy = z.infer<typeof DispatchWhy>;

/** An open delivery, as who dispatches sees it. */
export const DispatchDelivery = StaffDelivery.pick({
  order: true, code: true, venue: true, status: true, readyAt: true, ready: true, pickupAt: true, dropoffAt: true,
  requestedAt: true, driver: true, carrier: true,
}).extend({
  pickup: z.object({ lat: z.number(), lng: z.number() }).nullable(),
  dropoff: z.object({ lat: z.number(), lng: z.number() }).nullable(),
  eta: Eta.nullable(),
  why: DispatchWhy,
  /** When somebody is asked next, if nothing changes; null where nobody is to be. */
  dueAt: Instant.nullable(),
  /** The three who would be at the counter soonest. */
  candidates: z.array(z.object({ driver: DriverId, arriveAt: Instant, why: Fitness })),
  /** How its channel was chosen; left out where the venue has one. */
  channel: z
    .object({ channel: Channel.nullable(), fallback: z.string().nullable(), scores: z.record(z.string(), z.number()), at: Instant })
    .optional(),
}).meta({ id: "DispatchDelivery" }); // prettier-ignore
export type DispatchDelivery = z.infer<typeof DispatchDelivery>;

/** A zone at an instant: at most 300 open deliveries, the longest open first. */
export const DispatchView = z
  .object({
    zone: ZoneId,
    at: Instant,
    drivers: z.array(ZoneDriverView),
    deliveries: z.array(DispatchDelivery),
    /** Those beyond the 300. */
    more: z.int(),
    /** Where drivers with nothing to do were last told to wait. */
    suggestions: z.array(z.object({ driver: DriverId, venue: z.string(), at: Instant })),
    /** When the next round is due, if nothing changes. */
    nextRoundAt: Instant.nullable(),
  })
  .meta({ id: "DispatchView" });
export type DispatchView = z.infer<typeof DispatchView>;

/** The zone again, at most every two seconds; `seq` is the number of its newest event. Each message is the whole. */
export const DispatchMessage = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("snapshot"), seq: z.int().nonnegative(), dispatch: DispatchView }),
    z.object({ type: z.literal("problem"), problem: Problem }),
  ])
  .meta({ id: "DispatchMessage" });
export type DispatchMessage = z.infer<typeof DispatchMessage>;
