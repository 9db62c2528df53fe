import { z } from "zod";
import { Instant } from "./instant.ts";
import { BillLine, Fulfilment } from "./basket.ts";
import { EndReason } from "./events.ts";
import { OrderId, VenueId } from "./ids.ts";
import { OrderStatus } from "./order.ts";
import { Duration } from "./venue.ts";

/** An endpoint: `end_` and 26 lower-case base32 characters. */
export const EndpointId = z.string().regex(/^end_[0-9a-hjkmnp-tv-z]{26}$/, "an endpoint id: end_ and 26 characters");
export type EndpointId = string;

/** A report: the `webhook-id` it is sent under, whoever it is sent to and however often. */
export const ReportId = z.string().regex(/^(?:rep|test|alert)_[0-9A-Za-z_]{1,80}$/, "a report id");
export type ReportId = string;

/**
 * What of an order's life can be reported, `comanda.order.ready.v1` on the wire for `order.ready`; and that a fact of
 * the tenant could not be handled, which only an endpoint for all venues is told.
 */
export const ReportedEvent = z.enum([
  "order.placed", "order.scheduled", "order.sent", "order.seen", "order.accepted", "order.promised",
  "order.preparing", "order.ready", "order.recalled", "order.driver-assigned", "order.driver-unassigned",
  "order.driver-arrived", "order.picked-up", "order.collected", "order.delivered", "order.rejected",
  "order.cancelled", "order.failed", "order.attention-needed", "order.payment-authorised",
  "order.payment-declined", "order.payment-captured", "order.payment-voided", "order.payment-refunded",
  "order.payment-stuck", "order.payment-capture-refused", "order.carrier-changed", "order.driver-near",
  "order.food-returned", "order.erased", "order.refund-done", "order.refund-refused",
  "dead-letter.appeared",
]); // prettier-ignore
export type ReportedEvent = z.infer<typeof ReportedEvent>;

/** What the test button sends; every endpoint takes it, whatever else it wants. */
export const testEvent = "endpoint.tested";

/** What an endpoint is told of a dead letter that has appeared; `at` (epoch ms) is when. */
export interface LetterAlert {
  /** The letter's id, as paths give it. */
  readonly letter: string;
  readonly order: string;
  readonly fact: string;
  readonly sender: string;
  readonly receiver: string;
  readonly sequence: number;
  readonly consumer: string;
  readonly error: string;
  readonly at: number;
}

/** What a tenant says of an endpoint. `events` and `venues` null: all. */
export const EndpointSettings = z.strictObject({
  url: z.string().min(1).max(2_048),
  events: z.array(ReportedEvent).min(1).max(50).nullable().default(null),
  venues: z.array(VenueId).min(1).max(50).nullable().default(null),
  description: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "one line of text")
    .default(""),
  enabled: z.boolean().default(true),
});
export type EndpointSettings = z.infer<typeof EndpointSettings>;

/** A secret by its id, never by itself; `until` null: the one that stays. */
const SecretView = z.object({ id: z.string(), createdAt: Instant, until: Instant.nullable() });

export const EndpointView = z.object({
  id: EndpointId,
  ...EndpointSettings.shape,
  description: z.string(),
  enabled: z.boolean(),
  events: z.array(z.string()).nullable(),
  /** Why nothing is sent: switched off, answered 410, not reached for days, or too many reports waiting. */
  disabled: z
    .object({ reason: z.enum(["switched-off", "gone", "unreachable", "too-far-behind"]), at: Instant })
    .nullable(),
  /** `open` until the next probe; `half-open` while one is under way. `since`: the first failure with no success after it. */
  breaker: z.object({
    state: z.enum(["closed", "open", "half-open"]),
    until: Instant.nullable(),
    since: Instant.nullable(),
  }),
  secrets: z.array(SecretView),
  waiting: z.int(),
  failed: z.int(),
  lastDeliveredAt: Instant.nullable(),
});
export type EndpointView = z.infer<typeof EndpointView>;

/** Shown when the secret is made, and never again. */
export const EndpointWithSecret = EndpointView.extend({ secret: z.string() });

/** How long the old secret signs beside the new one. */
export const Rotation = z.strictObject({ overlap: Duration.default("PT24H") });

/** One attempt: what was answered, or what went wrong instead. */
export const ReportAttempt = z.object({
  at: Instant,
  durationMs: z.int(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  /** The first characters of the answer's body. */
  excerpt: z.string(),
});

export const ReportView = z.object({
  id: ReportId,
  event: z.string(),
  order: OrderId.nullable(),
  venue: VenueId.nullable(),
  /** The order's event it tells of. */
  sequence: z.int(),
  at: Instant,
  status: z.enum(["waiting", "under-way", "delivered", "failed"]),
  /** Attempts since it was first to be sent, or since it was last replayed. */
  tries: z.int(),
  nextAttemptAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  attempts: z.array(ReportAttempt),
});
export type ReportView = z.infer<typeof ReportView>;

/** A report with the body that is sent, byte for byte. */
export const WholeReport = ReportView.extend({ body: z.string() });
export type WholeReport = z.infer<typeof WholeReport>;

/** What is sent to an endpoint of an order's event; `customer` and what stands after it comes with `order.sent` only. */
export const WebhookBody = z
  .object({
    specversion: z.literal("1.0"),
    id: ReportId,
    source: z.string(),
    type: z.string(),
    subject: z.string(),
    time: Instant,
    timestamp: Instant,
    datacontenttype: z.literal("application/json"),
    sequence: z.string(),
    data: z.object({
      order: OrderId,
      venue: VenueId,
      code: z.string(),
      status: OrderStatus,
      fulfilment: Fulfilment,
      total: z.int(),
      currency: z.string(),
      seq: z.int(),
      placedAt: Instant,
      requestedFor: Instant.nullable(),
      readyAt: Instant.nullable(),
      end: z.object({ reason: EndReason, detail: z.string() }).nullable(),
      driver: z.string().nullable(),
      customer: z.string().optional(),
      lines: z.array(BillLine).optional(),
      note: z.string().nullable().optional(),
      answerBy: Instant.optional(),
      suggestedReadyAt: Instant.optional(),
    }),
  })
  .meta({ id: "WebhookBody" });
export type WebhookBody = z.infer<typeof WebhookBody>;

/** Which ended reports are sent anew: those of events from `from` until before `until`. */
export const Replay = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
  status: z.enum(["failed", "delivered", "all"]).default("failed"),
});
