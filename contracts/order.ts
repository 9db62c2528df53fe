import { z } from "zod";
import { Instant } from "./instant.ts";
import { Basket, BasketLine, Bill, Fulfilment } from "./basket.ts";
import { Eta } from "./eta.ts";
import { EndReason, Proof } from "./events.ts";
import { CarrierId, DriverId, OrderId, TenantId, VenueId } from "./ids.ts";
import { Problem } from "./problem.ts";
import { Phone } from "./venue.ts";

/** An order's states, in the order they come; the last five end it. */
export const OrderStatus = z.enum([
  "basket", "placed", "scheduled", "sent", "accepted", "preparing", "ready", "out-for-delivery",
  "collected", "delivered", "rejected", "cancelled", "failed",
]); // prettier-ignore
export type OrderStatus = z.infer<typeof OrderStatus>;

export const endStatuses: ReadonlySet<OrderStatus> = new Set([
  "collected",
  "delivered",
  "rejected",
  "cancelled",
  "failed",
]);

/** Whether it is the name of an end: of a status, or of the event that brings it. */
export function isEnd(name: string): boolean {
  return [...endStatuses].some((status) => status === name);
}

/** Control characters, and halves of a character, would stand on tickets and labels as anything or nothing. */
const Line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "one line of text");
const Note = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u, "text");

export const Customer = z.strictObject({
  name: Line(80),
  phone: Phone.nullable().default(null),
  email: z.email().max(254).nullable().default(null),
});
export type Customer = z.infer<typeof Customer>;

export const DeliveryAddress = z
  .strictObject({
    line1: Line(120),
    line2: Line(120).nullable().default(null),
    postcode: Line(20).nullable().default(null),
    city: Line(80).nullable().default(null),
    lat: z.number().min(-90).max(90).nullable().default(null),
    lng: z.number().min(-180).max(180).nullable().default(null),
    /** For the driver: which bell, which floor. */
    note: Note(200).nullable().default(null),
  })
  .refine(({ lat, lng }) => lat === null || lng !== null, { path: ["lng"], error: "lat and lng, or neither" })
  .refine(({ lat, lng }) => lng === null || lat !== null, { path: ["lat"], error: "lat and lng, or neither" });
export type DeliveryAddress = z.infer<typeof DeliveryAddress>;

/** How the customer pays: by card through the payment provider (`token` is the provider's), or in cash at the door. */
export const PaymentMethod = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("card"), token: Line(200) }),
  z.strictObject({ method: z.literal("cash") }),
]);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** What must be known to place an order, beside its lines. */
export const Checkout = z.strictObject({
  customer: Customer,
  payment: PaymentMethod,
  /** Needed for delivery, and only there. */
  address: DeliveryAddress.nullable().default(null),
  /** When the customer wants it; null for as soon as possible. */
  requestedFor: z.iso.datetime({ offset: true }).nullable().default(null),
  note: Note(500).nullable().default(null),
  /** Where the guests sit, of an order to eat in. */
  table: Line(20).optional(),
  /** The total that the customer was shown (minor units): where it comes to another, nothing is placed. Left out: to whatever it comes. */
  expectedTotal: z.int().min(0).optional(),
});
export type Checkout = z.infer<typeof Checkout>;

const Opening = { venue: VenueId, fulfilment: Fulfilment.default("pickup") };

/** `POST /v1/orders`: with `checkout` the order is placed at once, without it a basket is opened. */
export const NewOrder = z.strictObject({
  ...Opening,
  lines: z.array(BasketLine).max(100).default([]),
  checkout: Checkout.nullable().default(null),
});
export type NewOrder = z.infer<typeof NewOrder>;

/** `PUT` replaces a basket's lines, `POST` adds to them. */
export const Lines = z.strictObject({ lines: Basket });

export const Cancellation = z.strictObject({
  reason: z
    .enum(["customer-cancelled", "staff-cancelled", "item-unavailable", "too-busy", "closing", "other"])
    .optional(),
  detail: Note(280).optional(),
});

/** Why something is paid back while the order stands; codes are shown and translated by the apps. */
export const RefundReason = z.enum(["missing-item", "wrong-item", "quality", "late", "goodwill", "other"]);
export type RefundReason = z.infer<typeof RefundReason>;

/** So many portions of a line of the bill, which is named by its place there, from 0. */
const RefundedLine = z.strictObject({ line: z.int().min(0).max(99), quantity: z.int().min(1).max(99) });

/** What is to be paid back: portions (`lines`), an `amount` in minor units, or, with neither, all that is left. */
export const RefundRequest = z
  .strictObject({
    lines: z.array(RefundedLine).min(1).max(100).optional(),
    amount: z.int().min(1).max(99_999_999_999).optional(),
    reason: RefundReason,
    /** For the customer, in words. */
    detail: Note(280).optional(),
  })
  .refine(({ lines, amount }) => lines === undefined || amount === undefined, {
    path: ["amount"],
    error: "lines or an amount, not both",
  });

/** A refund. `asked` is under way at the provider; of a `refused` one the buyer is not told. */
export const RefundView = z.object({
  number: z.int(),
  amount: z.int(),
  lines: z.array(z.object({ line: z.int(), quantity: z.int() })),
  reason: RefundReason,
  detail: z.string(),
  state: z.enum(["asked", "done", "refused"]),
  askedAt: Instant,
  endedAt: Instant.nullable(),
});
export type RefundView = z.infer<typeof RefundView>;

/** What has become of the money. `status` in the provider's words; amounts in minor units. */
export const PaymentView = z.object({
  method: z.enum(["card", "cash"]),
  status: z.enum([
    "due", "authorising", "authorised", "declined", "capturing", "captured",
    "voiding", "voided", "refunding", "refunded", "attention",
  ]), // prettier-ignore
  amount: z.int(),
  /** What was paid back while the order stood, in the order in which it was asked for; left out where nothing was. */
  refunds: z.array(RefundView).optional(),
});

export const OrderView = z.object({
  id: OrderId,
  tenant: TenantId,
  venue: VenueId,
  /** What is called out at the counter. */
  code: z.string(),
  status: OrderStatus,
  fulfilment: Fulfilment,
  /** The number of the order's newest event. */
  seq: z.int(),
  lines: z.array(BasketLine),
  bill: Bill.nullable(),
  customer: Customer.nullable(),
  address: DeliveryAddress.nullable(),
  note: z.string().nullable(),
  table: z.string().optional(),
  payment: PaymentView.nullable(),
  requestedFor: Instant.nullable(),
  placedAt: Instant.nullable(),
  /** When a tablet first showed it. */
  seenAt: Instant.nullable(),
  /** When the kitchen has promised it, or, once ready, when it was. */
  readyAt: Instant.nullable(),
  /**
   * When it is at the door, as things stand at this moment; of what is fetched or eaten there, when it is ready. Null
   * where it is not placed, has come that far, or is over.
   */
  eta: Eta.nullable().optional(),
  delivery: z
    .object({
      /** To a buyer every driver's id is `driver`. */
      driver: z.object({ id: DriverId, name: z.string() }).nullable(),
      atVenue: z.boolean(),
      pickedUp: z.boolean(),
      pickupAt: Instant.nullable(),
      dropoffAt: Instant.nullable(),
      /**
       * The third-party carrier that has it or is asked to take it; left out where none is. `silentSince`: it does not
       * answer since then, and is being asked again and again.
       */
      carrier: z
        .object({
          id: CarrierId,
          name: z.string(),
          state: z.enum(["asked", "booked", "shipped"]),
          tracking: z.string().nullable(),
          silentSince: Instant.nullable(),
        })
        .optional(),
      /** By what the hand-over was shown; a `photo` is at `/proof`. Left out until then. */
      proof: Proof.optional(),
      /** Where food is that could not be handed over, or was cancelled on its way; `unaccounted`: it does not come back. */
      food: z.enum(["returning", "returned", "unaccounted"]).optional(),
      /** The customer tells it the driver; only the customer sees it. */
      pin: z.string().nullable(),
    })
    .nullable(),
  /** Until when the customer may cancel, though that may have passed; null where the order is too far for it. */
  cancellableUntil: Instant.nullable(),
  end: z.object({ reason: EndReason, detail: z.string(), by: z.string() }).nullable(),
  /** Something is late, and whoever must know has been told. */
  attention: z.array(z.string()),
  timeline: z.array(z.object({ seq: z.int(), type: z.string(), at: Instant })),
});
export type OrderView = z.infer<typeof OrderView>;

/** `GET /v1/orders/{id}/status`: the little that is asked for most often. */
export const StatusView = z.object({
  id: OrderId,
  status: OrderStatus,
  seq: z.int(),
  readyAt: Instant.nullable(),
  dropoffAt: Instant.nullable(),
  eta: Eta.nullable().optional(),
  updatedAt: Instant,
});
export type StatusView = z.infer<typeof StatusView>;

/** An order's line in the read model. */
export const OrderSummary = z.object({
  id: OrderId,
  venue: VenueId,
  code: z.string(),
  status: OrderStatus,
  fulfilment: Fulfilment,
  total: z.int(),
  currency: z.string(),
  placedAt: Instant.nullable(),
  updatedAt: Instant,
});
export type OrderSummary = z.infer<typeof OrderSummary>;

/**
 * An order's event as its log holds it, with the hash that chains it to all before. `masked`: something in the body was
 * left out for whoever asks, so that the hash, which is of the body as it was, cannot be checked.
 */
export const EventView = z.object({
  seq: z.int(),
  type: z.string(),
  at: Instant,
  by: z.string(),
  hash: z.string(),
  body: z.string(),
  masked: z.boolean().optional(),
});
export type EventView = z.infer<typeof EventView>;

/** What an order's socket says: first a snapshot or what was missed, then every event, numbered without a gap. */
export const OrderLive = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), seq: z.int(), order: OrderView }),
  z.object({ type: z.literal("event"), seq: z.int(), event: z.string(), at: Instant, order: OrderView }),
  /** What this viewer sent is not taken here. */
  z.object({ type: z.literal("problem"), problem: Problem }),
]);
export type OrderLive = z.infer<typeof OrderLive>;
