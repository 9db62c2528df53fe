import { z } from "zod";
import { Instant } from "./instant.ts";
import { Fulfilment } from "./basket.ts";
import { EndReason } from "./events.ts";
import { VenueId } from "./ids.ts";
import { Currency } from "./money.ts";
import { OrderStatus, OrderSummary } from "./order.ts";
import { Problem } from "./problem.ts";

/** An order as the crew's lists have it: how far it is, how late, and whether somebody must see to it. No customer. */
export const FloorOrder = OrderSummary.extend({
  /** The number of the order's event this is from. */
  seq: z.int(),
  sentAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  /** What was promised last before it was ready, and when it first was. */
  promisedAt: Instant.nullable(),
  readyAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Until when it should have gone on; null where it waits for nothing. */
  dueAt: Instant.nullable(),
  reason: EndReason.nullable(),
  /** Minor units paid back, or on their way. */
  refunded: z.int(),
  attention: z.array(z.string()),
  /** Where the guests sit, if the order says so. */
  table: z.string().optional(),
}).meta({ id: "FloorOrder" });
export type FloorOrder = z.infer<typeof FloorOrder>;

/** Whether a venue takes orders; a later `revision` replaces an earlier one. */
export const FloorVenue = z
  .object({
    id: VenueId,
    paused: z.object({ until: Instant.nullable(), reason: z.string() }).nullable(),
    busyMinutes: z.int(),
    revision: z.int(),
  })
  .meta({ id: "FloorVenue" });
export type FloorVenue = z.infer<typeof FloorVenue>;

/** All open orders of the venues a token reaches, and the venues. */
export const Floor = z.object({ orders: z.array(FloorOrder), venues: z.array(FloorVenue) }).meta({ id: "Floor" });
export type Floor = z.infer<typeof Floor>;

/**
 * What the floor's socket says. A snapshot is all there is, whenever one connects or asks for it; its `seq` is always 0,
 * for there is nothing to resume. An order or venue is as it is now; of two of one order the higher `seq` is newer.
 */
export const FloorLive = z.discriminatedUnion("type", [
  Floor.extend({ type: z.literal("snapshot"), seq: z.literal(0) }),
  z.object({ type: z.literal("orders"), orders: z.array(FloorOrder) }),
  z.object({ type: z.literal("venue"), venue: FloorVenue }),
  z.object({ type: z.literal("problem"), problem: Problem }),
]);
export type FloorLive = z.infer<typeof FloorLive>;

/** What a viewer says: show me all of it again. */
export const FloorAsk = z.strictObject({ type: z.literal("look") });

const When = z.iso.datetime({ offset: true });

/** What orders are looked for; what is left out matters not. `from` and `until` are of the placing, `until` is not in. */
export const OrderSearch = z
  .strictObject({
    /**
     * An id, a code, beginnings of the customer's names, a phone or its last 4 to 8 digits, a mail address or `@host`, or
     * a table: `12`, `table 12`.
     */
    text: z.string().trim().max(120).optional(),
    venue: VenueId.optional(),
    status: z.array(OrderStatus).min(1).max(13).optional(),
    fulfilment: Fulfilment.optional(),
    open: z.boolean().optional(),
    /** Only what somebody must see to. */
    attention: z.boolean().optional(),
    from: When.optional(),
    until: When.optional(),
    /** Totals, in minor units. */
    least: z.int().min(0).optional(),
    most: z.int().min(0).optional(),
    /** Whether the customers' names are to be told; each is asked of its order. */
    names: z.boolean().default(false),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(100).default(25),
  })
  .meta({ id: "OrderSearch" });
export type OrderSearch = z.infer<typeof OrderSearch>;

export const FoundOrders = z
  .object({
    /** Newest placed first. `name` is null where it was not asked for, or is erased. */
    orders: z.array(FloorOrder.extend({ name: z.string().nullable() })),
    next: z.string().nullable(),
    /** From when on was looked, where that was not said and a whole past would be too much. */
    searchedFrom: Instant.nullable(),
  })
  .meta({ id: "FoundOrders" });
export type FoundOrders = z.infer<typeof FoundOrders>;

const Counted = z.object({
  orders: z.int(),
  /** Minor units of `currency`: totals of what was or will be paid, less what was paid back. */
  revenue: z.int(),
});

/** How long something took, in seconds: `median` and `slow` (nine of ten were faster) are null where there was nothing. */
const Spread = z.object({
  orders: z.int(),
  median: z.int().nullable(),
  slow: z.int().nullable(),
  /** How many took less than each bound, and no less than the bound before; the last has none. */
  buckets: z.array(z.object({ below: z.int().nullable(), orders: z.int() })),
});

/** What happened to the orders placed between two instants. */
export const Figures = z
  .object({
    from: Instant,
    until: Instant,
    /** Of all amounts: that of most orders. Orders in others are counted, their amounts are not. */
    currency: Currency.nullable(),
    otherCurrencies: z.array(Currency),
    total: Counted.extend({ refunded: z.int(), open: z.int(), lost: z.int() }),
    /** By hours from `from` on, in which something was placed. */
    hours: z.array(Counted.extend({ at: Instant })),
    venues: z.array(Counted.extend({ venue: VenueId })),
    fulfilments: z.array(Counted.extend({ fulfilment: Fulfilment })),
    statuses: z.array(Counted.extend({ status: OrderStatus })),
    /** Why orders ended without food. */
    reasons: z.array(z.object({ reason: EndReason, orders: z.int() })),
    /** From when an order came to the kitchen until it was accepted. */
    acceptance: Spread,
    /** From when food was promised for until it was ready: less than nothing is early. */
    lateness: Spread,
    items: z.array(z.object({ key: z.string(), name: z.string(), quantity: z.int(), revenue: z.int() })),
  })
  .meta({ id: "Figures" });
export type Figures = z.infer<typeof Figures>;
