import type { Address } from "../../contracts/address.ts";
import type { FactData, TicketOrder } from "../../contracts/events.ts";
import type { OrderId } from "../../contracts/ids.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Context } from "../../contracts/rules.ts";
import type { Board, BoardEvent } from "./board.ts";
import { decideTicket, type TicketCommand } from "./decide-ticket.ts";
import { escalation, isUnseen } from "./escalation.ts";
import { shownUntil } from "./shown.ts";
import { isOpen, type Ticket, type TicketDriver } from "./ticket.ts";

/** What can be asked of a board: by tablets, by orders' facts, by time. */
export type BoardCommand =
  | TicketCommand
  /** Tablets have shown these tickets; those it does not know any more are passed over. */
  | { readonly type: "see"; readonly orders: readonly OrderId[] }
  | { readonly type: "receive"; readonly order: OrderId; readonly sender: Address; readonly ticket: TicketOrder }
  | ({ readonly type: "withdraw"; readonly order: OrderId } & FactData<"order.withdrawn">)
  | ({ readonly type: "follow-food"; readonly order: OrderId } & FactData<"order.food-returning">)
  | ({ readonly type: "change-driver"; readonly order: OrderId } & FactData<"order.driver-changed">)
  /** Some time has passed: for tickets that nobody has seen, or that are to leave the board. */
  | { readonly type: "escalate" | "sweep" };

/** So many closed tickets are kept at the most; when there are `closedAtMost`, the oldest go down to `closedKept`. */
const closedAtMost = 96;
const closedKept = 64;

/** Judges a command. What holds already changes nothing; what the present state does not allow is refused in words. */
export function decide(board: Board, command: BoardCommand, { now }: Context): readonly BoardEvent[] | Refusal {
  const events = judge(board, command, now);
  if (isRefusal(events) || !events.some(closes)) return events;
  const closed = Object.values(board.tickets).filter((ticket) => !isOpen(ticket));
  if (closed.length < closedAtMost) return events;
  const oldest = closed.toSorted((a, b) => endOf(a) - endOf(b)).slice(0, closed.length - closedKept);
  return [...events, { type: "cleared", orders: oldest.map(({ order }) => order.order) }];
}

function judge(board: Board, command: BoardCommand, now: number): readonly BoardEvent[] | Refusal {
  switch (command.type) {
    case "receive": {
      const { order, sender, ticket } = command;
      return board.tickets[order] === undefined ? [{ type: "received", order, sender, ticket }] : [];
    }
    case "withdraw":
      return withdraw(board.tickets[command.order], command);
    case "change-driver":
      return changeDriver(board.tickets[command.order], command);
    case "see":
      return see(board, command.orders);
    case "follow-food":
      return followFood(board.tickets[command.order], command);
    case "escalate":
      return Object.values(board.tickets).flatMap((ticket) => escalation(ticket, now));
    case "sweep": {
      const due = Object.values(board.tickets).filter((ticket) => (shownUntil(ticket) ?? Infinity) <= now);
      return due.length === 0 ? [] : [{ type: "cleared", orders: due.map(({ order }) => order.order) }];
    }
    case "accept":
    case "reject":
    case "promise":
    case "start":
    case "ready":
    case "recall":
    case "bump":
    case "unbump":
    case "hand-over":
    case "acknowledge-withdrawal":
    case "change":
    case "notice-changes": {
      const ticket = board.tickets[command.order];
      return ticket === undefined ? unknown : decideTicket(ticket, command, now);
    }
  }
}

function see(board: Board, orders: readonly OrderId[]): readonly BoardEvent[] | Refusal {
  const known = [...new Set(orders)].flatMap((order) => board.tickets[order] ?? []);
  if (known.length === 0) return unknown;
  return known.filter(isUnseen).map(({ order }) => ({ type: "seen", order: order.order }));
}

/** An order that ended without food. A ticket that never came, is gone or is over needs no word of it. */
function withdraw(ticket: Ticket | undefined, command: FactData<"order.withdrawn">): readonly BoardEvent[] {
  if (ticket === undefined || !isInHand(ticket)) return [];
  const { reason, detail } = command;
  return [{ type: "withdrawn", order: ticket.order.order, reason, detail }];
}

/** Of a ticket that has left the board the kitchen is not told: the zone's list has the delivery. */
function followFood(ticket: Ticket | undefined, fact: FactData<"order.food-returning">): readonly BoardEvent[] {
  if (ticket === undefined) return [];
  const { order } = ticket.order;
  const { driver, detail, returned, confirmed } = fact;
  const begun: BoardEvent[] = ticket.food === undefined ? [{ type: "food-returning", order, driver, detail }] : [];
  if (!returned || (ticket.food?.backAt ?? null) !== null) return begun;
  return [...begun, { type: "food-returned", order, confirmed }];
}

function changeDriver(ticket: Ticket | undefined, fact: FactData<"order.driver-changed">): readonly BoardEvent[] {
  if (ticket === undefined || !isInHand(ticket)) return [];
  const { order } = ticket.order;
  const { atVenue, arrivesAt } = fact;
  const driver =
    fact.driver === null ? null : { ...fact.driver, atVenue, ...(arrivesAt === undefined ? {} : { arrivesAt }) };
  const changed: BoardEvent[] = isSameDriver(ticket.driver, driver) ? [] : [{ type: "driver-changed", order, driver }];
  return fact.pickedUp ? [...changed, { type: "picked-up", order }] : changed;
}

function isSameDriver(a: TicketDriver | null, b: TicketDriver | null): boolean {
  return a?.id === b?.id && a?.name === b?.name && a?.atVenue === b?.atVenue && a?.arrivesAt === b?.arrivesAt;
}

function isInHand(ticket: Ticket): boolean {
  return isOpen(ticket) && ticket.status !== "withdrawn";
}

function closes({ type }: BoardEvent): boolean {
  return type === "handed-over" || type === "picked-up" || type === "rejected" || type === "withdrawal-acknowledged";
}

function endOf(ticket: Ticket): number {
  return "endedAt" in ticket ? ticket.endedAt : Infinity;
}

const unknown = refuse("not-found", "This board has no such ticket.");
