import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Addressed, Fact } from "../../contracts/events.ts";
import type { OrderId } from "../../contracts/ids.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { decide, type BoardCommand } from "./decide.ts";
import { escalatesAt } from "./escalation.ts";
import { shownUntil } from "./shown.ts";
import { evolveTicket, newTicket, type Ticket, type TicketEvent } from "./ticket.ts";

/** A venue's board: its tickets, those in hand and the last that were closed. */
export interface Board {
  readonly tickets: Readonly<Record<OrderId, Ticket>>;
}

export type BoardEvent = TicketEvent | { readonly type: "cleared"; readonly orders: readonly OrderId[] };

export const boardRules: Rules<Board, BoardCommand, BoardEvent> = {
  initial: { tickets: {} },
  decide,
  evolve,
  react,
  publish,
  effects: () => [],
  deadlines,
  timeout: (name) => ({ type: name === "escalate" ? name : "sweep" }),
};

function evolve(board: Board, event: Recorded<BoardEvent>): Board {
  if (event.type === "cleared") {
    const gone = new Set(event.orders);
    return { tickets: Object.fromEntries(Object.entries(board.tickets).filter(([order]) => !gone.has(order))) };
  }
  if (event.type === "received") {
    return { tickets: { ...board.tickets, [event.order]: newTicket(event.ticket, event.sender, event.at) } };
  }
  const ticket = board.tickets[event.order];
  if (ticket === undefined) return board;
  return { tickets: { ...board.tickets, [event.order]: evolveTicket(ticket, event, event.at) } };
}

/** News from an order as a command; null where it is no news to a kitchen. */
function react(fact: Fact, from: Address): BoardCommand | null {
  const order = parseAddress(from).id;
  if (fact.type === "order.sent") return { type: "receive", order, sender: from, ticket: fact.data };
  if (fact.type === "order.withdrawn") return { type: "withdraw", order, ...fact.data };
  if (fact.type === "order.food-returning") return { type: "follow-food", order, ...fact.data };
  if (fact.type === "order.driver-changed") return { type: "change-driver", order, ...fact.data };
  return null;
}

/** What the order must know of what happened to its ticket. */
function publish(event: Recorded<BoardEvent>, board: Board): readonly Addressed[] {
  if (event.type === "cleared") return [];
  const ticket = board.tickets[event.order];
  if (ticket === undefined) return [];
  const { sender: to } = ticket;
  const { by } = event;
  switch (event.type) {
    case "seen":
      return [{ to, type: "ticket.seen", data: { seenAt: event.at, device: by } }];
    case "accepted":
      return [{ to, type: "ticket.accepted", data: { readyAt: event.readyAt, by } }];
    case "rejected":
      return [{ to, type: "ticket.rejected", data: { reason: event.reason, detail: event.detail, by } }];
    case "promised":
      return [{ to, type: "ticket.promised", data: { readyAt: event.readyAt, by } }];
    case "started":
      return [{ to, type: "ticket.started", data: { by } }];
    case "ready":
      return [{ to, type: "ticket.ready", data: { by } }];
    case "recalled":
      return [{ to, type: "ticket.recalled", data: { readyAt: event.readyAt, by } }];
    case "handed-over":
      return [{ to, type: "ticket.handed-over", data: { by } }];
    case "escalated": {
      if (event.level < 3) return [];
      const { order, venue, code } = ticket.order;
      const owner = addressOf("venue", parseAddress(to).tenant, venue);
      return [{ to: owner, type: "ticket.unseen", data: { order, code, since: ticket.receivedAt } }];
    }
    // The order said these itself, or they concern nobody outside the kitchen.
    case "food-returning":
    case "food-returned":
    case "received":
    case "picked-up":
    case "driver-changed":
    case "withdrawn":
    case "withdrawal-acknowledged":
    case "line-bumped":
    case "line-unbumped":
    case "changed":
    case "changes-noticed":
      return [];
  }
}

function deadlines(board: Board): Readonly<Record<string, number>> {
  const tickets = Object.values(board.tickets);
  const sweep = Math.min(...tickets.map((ticket) => shownUntil(ticket) ?? Infinity));
  const escalate = Math.min(...tickets.map((ticket) => escalatesAt(ticket) ?? Infinity));
  return { ...(sweep === Infinity ? {} : { sweep }), ...(escalate === Infinity ? {} : { escalate }) };
}
