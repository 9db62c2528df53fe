import { z } from "zod";
import { EndReason } from "./events.ts";
import { OrderId, VenueId } from "./ids.ts";
import { BoardMessage, TicketView, AllDayCount } from "./kitchen.ts";
import type { Role } from "./principal.ts";
import { LiveQuery, type RouteContract } from "./route.ts";
import { Seq } from "./seq.ts";

/** What tablets ask of the kitchen service. */

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
