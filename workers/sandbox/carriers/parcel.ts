import { z } from "zod";
import { Place } from "../../../contracts/errand.ts";
import { Fault } from "../faults.ts";

/** Bodies of a carrier's own interface. `reference` is the shop's name for the parcel. */
const Reference = z.string().min(1).max(200);
export const QuoteRequest = z.strictObject({
  reference: Reference,
  code: z.string().max(20),
  pickup: Place,
  dropoff: Place,
  readyAt: z.iso.datetime({ offset: true }),
});
export type QuoteRequest = z.infer<typeof QuoteRequest>;

export const BookingRequest = z.strictObject({ reference: Reference, quote: z.string().min(1).max(200) });
export type BookingRequest = z.infer<typeof BookingRequest>;

/** `booking` is the Idempotency-Key the booking was asked for with: whoever never got an answer knows no other name. */
export const Withdrawal = z.strictObject({ reference: Reference, booking: z.string().min(1).max(255) });
export type Withdrawal = z.infer<typeof Withdrawal>;

/** What a shop sets up with the carrier; without times its parcels move only when they are told to. */
export const Portal = z.strictObject({
  callbackUrl: z.url().max(500).nullable().default(null),
  callbackSecret: z.string().max(200).default(""),
  shipsAfterMs: z.int().min(0).max(600_000_000).nullable().default(null),
  deliversAfterMs: z.int().min(0).max(600_000_000).nullable().default(null),
});
export type Portal = z.infer<typeof Portal>;

/**
 * How a carrier misbehaves. `calls` as every other peer: `errorRate` 1 is down. `callbacks`: each is sent `copies`
 * times, and `backwards` keeps them until the parcel's end and then sends the last one first.
 */
export const CarrierFaults = z.strictObject({
  calls: Fault.optional(),
  callbacks: z
    .strictObject({
      copies: z.int().min(0).max(5).default(1),
      order: z.enum(["as-it-happens", "backwards"]).default("as-it-happens"),
    })
    .optional(),
});
export type CarrierFaults = z.infer<typeof CarrierFaults>;

export const Status = z.enum(["booked", "shipped", "delivered", "lost", "withdrawn"]);
export type Status = z.infer<typeof Status>;

/** A parcel as it lies in the carrier's books; `key` is its booking's. Times are epoch milliseconds. */
export const Parcel = z.object({
  key: z.string(),
  id: z.string(),
  reference: z.string(),
  status: Status,
  tracking: z.string(),
  price: z.int(),
  currency: z.string(),
  pickupAt: z.number(),
  dropoffAt: z.number(),
  changedAt: z.number(),
});
export type Parcel = z.infer<typeof Parcel>;

/** A line of the carrier's books, numbered from 1 without a gap; `at` RFC 3339, `price` in minor units. */
export const Entry = z.object({
  number: z.int().min(1),
  parcel: z.string(),
  reference: z.string(),
  kind: Status,
  price: z.int(),
  currency: z.string(),
  at: z.string(),
});
export type Entry = z.infer<typeof Entry>;

const quoteLivesMs = 15 * 60_000;
const next: Readonly<Record<Status, readonly Status[]>> = {
  booked: ["shipped", "lost", "withdrawn"],
  shipped: ["delivered", "lost"],
  delivered: [],
  lost: [],
  withdrawn: [],
};

export function mayBecome(from: Status, to: Status): boolean {
  return next[from].includes(to);
}

/** A price says itself until when it stands. */
export function quoteFor({ dropoff }: QuoteRequest, now: number): { id: string; amount: number; until: number } {
  const amount = 490 + (dropoff.address.length % 5) * 100;
  const until = now + quoteLivesMs;
  return { id: `quote_${amount}_${until}`, amount, until };
}

export function readQuote(id: string): { amount: number; until: number } | null {
  const [, amount = "", until = ""] = /^quote_(\d{1,6})_(\d{1,15})$/.exec(id) ?? [];
  return amount === "" ? null : { amount: Number(amount), until: Number(until) };
}

/** As the carrier shows it to the shop. */
export function shown({ id, reference, status, tracking, pickupAt, dropoffAt }: Parcel): object {
  return {
    id,
    reference,
    status: status === "withdrawn" ? "cancelled" : status,
    tracking,
    pickupAt: new Date(pickupAt).toISOString(),
    dropoffAt: new Date(dropoffAt).toISOString(),
  };
}
