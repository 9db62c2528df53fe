import type { BillOption } from "../../contracts/basket.ts";
import type { TicketOption, TicketView } from "../../contracts/kitchen.ts";
import { callName } from "../../domain/ticket/call-name.ts";
import { isUnseen } from "../../domain/ticket/escalation.ts";
import { isOpen, promisedAt, type ReturningFood, type Ticket, type TicketDriver } from "../../domain/ticket/ticket.ts";

/** A ticket as tablets are shown it: without prices, times as RFC 3339. */
export function ticketView(ticket: Ticket): TicketView {
  const { order, bumped, driver, status, changes = [] } = ticket;
  const { requestedFor, note = null } = order;
  const lines = order.lines.map(({ item, name, variation, quantity, options, allergens, note: lineNote }, number) => ({
    item, name, variation, quantity, allergens, note: lineNote,
    options: options.map(optionView),
    bumped: bumped.includes(number),
  })); // prettier-ignore
  const readyAt = promisedAt(ticket);
  return {
    order: order.order,
    code: order.code,
    status,
    fulfilment: order.fulfilment,
    customer: callName(order.customer),
    lines,
    note,
    allergens: [
      ...new Set(lines.flatMap((line) => [...line.allergens, ...line.options.flatMap(allergensOf)])),
    ].toSorted(),
    placedAt: text(order.placedAt),
    requestedFor: requestedFor === null ? null : text(requestedFor),
    seenAt: ticket.seenAt === null ? null : text(ticket.seenAt),
    ...(isUnseen(ticket) && ticket.escalated !== undefined ? { escalated: ticket.escalated } : {}),
    answerBy: text(order.answerBy),
    suggestedReadyAt: text(order.suggestedReadyAt),
    readyAt: readyAt === null ? null : text(readyAt),
    ...(ticket.food === undefined ? {} : { food: foodView(ticket.food) }),
    driver: driver === null ? null : driverView(driver),
    ...(order.table === undefined ? {} : { table: order.table }),
    ...(changes.length === 0 ? {} : { changes: changes.map((change) => ({ ...change, at: text(change.at) })) }),
    ended: "reason" in ticket ? { reason: ticket.reason, detail: ticket.detail, at: text(ticket.endedAt) } : null,
    open: isOpen(ticket),
  };
}

function foodView({ since, backAt, ...food }: ReturningFood): TicketView["food"] {
  return { ...food, since: text(since), backAt: backAt === null ? null : text(backAt) };
}

function driverView({ id, name, atVenue, arrivesAt }: TicketDriver): TicketView["driver"] {
  return { id, name, atVenue, ...(arrivesAt === undefined ? {} : { arrivesAt: text(arrivesAt) }) };
}

function optionView({ group, option, name, quantity, allergens, options }: BillOption): TicketOption {
  return { group, option, name, quantity, allergens, options: options.map(optionView) };
}

function allergensOf(option: TicketOption): TicketOption["allergens"] {
  return [...option.allergens, ...option.options.flatMap(allergensOf)];
}

function text(at: number): string {
  return new Date(at).toISOString();
}
