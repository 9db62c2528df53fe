import { z } from "zod";
import { Instant } from "./instant.ts";
import { Fulfilment } from "./basket.ts";
import { Point } from "./point.ts";
import { Channel, VenueId, ZoneId } from "./ids.ts";
import { Hours, StockKey } from "./menu.ts";

/** An ISO 8601 duration of hours, minutes and seconds, as whole seconds: PT5M, PT1H30M, PT45S. */
export const Duration = z
  .string()
  .regex(/^PT(?=\d)(?:\d{1,3}H)?(?:\d{1,4}M)?(?:\d{1,5}S)?$/, "an ISO 8601 duration such as PT20M");
export type Duration = string;

/** Milliseconds of an ISO 8601 duration of hours, minutes and seconds. */
export function durationMs(duration: Duration): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** A number a telephone network takes: + and 7 to 15 digits (E.164). */
export const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, "a phone number in E.164: + and 7 to 15 digits");

const TimeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, "an IANA time zone such as Europe/Berlin");

const openingHours = z.array(Hours).max(50).default([]);

/** What a venue decides for itself. No hours for a fulfilment: always open. Money in the menu's minor units. */
export const VenueSettings = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    timeZone: TimeZone,
    address: z.string().trim().min(1).max(300),
    point: Point.nullable().default(null),
    phone: Phone.nullable().default(null),
    zone: ZoneId.default("main"),
    fulfilments: z.array(Fulfilment).min(1).default(["pickup", "delivery"]),
    hours: z
      .strictObject({ pickup: openingHours, delivery: openingHours, "dine-in": openingHours })
      .default({ pickup: [], delivery: [], "dine-in": [] }),
    /** How long food usually takes. */
    preparation: Duration.default("PT20M"),
    /**
     * How long after a ticket has come that no tablet has shown the alarm rises, three times, the last also on the
     * owner's phone. Left out: after 15, 30 and 60 seconds.
     */
    escalateAfter: z
      .array(Duration)
      .length(3)
      .refine((steps) => steps.every((step) => durationMs(step) >= 5_000), "5 seconds at least")
      .refine(
        (steps) => steps.every((step, at) => at === 0 || durationMs(steps[at - 1] ?? "") < durationMs(step)),
        "each later than the one before",
      )
      .optional(),
    /** The kitchen must answer an order within this time, or it is cancelled and paid back. */
    answerWithin: Duration.default("PT5M"),
    /** A customer may cancel until the kitchen accepts, and then for this long after placing, as long as it is not ready. */
    cancelWithin: Duration.default("PT5M"),
    deliveryFee: z.int().min(0).max(1_000_000).default(0),
    /** How far it delivers, in metres as the crow flies from `point`; null for as far as anybody asks. */
    deliveryRadius: z.int().min(100).max(200_000).nullable().default(null),
    /**
     * Where it delivers, by postcode, of addresses that have no coordinates to be measured by, and of all where there is
     * no radius. Left out: the kitchen sees such an address, and decides. Case and spaces mean nothing.
     */
    deliveryPostcodes: z.array(z.string().trim().min(2).max(20)).min(1).max(500).optional(),
    minimumOrder: z.int().min(0).max(100_000_000).default(0),
    /**
     * By which ways deliveries go: `own` drivers and carriers by their ids, the first to be tried first. Left out: the
     * own drivers bring everything. No carrier takes cash at the door.
     */
    channels: z
      .array(Channel)
      .min(1)
      .max(5)
      .refine((channels) => new Set(channels).size === channels.length, "each channel once")
      .optional(),
    /** How far ahead an order may be scheduled. */
    scheduleAhead: Duration.default("PT168H"),
  })
  .refine(({ deliveryRadius, point }) => deliveryRadius === null || point !== null, {
    path: ["deliveryRadius"],
    error: "measured from the venue's point, which is missing",
  });
export type VenueSettings = z.infer<typeof VenueSettings>;

/** Something sold out by hand, until an instant or until somebody says otherwise. */
export const SoldOut = z.strictObject({
  key: StockKey,
  until: z.iso.datetime({ offset: true }).nullable().default(null),
});

/** A venue as anybody may see it; `soldOut` and `paused` are live, `menuVersion` is null before the first menu. */
export const VenueView = z.object({
  id: VenueId,
  tenant: z.string(),
  settings: VenueSettings,
  menuVersion: z.int().nullable(),
  paused: z.object({ until: Instant.nullable(), reason: z.string() }).nullable(),
  /** Minutes added to every promise while the kitchen is busy. */
  busyMinutes: z.int(),
  soldOut: z.array(StockKey),
  revision: z.int(),
});
export type VenueView = z.infer<typeof VenueView>;

/** What is left of what is counted; and what was said to be sold out, null: until somebody says otherwise. */
export const StockView = z.object({
  stock: z.record(StockKey, z.int()),
  soldOut: z.record(StockKey, Instant.nullable()),
});
export type StockView = z.infer<typeof StockView>;

/** A venue's stock over a socket: as it stands, first and after every event, whichever that was. */
export const StockLive = z.discriminatedUnion("type", [
  StockView.extend({ type: z.literal("snapshot"), seq: z.int(), menuVersion: z.int().nullable() }),
  StockView.extend({ type: z.literal("event"), seq: z.int(), event: z.string(), menuVersion: z.int().nullable() }),
]);
export type StockLive = z.infer<typeof StockLive>;
