import { addressOf } from "../../contracts/address.ts";
import type { Addressed, TicketOrder } from "../../contracts/events.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { ReportedEvent } from "../../contracts/webhook.ts";
import { callName } from "../ticket/call-name.ts";
import type { OrderEvent } from "./events.ts";
import type { Order, Placed } from "./order.ts";

/**
 * What a tenant's own systems are told of an event: nothing where the venue had no endpoint when the order was placed.
 * No phone, address or whole name goes out: whoever needs them asks for the order, with a token.
 */
export function reports(
  self: { tenant: string; id: string },
  order: Order,
  placed: Placed,
  event: Recorded<OrderEvent>,
): readonly Addressed[] {
  const { endpoints = [] } = placed.terms;
  if (endpoints.length === 0) return [];
  const name = ReportedEvent.safeParse(`order.${event.type}`);
  if (!name.success) return [];
  const { stage, venue, fulfilment, delivery } = order;
  const { code, bill, placedAt, requestedFor } = placed;
  const data = {
    event: name.data,
    order: self.id,
    venue,
    code,
    status: stage.status,
    fulfilment,
    total: bill.total,
    currency: bill.currency,
    seq: event.seq,
    at: event.at,
    placedAt,
    requestedFor,
    readyAt: "readyAt" in stage ? stage.readyAt : null,
    end: "end" in stage ? { reason: stage.end.reason, detail: stage.end.detail } : null,
    driver: delivery?.driver?.name ?? null,
    ticket: event.type === "sent" ? ticketOf(self.id, order, placed, event) : null,
  };
  return endpoints.map((id) => ({ to: addressOf("endpoint", self.tenant, id), type: "order.reported", data }));
}

/** The order as a kitchen needs it. */
export function ticketOf(
  id: string,
  { venue, fulfilment }: Order,
  { code, customer, bill, note, placedAt, requestedFor }: Placed,
  { answerBy, suggestedReadyAt }: Extract<OrderEvent, { type: "sent" }>,
): TicketOrder {
  return {
    order: id, venue, code, fulfilment, customer: callName(customer.name), lines: bill.lines,
    ...(note === null ? {} : { note }),
    placedAt, requestedFor, answerBy, suggestedReadyAt,
  }; // prettier-ignore
}
