import type { Address } from "../../contracts/address.ts";
import type { EndReason, TicketOrder } from "../../contracts/events.ts";
import type { DriverId, OrderId } from "../../contracts/ids.ts";
import { withWish, type TicketChange } from "./wish.ts";

/**
 * A ticket: what the kitchen has of an order.
 *
 *   waiting ──► accepted ──► preparing ──► ready ──► handed-over
 *      │            │            │  ◄─recall─┘
 *      ▼            └────────────┴───────────┐
 *   rejected                                 ▼
 *      (waiting, too) ─────────────────► withdrawn    the order ended without food
 *
 * What is handed over stays so: its order is closed and paid, and a mistake there is mended on the order. It is kept
 * for half an hour to look back at.
 */
export type Ticket = TicketBase & TicketState;

export interface TicketBase {
  readonly order: TicketOrder;
  /** The order's address: where facts about this ticket go. */
  readonly sender: Address;
  readonly receivedAt: number;
  /** When a tablet first showed it to people. */
  readonly seenAt: number | null;
  /** How loud it is already, unseen as it is; left out where it is not. */
  readonly escalated?: Level;
  /** Numbers of the lines that are cooked. */
  readonly bumped: readonly number[];
  /**
   * When each line was last bumped or put back, by its number, and the whole last made ready or recalled, as `ready`:
   * what was done before that and is heard of later is outdated. Left out where nothing was.
   */
  readonly turned?: Readonly<Partial<Record<number | "ready", number>>>;
  readonly driver: TicketDriver | null;
  /** Food that could not be handed over and comes back; left out where none does. */
  readonly food?: ReturningFood;
  /** What was changed and nobody in the kitchen has noticed yet; left out where nothing ever was. */
  readonly changes?: readonly TicketChange[];
}

export type TicketState =
  | { readonly status: "waiting" }
  | { readonly status: "accepted" | "preparing" | "ready"; readonly readyAt: number }
  | { readonly status: "handed-over"; readonly readyAt: number; readonly endedAt: number }
  | { readonly status: "rejected"; readonly reason: EndReason; readonly detail: string; readonly endedAt: number }
  | {
      readonly status: "withdrawn";
      readonly reason: EndReason;
      readonly detail: string;
      readonly endedAt: number;
      /** When a tablet noticed; until then it is shown loudly. */
      readonly acknowledgedAt: number | null;
    };

export interface TicketDriver {
  readonly id: DriverId;
  readonly name: string;
  readonly atVenue: boolean;
  /** When the driver is expected (epoch ms), where somebody knows. */
  readonly arrivesAt?: number;
}

/** Who brings it, why and since when; `backAt` null while it is on its way, `confirmed` where somebody has said so. */
export interface ReturningFood {
  readonly driver: string | null;
  readonly detail: string;
  readonly since: number;
  readonly backAt: number | null;
  readonly confirmed: boolean;
}

/** How loud an unseen ticket is: 1 and 2 on the tablets, 3 on the owner's phone too. */
export type Level = 1 | 2 | 3;

/** What happens to one ticket. */
export type TicketEvent =
  | { readonly type: "received"; readonly order: OrderId; readonly sender: Address; readonly ticket: TicketOrder }
  | { readonly type: "seen"; readonly order: OrderId }
  | { readonly type: "escalated"; readonly order: OrderId; readonly level: Level }
  | {
      readonly type: "food-returning";
      readonly order: OrderId;
      readonly driver: string | null;
      readonly detail: string;
    }
  | { readonly type: "food-returned"; readonly order: OrderId; readonly confirmed: boolean }
  | { readonly type: "accepted"; readonly order: OrderId; readonly readyAt: number }
  | { readonly type: "rejected"; readonly order: OrderId; readonly reason: EndReason; readonly detail: string }
  | { readonly type: "promised"; readonly order: OrderId; readonly readyAt: number }
  | { readonly type: "started"; readonly order: OrderId }
  | {
      readonly type: "line-bumped" | "line-unbumped";
      readonly order: OrderId;
      readonly line: number;
      /** When it was done, where it was heard of later; so with `ready` and `recalled`. */
      readonly doneAt?: number;
    }
  | { readonly type: "ready"; readonly order: OrderId; readonly doneAt?: number }
  | { readonly type: "recalled"; readonly order: OrderId; readonly readyAt: number; readonly doneAt?: number }
  | { readonly type: "handed-over" | "picked-up"; readonly order: OrderId }
  | { readonly type: "driver-changed"; readonly order: OrderId; readonly driver: TicketDriver | null }
  | { readonly type: "withdrawn"; readonly order: OrderId; readonly reason: EndReason; readonly detail: string }
  | { readonly type: "withdrawal-acknowledged"; readonly order: OrderId }
  | { readonly type: "changed"; readonly order: OrderId; readonly line: number | null; readonly note: string | null }
  | { readonly type: "changes-noticed"; readonly order: OrderId };

/** Whether somebody in the kitchen still has to do something about it. */
export function isOpen(ticket: Ticket): boolean {
  switch (ticket.status) {
    case "waiting":
    case "accepted":
    case "preparing":
    case "ready":
      return true;
    case "withdrawn":
      return ticket.acknowledgedAt === null;
    case "handed-over":
    case "rejected":
      return false;
  }
}

/** The promised time (epoch ms), or null where none is. */
export function promisedAt(ticket: Ticket): number | null {
  switch (ticket.status) {
    case "accepted":
    case "preparing":
    case "ready":
    case "handed-over":
      return ticket.readyAt;
    case "waiting":
    case "rejected":
    case "withdrawn":
      return null;
  }
}

/** A ticket as it arrives, at `now` (epoch ms). */
export function newTicket(order: TicketOrder, sender: Address, now: number): Ticket {
  return { order, sender, receivedAt: now, seenAt: null, bumped: [], driver: null, status: "waiting" };
}

/** The ticket after an event that was decided for it, at `at` (epoch ms). */
export function evolveTicket(ticket: Ticket, event: Exclude<TicketEvent, { type: "received" }>, at: number): Ticket {
  const base = baseOf(ticket);
  const readyAt = promisedAt(ticket) ?? ticket.order.suggestedReadyAt;
  switch (event.type) {
    case "seen": {
      const { escalated: _, ...quiet } = ticket;
      return { ...quiet, seenAt: at };
    }
    case "escalated":
      return { ...ticket, escalated: event.level };
    case "food-returning": {
      const { driver, detail } = event;
      return { ...ticket, food: { driver, detail, since: at, backAt: null, confirmed: false } };
    }
    case "food-returned":
      if (ticket.food === undefined) return ticket;
      return { ...ticket, food: { ...ticket.food, backAt: at, confirmed: event.confirmed } };
    case "accepted":
      return { ...base, status: "accepted", readyAt: event.readyAt };
    case "rejected":
      return { ...base, status: "rejected", reason: event.reason, detail: event.detail, endedAt: at };
    case "promised":
      return ticket.status === "preparing"
        ? { ...base, status: "preparing", readyAt: event.readyAt }
        : { ...base, status: "accepted", readyAt: event.readyAt };
    case "started":
      return { ...base, status: "preparing", readyAt };
    case "line-bumped":
      return {
        ...ticket,
        ...turned(ticket, event.line, event, at),
        bumped: [...ticket.bumped, event.line].toSorted((a, b) => a - b),
      };
    case "line-unbumped":
      return {
        ...ticket,
        ...turned(ticket, event.line, event, at),
        bumped: ticket.bumped.filter((line) => line !== event.line),
      };
    case "ready":
      return { ...base, ...turned(ticket, "ready", event, at), status: "ready", readyAt };
    case "recalled":
      return { ...base, ...turned(ticket, "ready", event, at), status: "preparing", readyAt: event.readyAt };
    case "handed-over":
    case "picked-up":
      return { ...base, status: "handed-over", readyAt, endedAt: at };
    case "driver-changed":
      return { ...ticket, driver: event.driver };
    case "withdrawn":
      return {
        ...base,
        status: "withdrawn",
        reason: event.reason,
        detail: event.detail,
        endedAt: at,
        acknowledgedAt: null,
      };
    case "withdrawal-acknowledged":
      return ticket.status === "withdrawn" ? { ...ticket, acknowledgedAt: at } : ticket;
    case "changed":
      return { ...ticket, ...withWish(ticket, event, at) };
    case "changes-noticed":
      return { ...ticket, changes: [] };
  }
}

function turned(
  ticket: Ticket,
  what: number | "ready",
  { doneAt }: { readonly doneAt?: number },
  at: number,
): Pick<TicketBase, "turned"> {
  return { turned: { ...ticket.turned, [what]: doneAt ?? at } };
}

function baseOf({ order, sender, receivedAt, seenAt, bumped, driver, changes, turned: last }: Ticket): TicketBase {
  return {
    order,
    sender,
    receivedAt,
    seenAt,
    bumped,
    driver,
    ...(changes === undefined ? {} : { changes }),
    ...(last === undefined ? {} : { turned: last }),
  };
}
