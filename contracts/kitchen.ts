import { z } from "zod";
import { Seq } from "./seq.ts";
import { Instant } from "./instant.ts";
import { Fulfilment } from "./basket.ts";
import { EndReason } from "./events.ts";
import { DriverId, MenuKey, OrderId } from "./ids.ts";
import { Allergen, Text } from "./menu.ts";
import { Problem } from "./problem.ts";

/** What tablets and the kitchen service say to each other. Every time is an RFC 3339 UTC instant. */

/** A ticket's states; `domain/ticket/ticket.ts` draws how they follow. */
export const TicketStatus = z.enum([
  "waiting", "accepted", "preparing", "ready", "handed-over", "withdrawn", "rejected",
]); // prettier-ignore
export type TicketStatus = z.infer<typeof TicketStatus>;

export interface TicketOption {
  group: MenuKey;
  option: MenuKey;
  name: Text;
  quantity: number;
  allergens: Allergen[];
  options: TicketOption[];
}
export const TicketOption: z.ZodType<TicketOption> = z
  .object({
    group: MenuKey,
    option: MenuKey,
    name: Text,
    quantity: z.int(),
    allergens: z.array(Allergen),
    get options() {
      return z.array(TicketOption);
    },
  })
  .meta({ id: "TicketOption" });

/** One line to cook: `quantity` of the item, each with the options. Its number is its place in the ticket, from 0. */
export const TicketLine = z.object({
  item: MenuKey,
  name: Text,
  variation: z.object({ id: MenuKey, name: Text }).nullable(),
  quantity: z.int(),
  options: z.array(TicketOption),
  /** Of the item itself; each option names its own. */
  allergens: z.array(Allergen),
  note: z.string().nullable(),
  bumped: z.boolean(),
});
export type TicketLine = z.infer<typeof TicketLine>;

/** What somebody has changed on a ticket in hand: the wish of a line (by its number) or, null, of the whole order. */
export const TicketChange = z
  .object({ line: z.int().nullable(), from: z.string().nullable(), to: z.string().nullable(), at: Instant })
  .meta({ id: "TicketChange" });
export type TicketChange = z.infer<typeof TicketChange>;

/** Everything a tablet shows of an order. */
export const TicketView = z
  .object({
    order: OrderId,
    code: z.string(),
    status: TicketStatus,
    fulfilment: Fulfilment,
    /** The customer's first name and the initial of the last. */
    customer: z.string(),
    lines: z.array(TicketLine),
    note: z.string().nullable(),
    /** All that the lines and their options contain. */
    allergens: z.array(Allergen),
    placedAt: Instant,
    /** When the customer asked to have it; null for as soon as possible. */
    requestedFor: Instant.nullable(),
    /** When a tablet first showed it; until then the order counts as not received. */
    seenAt: Instant.nullable(),
    /**
     * How loud a ticket is that no tablet has shown yet: 1 and 2 on every tablet of the venue, at 3 the owner's phone is
     * told too. Left out until then, and again once it is seen or over.
     */
    escalated: z.int().min(1).max(3).optional(),
    answerBy: Instant,
    /** What is promised if an acceptance names no time. */
    suggestedReadyAt: Instant,
    /** What is promised; null until accepted. */
    readyAt: Instant.nullable(),
    /**
     * Food that could not be handed over and comes back; `backAt` null while it is on its way, and `confirmed` false
     * where nobody has ever said that it is back. Left out otherwise. The order is over, and its money settled.
     */
    food: z
      .object({
        driver: z.string().nullable(),
        detail: z.string(),
        since: Instant,
        backAt: Instant.nullable(),
        confirmed: z.boolean(),
      })
      .optional(),
    driver: z
      .object({
        id: DriverId,
        name: z.string(),
        atVenue: z.boolean(),
        /** When the driver is expected; left out where nobody has said. */
        arrivesAt: Instant.optional(),
      })
      .nullable(),
    /** Where the guests sit, of an order to eat in that names it. */
    table: z.string().optional(),
    /** What was changed and nobody in the kitchen has noticed yet; left out where nothing was. */
    changes: z.array(TicketChange).optional(),
    /** Why there is nothing to cook any more: withdrawn by the customer or staff, or rejected here. */
    ended: z.object({ reason: EndReason, detail: z.string(), at: Instant }).nullable(),
    /** False for what is over and only kept to look back at. */
    open: z.boolean(),
  })
  .meta({ id: "TicketView" });
export type TicketView = z.infer<typeof TicketView>;

/** How many of one thing are still to be cooked, over all tickets not yet ready. */
export const AllDayCount = z
  .object({
    item: MenuKey,
    name: Text,
    variation: z.object({ id: MenuKey, name: Text }).nullable(),
    options: z.array(TicketOption),
    quantity: z.int(),
  })
  .meta({ id: "AllDayCount" });
export type AllDayCount = z.infer<typeof AllDayCount>;

/** What a ticket's socket message may speak of. */
export const TicketEventName = z.enum([
  "received", "seen", "accepted", "rejected", "promised", "started", "ready", "recalled", "handed-over", "picked-up",
  "line-bumped", "line-unbumped", "escalated", "food-returning", "food-returned", "driver-changed", "withdrawn", "withdrawal-acknowledged",
  "changed", "changes-noticed",
]); // prettier-ignore
export type TicketEventName = z.infer<typeof TicketEventName>;

/**
 * What the board's socket says. `seq` counts events without a gap; connect with `?after=` the last one seen.
 * `ticket` is as it stands when the message is written, which at a resume is later than the event; null when it has
 * been cleared since.
 */
export const BoardMessage = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("snapshot"),
      seq: Seq,
      tickets: z.array(TicketView),
      counts: z.array(AllDayCount),
    }),
    z.object({
      type: z.literal("event"),
      seq: Seq,
      at: Instant,
      event: TicketEventName,
      order: OrderId,
      ticket: TicketView.nullable(),
    }),
    /** Tickets that are gone from the board. */
    z.object({ type: z.literal("cleared"), seq: Seq, at: Instant, orders: z.array(OrderId) }),
    /** What this tablet sent was not understood. */
    z.object({ type: z.literal("problem"), problem: Problem }),
  ])
  .meta({ id: "BoardMessage" });
export type BoardMessage = z.infer<typeof BoardMessage>;

/** What a tablet says over the socket, beside the text `ping`: it has shown these tickets to people. */
export const TabletMessage = z.strictObject({
  type: z.literal("seen"),
  orders: z.array(OrderId).min(1).max(100),
});
export type TabletMessage = z.infer<typeof TabletMessage>;
