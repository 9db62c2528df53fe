import { z } from "zod";
import { Cash, PlaceView, PositionView } from "./delivery.ts";
import { Place, Vehicle } from "./errand.ts";
import { Eta } from "./eta.ts";
import { DriverId, OrderId, VenueId, ZoneId } from "./ids.ts";
import { Instant } from "./instant.ts";
import { Point } from "./point.ts";
import { Problem } from "./problem.ts";
import { Seq } from "./seq.ts";

/** What a driver's phone and the delivery service say to each other. */

const ErrandView = z.object({
  order: OrderId,
  code: z.string(),
  venue: VenueId,
  pickup: Place,
  dropoff: Place,
  readyAt: Instant,
  ready: z.boolean(),
  pickupAt: Instant,
  dropoffAt: Instant,
  cash: Cash,
  /** When the customer was last made to expect it; left out where nothing can be said, and of what comes back. */
  eta: Eta.optional(),
});

/** Something a driver is asked to take, until `expiresAt`. */
export const OfferView = ErrandView.extend({ dropoff: PlaceView, expiresAt: Instant }).meta({ id: "OfferView" });
export type OfferView = z.infer<typeof OfferView>;

/** Where the driver is with it; `returning`: it is not delivered after all, and goes back to the venue. */
export const TaskStage = z.enum(["to-venue", "at-venue", "to-customer", "returning"]);
export type TaskStage = z.infer<typeof TaskStage>;

export const TaskView = ErrandView.extend({ stage: TaskStage }).meta({ id: "TaskView" });
export type TaskView = z.infer<typeof TaskView>;

/** A driver's phone, as the driver sees it. */
export const DriverView = z
  .object({
    id: DriverId,
    seq: Seq,
    shift: z.discriminatedUnion("status", [
      z.object({ status: z.literal("off") }),
      z.object({
        status: z.literal("on"),
        zone: ZoneId,
        name: z.string(),
        vehicle: Vehicle,
        since: Instant,
        until: Instant.optional(),
      }),
    ]),
    offer: OfferView.nullable(),
    tasks: z.array(TaskView),
    position: PositionView.nullable(),
    /** Where to wait for the next one, as long as there is nothing to do; to be ignored at will. Left out: anywhere. */
    suggestion: z.object({ venue: VenueId, name: z.string(), ...Point.shape, until: Instant }).optional(),
  })
  .meta({ id: "DriverView" });
export type DriverView = z.infer<typeof DriverView>;

/** A driver as a dispatcher sees the zone. */
export const ZoneDriverView = z
  .object({
    id: DriverId,
    name: z.string(),
    vehicle: Vehicle,
    since: Instant,
    heardAt: Instant,
    position: PositionView.nullable(),
    /** What the driver has or is being asked to take. */
    deliveries: z.array(OrderId),
    /** Which neighbour has the driver, since when, and for what; left out where none has. */
    lentTo: z.object({ zone: ZoneId, order: OrderId, since: Instant }).optional(),
    /** Whose driver it is who helps out here; left out of the zone's own. */
    borrowedFrom: ZoneId.optional(),
  })
  .meta({ id: "ZoneDriverView" });
export type ZoneDriverView = z.infer<typeof ZoneDriverView>;

const Up = { at: z.iso.datetime({ offset: true }).optional(), accuracy: z.number().nonnegative().optional() };

/** Where the phone is; `accuracy` in metres. */
export const PositionReport = z.strictObject({ ...Point.shape, ...Up }).meta({ id: "PositionReport" });
export type PositionReport = z.infer<typeof PositionReport>;

/** What a driver's phone says over its socket, beside the text `ping`. */
export const PhoneMessage = z.strictObject({ type: z.literal("position"), ...Point.shape, ...Up });
export type PhoneMessage = z.infer<typeof PhoneMessage>;

/** What a driver's socket says. `seq` counts without a gap; connect with `?after=` the last one seen. */
export const DriverMessage = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("snapshot"), seq: Seq, driver: DriverView }),
    z.object({
      type: z.literal("event"),
      seq: Seq,
      at: Instant,
      event: z.enum([
        "shift-began",
        "shift-ended",
        "offered",
        "offer-ended",
        "task-given",
        "task-changed",
        "task-ended",
        "move-suggested",
      ]),
      order: OrderId.nullable(),
      /** Why, where something ended. */
      reason: z.string().nullable(),
      driver: DriverView,
    }),
    z.object({ type: z.literal("problem"), problem: Problem }),
  ])
  .meta({ id: "DriverMessage" });
export type DriverMessage = z.infer<typeof DriverMessage>;

/** Coming on shift needs a zone and a name once; later they are as they were. */
export const ShiftChange = z
  .strictObject({
    on: z.boolean(),
    zone: ZoneId.optional(),
    name: z.string().trim().min(1).max(80).optional(),
    vehicle: Vehicle.optional(),
    position: Point.optional(),
    /** When the shift ends: nothing is offered that would be fetched later. */
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: "ShiftChange" });
export type ShiftChange = z.infer<typeof ShiftChange>;
