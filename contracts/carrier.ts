import { z } from "zod";
import { Instant } from "./instant.ts";
import { CarrierId, OrderId, VenueId } from "./ids.ts";
import { Duration, durationMs } from "./venue.ts";

const Secret = z.string().regex(/^[\x21-\x7e]{16,200}$/, "16 to 200 visible ASCII characters");
const longestMs = 30 * 86_400_000;
const longestAttemptMs = 25_000;
const Patience = Duration.refine((text) => durationMs(text) <= longestMs, "at most PT720H");

/**
 * How a tenant works with a third-party carrier. `url` has no slash at its end. The wire it must speak is in
 * `docs/decisions/0022-carriers-are-asked-by-key.md`.
 */
export const CarrierSettings = z.strictObject({
  name: z.string().trim().min(1).max(80),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .regex(/[^/]$/, "without a slash at its end"),
  /** Whether it takes anything new; what it has goes on. */
  enabled: z.boolean().default(true),
  /** How long one attempt at a call may take. */
  answerWithin: Duration.refine((text) => durationMs(text) <= longestAttemptMs, "at most PT25S").default("PT10S"),
  /** After how long without an answer the customer is told so. */
  silentAfter: Patience.default("PT1M"),
  /**
   * After how long without an offer of a price another of the venue's channels is tried instead; null: never, however
   * long it is silent. Once it was asked to book, only its own word frees the delivery.
   */
  requoteAfter: Patience.nullable().default(null),
  /** For how long it is asked to quote and to book before it is given up. */
  giveUpAfter: Patience.default("PT192H"),
  /** For how long it is asked where the parcel is, from its booking and again from its shipping. */
  trackFor: Patience.default("PT336H"),
});
export type CarrierSettings = z.infer<typeof CarrierSettings>;

/** `secret` is sent to the carrier as a bearer token, `callbackSecret` by it; left out they stay as they were. */
export const CarrierChange = CarrierSettings.extend({
  secret: Secret.optional(),
  callbackSecret: Secret.optional(),
}).meta({ id: "CarrierChange" });
export type CarrierChange = z.infer<typeof CarrierChange>;

/** A carrier as an admin sees it: never its secrets. */
export const CarrierView = CarrierSettings.extend({
  id: CarrierId,
  /** `open`: it is not called until `until`; `half-open`: one call is under way to see whether it answers again. */
  breaker: z.object({
    state: z.enum(["closed", "open", "half-open"]),
    /** Calls in a row that were not answered. */
    failures: z.int(),
    until: Instant.nullable(),
  }),
  /** Why the newest unanswered call was not answered. */
  trouble: z.string().nullable(),
  bookings: z.object({ open: z.int(), silent: z.int(), abandoned: z.int() }),
  /** Over its whole life; `meanMs` of the calls it answered, `cost` in minor units by currency. */
  measured: z.object({
    answered: z.int(),
    unanswered: z.int(),
    meanMs: z.int().nullable(),
    booked: z.int(),
    delivered: z.int(),
    lost: z.int(),
    cost: z.record(z.string(), z.int()),
  }),
}).meta({ id: "CarrierView" });
export type CarrierView = z.infer<typeof CarrierView>;

export const BookingStatus = z.enum([
  "quoting", "booking", "booked", "shipped", "withdrawing",
  "delivered", "released", "called-off", "too-late", "lost", "abandoned",
]); // prettier-ignore
export type BookingStatus = z.infer<typeof BookingStatus>;

/** What a carrier has, or is asked to take. `abandoned`: it may still be booked there, and nobody could find out. */
export const BookingView = z
  .object({
    order: OrderId,
    code: z.string(),
    venue: VenueId,
    status: BookingStatus,
    askedAt: Instant,
    /** The carrier's own id, and its number for the customer. */
    booking: z.string().nullable(),
    tracking: z.string().nullable(),
    price: z.object({ amount: z.int(), currency: z.string() }).nullable(),
    silent: z.boolean(),
    /** Calls in a row about this delivery that were not answered, and when it is called next. */
    tries: z.int(),
    nextCallAt: Instant.nullable(),
    detail: z.string().nullable(),
    open: z.boolean(),
  })
  .meta({ id: "BookingView" });
export type BookingView = z.infer<typeof BookingView>;

/** How a parcel stands, in the carrier's words. */
export const ParcelStatus = z.enum(["booked", "shipped", "delivered", "lost", "cancelled"]);
export type ParcelStatus = z.infer<typeof ParcelStatus>;

/** A booking as the carrier tells it, in its answers and in its callbacks. `reference` is the order's id. */
export const Parcel = z
  .object({
    id: z.string().min(1).max(200),
    reference: z.string().max(200),
    status: ParcelStatus,
    tracking: z.string().min(1).max(200).nullable().default(null),
    pickupAt: z.iso.datetime({ offset: true }),
    dropoffAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: "Parcel" });
export type Parcel = z.infer<typeof Parcel>;
