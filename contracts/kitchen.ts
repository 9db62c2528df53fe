import { z } from "zod";
import { Fulfilment } from "./basket.ts";
import { EndReason } from "./events.ts";
import { DriverId, MenuKey, OrderId, VenueId } from "./ids.ts";
import { Allergen, Text } from "./menu.ts";
import { Problem } from "./problem.ts";
import type { Role } from "./principal.ts";
import { LiveQuery, type RouteContract } from "./route.ts";

/** What tablets and the kitchen service say to each other. Every time is an RFC 3339 UTC instant. */

const Instant = z.iso.datetime();

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

const Seq = z.int().nonnegative();

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

const When = z.strictObject({
  readyAt: z.iso.datetime({ offset: true }).optional(),
  prepMinutes: z
    .int()
    .min(0)
    .max(24 * 60)
    .optional(),
});
const isOne = ({ readyAt, prepMinutes }: z.infer<typeof When>): boolean =>
  readyAt === undefined || prepMinutes === undefined;
const notBoth = { error: "readyAt or prepMinutes, not both", path: ["prepMinutes"] };

/** When it will be ready: at a time, or so many minutes from now. */
const ReadyWhen = When.refine(isOne, notBoth);

/**
 * When it was done, where that could not be said at once, as by a tablet without a connection. What somebody has done
 * to the same since then stands: it is refused with 409.
 */
const DoneAt = z.iso.datetime({ offset: true });
const Done = z.strictObject({ doneAt: DoneAt.optional() }).meta({ id: "Done" });

/** Left empty, the ticket's `suggestedReadyAt` is promised. */
export const Acceptance = ReadyWhen.meta({ id: "Acceptance" });
export type Acceptance = z.infer<typeof Acceptance>;

export const NewPromise = ReadyWhen.refine(
  ({ readyAt, prepMinutes }) => readyAt !== undefined || prepMinutes !== undefined,
  { error: "readyAt or prepMinutes is needed", path: ["readyAt"] },
).meta({ id: "TicketPromise" });

export const Rejection = z
  .strictObject({
    reason: EndReason.extract(["item-unavailable", "too-busy", "closing", "outside-area", "other"]),
    /** Told to the customer. */
    detail: z.string().trim().max(280).default(""),
  })
  .meta({ id: "Rejection" });
export type Rejection = z.infer<typeof Rejection>;

/** Left empty, it is promised for when it was, or for five minutes from now. */
export const Recall = When.extend({ doneAt: DoneAt.optional() }).refine(isOne, notBoth).meta({ id: "Recall" });

const LineNumber = z.int().min(0).max(999);

/** Lines by their numbers: a station's part of a ticket, all at once. */
export const BumpedLines = z
  .strictObject({ lines: z.array(LineNumber).min(1).max(100), doneAt: DoneAt.optional() })
  .meta({ id: "BumpedLines" });

/** A wish the guest has told the crew: of one line, or of the whole order where no line is named. Null takes it back. */
export const NewWish = z
  .strictObject({ line: LineNumber.nullable().default(null), note: z.string().trim().min(1).max(280).nullable() })
  .meta({ id: "NewWish" });

const Nothing = z.strictObject({});
const venue = z.object({ venue: VenueId });
const ticket = z.object({ venue: VenueId, order: OrderId });
const line = ticket.extend({
  line: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number),
});
const roles = ["staff", "admin"] as const satisfies readonly Role[];

const base = "/v1/venues/{venue}/kitchen";
const aTicket = `${base}/tickets/{order}` as const;

const onTicket = {
  method: "POST",
  roles,
  params: ticket,
  response: TicketView,
  status: 200,
  idempotent: true,
} as const;

export const kitchenRoutes = {
  tickets: {
    method: "GET",
    path: `${base}/tickets`,
    summary: "The board's tickets: those in hand, or all that it still knows",
    roles,
    params: venue,
    query: z.strictObject({ status: z.enum(["open", "all"]).default("open") }),
    response: z.object({ seq: Seq, tickets: z.array(TicketView) }).meta({ id: "Tickets" }),
    status: 200,
    idempotent: false,
  },
  counts: {
    method: "GET",
    path: `${base}/counts`,
    summary: "All-day counts: how many of each thing are still to be cooked",
    roles,
    params: venue,
    query: Nothing,
    response: z.object({ seq: Seq, counts: z.array(AllDayCount) }).meta({ id: "AllDayCounts" }),
    status: 200,
    idempotent: false,
  },
  live: {
    method: "GET",
    path: `${base}/live`,
    summary: "The board live, for a tablet: a snapshot and then every event, or every event after number `after`",
    roles,
    params: venue,
    query: LiveQuery,
    response: BoardMessage,
    status: 101,
    idempotent: false,
    socket: true,
  },
  see: { ...onTicket, path: `${aTicket}/seen`, summary: "A tablet has shown the ticket", body: Nothing },
  accept: {
    ...onTicket,
    path: `${aTicket}/accept`,
    summary: "Accept, promising when it will be ready",
    body: Acceptance,
  },
  reject: {
    ...onTicket,
    path: `${aTicket}/reject`,
    summary: "Reject, with a reason for the customer",
    body: Rejection,
  },
  promise: { ...onTicket, path: `${aTicket}/promise`, summary: "Promise another time", body: NewPromise },
  start: { ...onTicket, path: `${aTicket}/start`, summary: "Cooking has begun", body: Nothing },
  ready: { ...onTicket, path: `${aTicket}/ready`, summary: "Everything is cooked and packed", body: Done },
  recall: { ...onTicket, path: `${aTicket}/recall`, summary: "It is not ready after all", body: Recall },
  handover: { ...onTicket, path: `${aTicket}/handover`, summary: "The customer or the driver has it", body: Nothing },
  acknowledge: { ...onTicket, path: `${aTicket}/acknowledge`, summary: "The withdrawal was noticed", body: Nothing },
  bump: {
    ...onTicket,
    path: `${aTicket}/lines/{line}/bump`,
    params: line,
    summary: "One line is cooked",
    body: Done,
  },
  unbump: {
    ...onTicket,
    path: `${aTicket}/lines/{line}/unbump`,
    params: line,
    summary: "One line is not cooked after all",
    body: Done,
  },
  bumpLines: { ...onTicket, path: `${aTicket}/bump`, summary: "These lines are cooked", body: BumpedLines },
  unbumpLines: {
    ...onTicket,
    path: `${aTicket}/unbump`,
    summary: "These lines are not cooked after all",
    body: BumpedLines,
  },
  change: {
    ...onTicket,
    path: `${aTicket}/change`,
    summary: "A wish is another one now; dishes and prices stay as they were ordered",
    body: NewWish,
  },
  notice: { ...onTicket, path: `${aTicket}/notice`, summary: "What was changed was noticed", body: Nothing },
} as const satisfies Record<string, RouteContract>;
