import { z } from "zod";
import type { Address } from "./address.ts";
import { Bill, Fulfilment } from "./basket.ts";
import { Foresight, Window } from "./eta.ts";
import { CarrierId, Channel, DriverId, OrderId, TenantId, VenueId } from "./ids.ts";
import { Errand, Place, Vehicle } from "./errand.ts";
import { EpochMs } from "./instant.ts";
import { StockKey } from "./menu.ts";
import { Point } from "./point.ts";

/** Every fact that crosses from one actor to another: who says it, who listens, and what it carries. */

/** Why an order ended without food; codes are shown and translated by the apps. */
export const EndReason = z.enum([
  "customer-cancelled",
  "staff-cancelled",
  "item-unavailable",
  "too-busy",
  "closing",
  "outside-area",
  "other",
  "no-answer",
  "payment-declined",
  "payment-unavailable",
  "payment-failed",
  "no-driver",
  "delivery-failed",
  "not-collected",
  "abandoned",
]);
export type EndReason = z.infer<typeof EndReason>;

/** By what it is shown that the food was handed over. */
export const Proof = z.enum(["pin", "photo", "staff", "carrier"]);
export type Proof = z.infer<typeof Proof>;

/** The order as the kitchen needs it; a ticket is made of this and nothing else. */
export const TicketOrder = z.object({
  order: OrderId,
  venue: VenueId,
  code: z.string(),
  fulfilment: Fulfilment,
  /** First name and initial, to be called out. */
  customer: z.string(),
  lines: Bill.shape.lines,
  note: z.string().optional(),
  /** Where the guests sit, if the order says so. */
  table: z.string().optional(),
  placedAt: EpochMs,
  /** When the customer asked to have it, or null for as soon as possible. */
  requestedFor: EpochMs.nullable(),
  /** The kitchen must have accepted or rejected by then. */
  answerBy: EpochMs,
  /** What the venue would promise if nobody says otherwise. */
  suggestedReadyAt: EpochMs,
  /** After how many milliseconds without a tablet that shows it the three levels of alarm; left out: as ever. */
  escalateAfterMs: z.array(z.int().positive()).optional(),
});
export type TicketOrder = z.infer<typeof TicketOrder>;

/**
 * How far a third-party carrier has come with a delivery. `silentSince`: it has not answered since then, and is being
 * asked again and again; null while it answers.
 */
export const Carried = z.object({
  id: CarrierId,
  name: z.string(),
  state: z.enum(["asked", "booked", "shipped"]),
  /** The carrier's own number for the parcel. */
  tracking: z.string().nullable(),
  silentSince: EpochMs.nullable(),
});
export type Carried = z.infer<typeof Carried>;

const carrierSays = z.object({ order: OrderId, name: z.string() });

/** A driver of the lender's, and which of its loans. */
const loan = z.object({ driver: DriverId, loan: z.int().positive() });
const driverName = z.object({ id: DriverId, name: z.string() });
const empty = z.object({});
const by = z.string();

export const facts = {
  /** order → board */
  "order.sent": TicketOrder,
  "order.withdrawn": z.object({ reason: EndReason, detail: z.string() }),
  "order.driver-changed": z.object({
    driver: driverName.nullable(),
    atVenue: z.boolean(),
    pickedUp: z.boolean(),
    /** When the driver is expected at the venue; left out where nobody knows. */
    arrivesAt: EpochMs.optional(),
  }),

  /** Food that could not be handed over comes back, and is back; `confirmed` false: nobody has ever said so. */
  "order.food-returning": z.object({
    detail: z.string(),
    returned: z.boolean(),
    confirmed: z.boolean(),
    driver: z.string().nullable(),
  }),

  /** board → order */
  "ticket.seen": z.object({ seenAt: EpochMs, device: by }),
  "ticket.accepted": z.object({ readyAt: EpochMs, by }),
  "ticket.rejected": z.object({ reason: EndReason, detail: z.string(), by }),
  "ticket.promised": z.object({ readyAt: EpochMs, by }),
  "ticket.started": z.object({ by }),
  "ticket.ready": z.object({ by }),
  "ticket.recalled": z.object({ readyAt: EpochMs, by }),
  "ticket.handed-over": z.object({ by }),

  /** board → venue: no tablet has shown it since `since`, though it was alarmed for on all of them */
  "ticket.unseen": z.object({ order: OrderId, code: z.string(), since: EpochMs }),

  /** order → zone */
  "delivery.requested": z.object({
    order: OrderId,
    code: z.string(),
    venue: VenueId,
    pickup: Place,
    dropoff: Place,
    pin: z.string(),
    readyAt: EpochMs,
    cash: z.object({ amount: z.int(), currency: z.string() }).nullable(),
    /** The venue's channels, the first to be tried first; left out where its own drivers bring everything. */
    channels: z.array(Channel).optional(),
    /** How much of a channel's capacity it takes, in loads; left out: one. */
    load: z.int().positive().optional(),
  }),
  "delivery.ready-changed": z.object({ order: OrderId, readyAt: EpochMs, ready: z.boolean() }),
  "delivery.called-off": z.object({ order: OrderId, reason: EndReason, detail: z.string() }),

  /** zone → order */
  "delivery.assigned": z.object({ driver: driverName, pickupAt: EpochMs, dropoffAt: EpochMs }),
  "delivery.unassigned": z.object({ reason: z.string() }),
  "delivery.arrived": empty,
  "delivery.picked-up": z.object({ dropoffAt: EpochMs }),
  "delivery.near": empty,
  "delivery.foreseen": Foresight,
  "delivery.delivered": z.object({ proof: Proof }),
  /** `returning`: the driver brings the food back. */
  "delivery.failed": z.object({ reason: EndReason, detail: z.string(), returning: z.boolean().optional() }),
  "delivery.returned": z.object({ confirmed: z.boolean() }),

  /** Null: no carrier has it any more. The times are the carrier's estimates. */
  "delivery.carrier-changed": z.object({
    carrier: Carried.nullable(),
    pickupAt: EpochMs.nullable(),
    dropoffAt: EpochMs.nullable(),
  }),

  /** order → venue: what becomes of the stock it reserved */
  "reservation.kept": empty,
  "reservation.released": z.object({ demand: z.array(z.object({ key: StockKey, quantity: z.int().positive() })) }),

  /** order → endpoint: something of its life, for a tenant's own system; names nobody but by first name and initial */
  "order.reported": z.object({
    event: z.string(),
    order: OrderId,
    venue: VenueId,
    code: z.string(),
    status: z.string(),
    fulfilment: Fulfilment,
    total: z.int(),
    currency: z.string(),
    seq: z.int(),
    at: EpochMs,
    placedAt: EpochMs,
    requestedFor: EpochMs.nullable(),
    readyAt: EpochMs.nullable(),
    end: z.object({ reason: EndReason, detail: z.string() }).nullable(),
    driver: z.string().nullable(),
    /** Who else brings it, and how far that has come; left out where nobody else does. */
    carrier: Carried.pick({ id: true, name: true, state: true, tracking: true }).optional(),
    /** With `order.sent`: what is to be cooked. */
    ticket: TicketOrder.nullable(),
  }),

  /** endpoint → venue: whether orders placed from now on are to be reported to it */
  "endpoint.opened": empty,
  "endpoint.closed": empty,

  /** order → outlet: the order's line in the read model; a later one replaces an earlier one */
  "order.changed": z.object({
    order: OrderId,
    tenant: TenantId,
    venue: VenueId,
    customer: z.string(),
    code: z.string(),
    status: z.string(),
    fulfilment: Fulfilment,
    total: z.int(),
    currency: z.string(),
    placedAt: EpochMs.nullable(),
    updatedAt: EpochMs,
    seq: z.int(),
    open: z.boolean(),
    /** What follows is missing in what older code says. When it came to the kitchen, and was first accepted and ready. */
    sentAt: EpochMs.nullable().optional(),
    acceptedAt: EpochMs.nullable().optional(),
    readyAt: EpochMs.nullable().optional(),
    endedAt: EpochMs.nullable().optional(),
    /** What was promised last before it was ready. */
    promisedAt: EpochMs.nullable().optional(),
    /** Until when it should have gone on. */
    dueAt: EpochMs.nullable().optional(),
    /** Why it ended without food. */
    reason: EndReason.nullable().optional(),
    /** What of the total is paid back, or on its way. */
    refunded: z.int().optional(),
    attention: z.array(z.string()).optional(),
    items: z.array(z.object({ key: z.string(), name: z.string(), quantity: z.int(), total: z.int() })).optional(),
    /** Where the guests sit, if the order says so. */
    table: z.string().optional(),
    /** To be found by; kept as keyed hashes only. */
    contact: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }).optional(),
  }),

  /** zone → driver, inside the delivery service; `eta`: when the customer expects it, left out where nothing can be said */
  "driver.offered": Errand.extend({ expiresAt: EpochMs, eta: Window.optional() }),
  "driver.offer-ended": z.object({
    order: OrderId,
    reason: z.enum(["declined", "expired", "called-off", "reassigned", "off-shift"]),
  }),
  "driver.assigned": Errand.extend({ eta: Window.optional() }),
  "driver.task-changed": z.object({
    order: OrderId,
    stage: z.enum(["to-venue", "at-venue", "to-customer", "returning"]),
    readyAt: EpochMs,
    ready: z.boolean(),
    dropoffAt: EpochMs,
    eta: Window.optional(),
  }),
  "driver.task-ended": z.object({
    order: OrderId,
    outcome: z.enum(["delivered", "failed", "called-off", "reassigned", "returned"]),
    detail: z.string(),
  }),
  "driver.shift-ended": z.object({ reason: z.string() }),
  /** Where a driver with nothing to do had better wait; it may be ignored. */
  "driver.move-suggested": z.object({ venue: VenueId, name: z.string(), point: Point, until: EpochMs }),

  /** driver → zone, inside the delivery service */
  "driver.shift-changed": z.object({
    on: z.boolean(),
    name: z.string(),
    vehicle: Vehicle,
    point: Point.nullable(),
    /** When the shift ends; left out where the driver has not said. */
    until: EpochMs.optional(),
  }),

  /**
   * zone → zone, inside the delivery service: nobody here can bring it in good time, can you lend somebody? `reach` is the
   * longest way to the counter (ms); who hears of it after `until` need not answer; `but` are not to be asked for it.
   */
  "zone.driver-wanted": z.object({
    order: OrderId, pickup: Point, door: Point.nullable(), readyAt: EpochMs, reach: z.int().positive(), until: EpochMs,
    but: z.array(DriverId),
  }), // prettier-ignore
  /** Until it is returned nobody else asks the driver for anything; taken on by `takeBy`, or not at all. */
  "zone.driver-lent": loan.extend({
    order: OrderId, name: z.string(), vehicle: Vehicle, point: Point.nullable(), takeBy: EpochMs,
    /** When the driver's shift ends; left out where the driver has not said. */
    ends: EpochMs.optional(),
  }), // prettier-ignore
  "zone.driver-returned": loan,
  /** The driver goes off shift: to be given back as soon as there is nothing in hand. */
  "zone.driver-recalled": loan,

  /** zone → carrier, inside the delivery service; `fallback`: another channel may be asked if this one is silent */
  "carrier.requested": z.object({
    order: OrderId,
    code: z.string(),
    venue: VenueId,
    pickup: Place,
    dropoff: Place,
    readyAt: EpochMs,
    fallback: z.boolean(),
  }),
  "carrier.called-off": z.object({ order: OrderId, detail: z.string() }),
  /** Another channel is to have it: the carrier gives it back (`carrier.released`), or cannot (`carrier.kept`). */
  "carrier.recalled": z.object({ order: OrderId, detail: z.string() }),

  /** carrier → zone, inside the delivery service */
  "carrier.silent": carrierSays.extend({ since: EpochMs }),
  "carrier.answered": carrierSays,
  /** How it does, by its own object's measure: milliseconds a call, share of calls answered, minor units a delivery. */
  "carrier.scored": z.object({
    breaker: z.enum(["closed", "open", "half-open"]),
    latencyMs: z.number().nonnegative().nullable(),
    answered: z.number().min(0).max(1).nullable(),
    cost: z.number().nullable(),
  }),
  "carrier.booked": carrierSays.extend({ tracking: z.string().nullable(), pickupAt: EpochMs, dropoffAt: EpochMs }),
  "carrier.shipped": carrierSays.extend({ tracking: z.string().nullable(), dropoffAt: EpochMs }),
  "carrier.delivered": carrierSays,
  /** It will not bring it, and it is certain that nothing is booked: another channel may be tried. */
  "carrier.released": carrierSays.extend({ detail: z.string() }),
  "carrier.kept": carrierSays.extend({ detail: z.string() }),
  /** It did not bring it, and whether it still might is not known: nothing else may be tried. */
  "carrier.lost": carrierSays.extend({ detail: z.string() }),
} as const satisfies Record<string, z.ZodType>;

export type FactType = keyof typeof facts;
export type FactData<T extends FactType> = z.infer<(typeof facts)[T]>;
/** A fact as rules speak of it: its type and what it carries. */
export type Fact<T extends FactType = FactType> = { [K in T]: { readonly type: K; readonly data: FactData<K> } }[T];
/** A fact and the actor it is for. */
export type Addressed<T extends FactType = FactType> = Fact<T> & { readonly to: Address };
