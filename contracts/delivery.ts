import { z } from "zod";
import { Seq } from "./seq.ts";
import { Instant } from "./instant.ts";
import { Eta } from "./eta.ts";
import { Place, Vehicle } from "./errand.ts";
import { Point } from "./point.ts";
import { CarrierId, Channel, DriverId, OrderId, VenueId, ZoneId } from "./ids.ts";
import { Problem } from "./problem.ts";

/** What phones, dispatchers and the delivery service say to each other. Every time is an RFC 3339 UTC instant. */

export const Cash = z.object({ amount: z.int(), currency: z.string() }).nullable();

/** A delivery's states; `domain/delivery/delivery.ts` draws how they follow. */
export const DeliveryStatus = z.enum([
  "waiting", "offered", "assigned", "at-venue", "picked-up", "with-carrier", "delivered", "failed", "called-off",
  "returning", "returned",
]); // prettier-ignore
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** Why a driver could not hand the food over. */
export const FailReason = z.enum(["nobody-there", "wrong-address", "refused", "accident", "other"]);
export type FailReason = z.infer<typeof FailReason>;

/** A place as somebody sees it who need not call there. */
export const PlaceView = Place.omit({ phone: true }).meta({ id: "PlaceView" });
export type PlaceView = z.infer<typeof PlaceView>;

/** Where a driver was at an instant; before pick-up a customer sees it to about 500 m, after delivery not at all. */
export const PositionView = Point.extend({ at: Instant }).meta({ id: "PositionView" });
export type PositionView = z.infer<typeof PositionView>;

/** A third-party carrier, and how far it has come; `silentSince`: it does not answer since then. */
const CarrierOfDelivery = z.object({
  id: CarrierId,
  name: z.string(),
  state: z.enum(["asked", "booked", "shipped"]),
  tracking: z.string().nullable(),
  silentSince: Instant.nullable(),
});

const Common = z.object({
  order: OrderId,
  code: z.string(),
  /** The number of the delivery's newest event. */
  seq: Seq,
  status: DeliveryStatus,
  readyAt: Instant,
  ready: z.boolean(),
  /** Estimates; null until a driver has taken it. */
  pickupAt: Instant.nullable(),
  dropoffAt: Instant.nullable(),
  /** False for what is over and only kept to look back at. */
  open: z.boolean(),
  /** Left out where no carrier has it. */
  carrier: CarrierOfDelivery.optional(),
  /** As things stand at this moment; null where it is over, or where nobody can say. */
  eta: Eta.nullable().optional(),
});

/** To a customer an offer is still `waiting`: who was asked is nobody's business. */
export const CustomerDelivery = Common.extend({
  audience: z.literal("customer"),
  driver: z.object({ name: z.string(), vehicle: Vehicle }).nullable(),
  position: PositionView.nullable(),
}).meta({ id: "CustomerDelivery" });
export type CustomerDelivery = z.infer<typeof CustomerDelivery>;

/** `dropoff` has a phone only while this driver is on the way with it. */
export const DriverDelivery = Common.extend({
  audience: z.literal("driver"),
  venue: VenueId,
  pickup: Place,
  dropoff: Place,
  cash: Cash,
  /** Until when the offer stands; null when it is none. */
  expiresAt: Instant.nullable(),
}).meta({ id: "DriverDelivery" });
export type DriverDelivery = z.infer<typeof DriverDelivery>;

export const StaffDelivery = Common.extend({
  audience: z.literal("staff"),
  venue: VenueId,
  pickup: PlaceView,
  dropoff: PlaceView,
  cash: Cash,
  requestedAt: Instant,
  /** Who has it, or who is being asked. */
  driver: z.object({ id: DriverId, name: z.string(), vehicle: Vehicle }).nullable(),
  expiresAt: Instant.nullable(),
  /** Who was asked and does not have it, with what came of it; asked again from `until`. */
  asked: z.array(z.object({ driver: DriverId, outcome: z.string(), until: Instant })),
  position: PositionView.nullable(),
  pinMisses: z.int(),
  detail: z.string().nullable(),
  /** Who is to have it, by staff's word, as soon as the carrier has given it back; left out where nobody is. */
  movingTo: Channel.optional(),
}).meta({ id: "StaffDelivery" });
export type StaffDelivery = z.infer<typeof StaffDelivery>;

/** A delivery as the one who asks may see it. Nobody sees the PIN here: the customer has it from the order. */
export const DeliveryView = z
  .discriminatedUnion("audience", [CustomerDelivery, DriverDelivery, StaffDelivery])
  .meta({ id: "DeliveryView" });
export type DeliveryView = z.infer<typeof DeliveryView>;

export const DeliveryEventName = z.enum([
  "requested", "ready-changed", "offered", "offer-declined", "offer-expired", "offer-withdrawn", "assigned",
  "unassigned", "arrived", "picked-up", "pin-missed", "handed-to-carrier", "carrier-changed", "shipped", "carrier-left",
  "delivered", "failed", "called-off", "near", "returned", "move-asked", "move-failed",
  "channel-chosen",
]); // prettier-ignore
export type DeliveryEventName = z.infer<typeof DeliveryEventName>;

/**
 * What a delivery's socket says. `seq` counts this delivery's events without a gap; positions have none, for a newer
 * one makes an older one worthless.
 */
export const DeliveryMessage = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("snapshot"), seq: Seq, delivery: DeliveryView }),
    z.object({
      type: z.literal("event"),
      seq: Seq,
      at: Instant,
      event: DeliveryEventName,
      delivery: DeliveryView,
    }),
    z.object({
      type: z.literal("position"),
      order: OrderId,
      ...Point.shape,
      at: Instant,
      /** When the driver will probably be at the customer; null before pick-up. */
      etaAt: Instant.nullable(),
      eta: Eta.nullable().optional(),
    }),
    /** What this viewer sent is not taken here. */
    z.object({ type: z.literal("problem"), problem: Problem }),
  ])
  .meta({ id: "DeliveryMessage" });
export type DeliveryMessage = z.infer<typeof DeliveryMessage>;

/** Bytes of a photo, before it is written in base64. */
export const largestPhoto = 200 * 1_024;

/** The customer's PIN, or a photo of where the food is; staff and admin confirm without either. */
export const HandOver = z
  .strictObject({
    /** A JPEG of 200 KiB at most, in base64. */
    photo: z
      .string()
      .min(1)
      .max(Math.ceil(largestPhoto / 3) * 4)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, "base64")
      .optional(),
    pin: z
      .string()
      .regex(/^\d{1,10}$/, "digits")
      .optional(),
  })
  .refine(({ pin, photo }) => pin === undefined || photo === undefined, {
    error: "the PIN or a photo, not both",
    path: ["photo"],
  })
  .meta({ id: "HandOver" });
export type HandOver = z.infer<typeof HandOver>;

export const Failure = z
  .strictObject({
    reason: FailReason,
    detail: z.string().trim().max(280).default(""),
    /**
     * The driver brings the food back to the venue, and says so there. Of a driver who has it; else it means nothing.
     * False of what is on its way back already: it is not coming.
     */
    returning: z.boolean().default(false),
  })
  .meta({ id: "DeliveryFailure" });
export type Failure = z.infer<typeof Failure>;

export const Assignment = z.strictObject({ driver: DriverId }).meta({ id: "Assignment" });
export type Assignment = z.infer<typeof Assignment>;

/** By whom it is to be brought: `own`, or one of the tenant's carriers. */
export const Move = z.strictObject({ channel: Channel }).meta({ id: "Move" });
export type Move = z.infer<typeof Move>;

const seconds = z.int().min(1).max(86_400);

/** How a zone finds drivers. Times are in seconds; what is left out stays as it is. */
export const ZoneSettings = z
  .strictObject({
    /** How long a driver may think about an offer. */
    offer: seconds,
    /** How much earlier than travel alone demands a driver is looked for. */
    lead: seconds,
    /** A driver with a task not yet picked up who is not heard of for so long loses it. */
    silence: seconds,
    /** A driver without a task who is not heard of for so long is taken off shift. */
    idle: seconds,
    /** Who declined, or let an offer pass, is not asked again about the same delivery for so long. */
    afterDecline: seconds,
    afterExpiry: seconds,
    /** Zones of the same tenant whose drivers may be asked for what nobody here can bring in good time. */
    neighbours: z.array(ZoneId).max(8),
    /** How long the way of a neighbour's driver to the counter may be. */
    reach: seconds,
  })
  .meta({ id: "ZoneSettings" });
export type ZoneSettings = z.infer<typeof ZoneSettings>;
