import { z } from "zod";
import { Address } from "./address.ts";
import { Bill, Fulfilment } from "./basket.ts";
import { Foresight, Window } from "./eta.ts";
import { CarrierId, Channel, DriverId, OrderId, TenantId, VenueId } from "./ids.ts";
import { StockKey } from "./menu.ts";
import { Point } from "./point.ts";

/** Every fact that crosses from one actor to another: who says it, who listens, and what it carries. */

export const instant = z.int().nonnegative();

export const Place = z.object({
  name: z.string(),
  address: z.string(),
  note: z.string().optional(),
  phone: z.string().optional(),
  point: Point.nullable(),
});
export type Place = z.infer<typeof Place>;

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
  placedAt: instant,
  /** When the customer asked to have it, or null for as soon as possible. */
  requestedFor: instant.nullable(),
  /** The kitchen must have accepted or rejected by then. */
  answerBy: instant,
  /** What the venue would promise if nobody says otherwise. */
  suggestedReadyAt: instant,
  /** After how many milliseconds without a tablet that shows it the three levels of alarm; left out: as ever. */
  escalateAfterMs: z.array(z.int().positive()).optional(),
});
export type TicketOrder = z.infer<typeof TicketOrder>;

export const Vehicle = z.enum(["foot", "bike", "car"]);
export type Vehicle = z.infer<typeof Vehicle>;

/** What a driver must know of a delivery; `pickupAt` and `dropoffAt` are estimates. */
export const Errand = z.object({
  order: OrderId,
  code: z.string(),
  venue: VenueId,
  pickup: Place,
  dropoff: Place,
  readyAt: instant,
  ready: z.boolean(),
  pickupAt: instant,
  dropoffAt: instant,
  cash: z.object({ amount: z.int(), currency: z.string() }).nullable(),
});
export type Errand = z.infer<typeof Errand>;

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
  silentSince: instant.nullable(),
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
    arrivesAt: instant.optional(),
  }),

  /** Food that could not be handed over comes back, and is back; `confirmed` false: nobody has ever said so. */
  "order.food-returning": z.object({
    detail: z.string(),
    returned: z.boolean(),
    confirmed: z.boolean(),
    driver: z.string().nullable(),
  }),

  /** board → order */
  "ticket.seen": z.object({ seenAt: instant, device: by }),
  "ticket.accepted": z.object({ readyAt: instant, by }),
  "ticket.rejected": z.object({ reason: EndReason, detail: z.string(), by }),
  "ticket.promised": z.object({ readyAt: instant, by }),
  "ticket.started": z.object({ by }),
  "ticket.ready": z.object({ by }),
  "ticket.recalled": z.object({ readyAt: instant, by }),
  "ticket.handed-over": z.object({ by }),

  /** board → venue: no tablet has shown it since `since`, though it was alarmed for on all of them */
  "ticket.unseen": z.object({ order: OrderId, code: z.string(), since: instant }),

  /** order → zone */
  "delivery.requested": z.object({
    order: OrderId,
    code: z.string(),
    venue: VenueId,
    pickup: Place,
    dropoff: Place,
    pin: z.string(),
    readyAt: instant,
    cash: z.object({ amount: z.int(), currency: z.string() }).nullable(),
    /** The venue's channels, the first to be tried first; left out where its own drivers bring everything. */
    channels: z.array(Channel).optional(),
    /** How much of a channel's capacity it takes, in loads; left out: one. */
    load: z.int().positive().optional(),
  }),
  "delivery.ready-changed": z.object({ order: OrderId, readyAt: instant, ready: z.boolean() }),
  "delivery.called-off": z.object({ order: OrderId, reason: EndReason, detail: z.string() }),

  /** zone → order */
  "delivery.assigned": z.object({ driver: driverName, pickupAt: instant, dropoffAt: instant }),
  "delivery.unassigned": z.object({ reason: z.string() }),
  "delivery.arrived": empty,
  "delivery.picked-up": z.object({ dropoffAt: instant }),
  "delivery.near": empty,
  "delivery.foreseen": Foresight,
  "delivery.delivered": z.object({ proof: Proof }),
  /** `returning`: the driver brings the food back. */
  "delivery.failed": z.object({ reason: EndReason, detail: z.string(), returning: z.boolean().optional() }),
  "delivery.returned": z.object({ confirmed: z.boolean() }),

  /** Null: no carrier has it any more. The times are the carrier's estimates. */
  "delivery.carrier-changed": z.object({
    carrier: Carried.nullable(),
    pickupAt: instant.nullable(),
    dropoffAt: instant.nullable(),
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
    at: instant,
    placedAt: instant,
    requestedFor: instant.nullable(),
    readyAt: instant.nullable(),
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
    placedAt: instant.nullable(),
    updatedAt: instant,
    seq: z.int(),
    open: z.boolean(),
    /** What follows is missing in what older code says. When it came to the kitchen, and was first accepted and ready. */
    sentAt: instant.nullable().optional(),
    acceptedAt: instant.nullable().optional(),
    readyAt: instant.nullable().optional(),
    endedAt: instant.nullable().optional(),
    /** What was promised last before it was ready. */
    promisedAt: instant.nullable().optional(),
    /** Until when it should have gone on. */
    dueAt: instant.nullable().optional(),
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

  /** zone → driver, inside the delivery service */
  "driver.offered": Errand.extend({ expiresAt: instant }),
  "driver.offer-ended": z.object({
    order: OrderId,
    reason: z.enum(["declined", "expired", "called-off", "reassigned", "off-shift"]),
  }),
  /** `eta`: the window in which it is to be at the customer's; left out where nothing can be said. */
  "driver.assigned": Errand.extend({ eta: Window.optional() }),
  "driver.task-changed": z.object({
    order: OrderId,
    stage: z.enum(["to-venue", "at-venue", "to-customer", "returning"]),
    readyAt: instant,
    ready: z.boolean(),
    dropoffAt: instant,
    eta: Window.optional(),
  }),
  "driver.task-ended": z.object({
    order: OrderId,
    outcome: z.enum(["delivered", "failed", "called-off", "reassigned", "returned"]),
    detail: z.string(),
  }),
  "driver.shift-ended": z.object({ reason: z.string() }),
  /** Where a driver with nothing to do had better wait; it may be ignored. */
  "driver.move-suggested": z.object({ venue: VenueId, name: z.string(), point: Point, until: instant }),

  /** driver → zone, inside the delivery service */
  "driver.shift-changed": z.object({
    on: z.boolean(),
    name: z.string(),
    vehicle: Vehicle,
    point: Point.nullable(),
    /** When the shift ends; left out where the driver has not said. */
    until: instant.optional(),
  }),

  /**
   * zone → zone, inside the delivery service: nobody here can bring it in good time, can you lend somebody? `reach` is the
   * longest way to the counter (ms); who hears of it after `until` need not answer; `but` are not to be asked for it.
   */
  "zone.driver-wanted": z.object({
    order: OrderId, pickup: Point, door: Point.nullable(), readyAt: instant, reach: z.int().positive(), until: instant,
    but: z.array(DriverId),
  }), // prettier-ignore
  /** Until it is returned nobody else asks the driver for anything; taken on by `takeBy`, or not at all. */
  "zone.driver-lent": loan.extend({
    order: OrderId, name: z.string(), vehicle: Vehicle, point: Point.nullable(), takeBy: instant,
    /** When the driver's shift ends; left out where the driver has not said. */
    ends: instant.optional(),
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
    readyAt: instant,
    fallback: z.boolean(),
  }),
  "carrier.called-off": z.object({ order: OrderId, detail: z.string() }),
  /** Another channel is to have it: the carrier gives it back (`carrier.released`), or cannot (`carrier.kept`). */
  "carrier.recalled": z.object({ order: OrderId, detail: z.string() }),

  /** carrier → zone, inside the delivery service */
  "carrier.silent": carrierSays.extend({ since: instant }),
  "carrier.answered": carrierSays,
  /** How it does, by its own object's measure: milliseconds a call, share of calls answered, minor units a delivery. */
  "carrier.scored": z.object({
    breaker: z.enum(["closed", "open", "half-open"]),
    latencyMs: z.number().nonnegative().nullable(),
    answered: z.number().min(0).max(1).nullable(),
    cost: z.number().nullable(),
  }),
  "carrier.booked": carrierSays.extend({ tracking: z.string().nullable(), pickupAt: instant, dropoffAt: instant }),
  "carrier.shipped": carrierSays.extend({ tracking: z.string().nullable(), dropoffAt: instant }),
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

const factTypes = Object.keys(facts) as [FactType, ...FactType[]];

/**
 * A fact in transit: a CloudEvents 1.0 event. `from → to` is its stream, `sequence` its place there, from 1;
 * `id` (stream and sequence) with `source` is the key by which a repetition is known.
 */
export const Envelope = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal("application/json"),
  data: z.unknown(),
  tenant: TenantId,
  from: Address,
  to: Address,
  sequence: z.int().positive(),
  correlationid: z.string(),
  causationid: z.string(),
  traceparent: z.string().optional(),
});
export type Envelope = z.infer<typeof Envelope> & { from: Address; to: Address };

/** `comanda.order.sent.v1` for `order.sent`. */
export function eventTypeOf(type: FactType): string {
  return `comanda.${type}.v1`;
}

/**
 * The fact an envelope carries. Throws on a type or a shape this code does not know: the message is then retried
 * and dead-lettered, and comes again after the deploy that knows it. Fields it does not know are passed over.
 */
export function factIn(envelope: Envelope): Fact {
  const type = factTypeOf(envelope);
  if (type === null) throw new Error(`unknown fact type ${envelope.type}`);
  return { type, data: facts[type].parse(envelope.data) } as Fact;
}

/** `order.sent` for an envelope's `comanda.order.sent.v1`; null where this code knows no such fact. */
export function factTypeOf(envelope: Pick<Envelope, "type">): FactType | null {
  return factTypes.find((known) => eventTypeOf(known) === envelope.type) ?? null;
}

/** The type of what takes the place of a fact that was given up: applied without effect, so that others have their turn. */
const tombstoneType = "comanda.tombstone.v1";

/** What takes the place of a fact in its stream once somebody has dropped it. */
export function tombstoneOf(envelope: Envelope): Envelope {
  return { ...envelope, type: tombstoneType, data: { type: envelope.type } };
}

export function isTombstone({ type }: Pick<Envelope, "type">): boolean {
  return type === tombstoneType;
}

/** Up to where a receiver has applied the stream `from → to`. */
export const Acknowledgement = z.object({ from: Address, to: Address, upTo: z.int().nonnegative() });
export type Acknowledgement = z.infer<typeof Acknowledgement> & { from: Address; to: Address };

/** What travels on an inbox queue: one flush of facts, or a batch of acknowledgements. */
export const Message = z.object({
  facts: z.array(Envelope),
  acks: z.array(Acknowledgement),
  /** The facts were sent before, and not acknowledged. */
  again: z.boolean().optional(),
});
export interface Message {
  readonly facts: Envelope[];
  readonly acks: Acknowledgement[];
  readonly again?: boolean | undefined;
}
