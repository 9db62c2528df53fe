import { addressOf } from "../../contracts/address.ts";
import type { Addressed, TicketOrder } from "../../contracts/events.ts";
import type { Recorded } from "../../contracts/rules.ts";
import type { ReportedEvent } from "../../contracts/webhook.ts";
import { callName } from "../ticket/call-name.ts";
import type { OrderEvent } from "./events.ts";
import type { Order, Placed } from "./order.ts";

/**
 * By which report each event is told; null: it is the order's own business. `docs/webhooks.md` says the same, and a
 * test holds the two together.
 */
export const reportedAs: Readonly<Record<OrderEvent["type"], ReportedEvent | null>> = {
  opened: null,
  "lines-changed": null,
  placed: "order.placed",
  "payment-authorised": "order.payment-authorised",
  "payment-declined": "order.payment-declined",
  "payment-captured": "order.payment-captured",
  "payment-capture-refused": "order.payment-capture-refused",
  "payment-voided": "order.payment-voided",
  "payment-refunded": "order.payment-refunded",
  "payment-stuck": "order.payment-stuck",
  "refund-asked": null,
  "refund-done": "order.refund-done",
  "refund-refused": "order.refund-refused",
  scheduled: "order.scheduled",
  sent: "order.sent",
  seen: "order.seen",
  accepted: "order.accepted",
  promised: "order.promised",
  preparing: "order.preparing",
  ready: "order.ready",
  recalled: "order.recalled",
  "driver-assigned": "order.driver-assigned",
  "driver-unassigned": "order.driver-unassigned",
  "driver-arrived": "order.driver-arrived",
  "driver-near": "order.driver-near",
  foreseen: null,
  "carrier-changed": "order.carrier-changed",
  "picked-up": "order.picked-up",
  collected: "order.collected",
  delivered: "order.delivered",
  "food-returned": "order.food-returned",
  rejected: "order.rejected",
  cancelled: "order.cancelled",
  failed: "order.failed",
  "attention-needed": "order.attention-needed",
  "mail-sent": null,
  "mail-failed": null,
  "push-subscribed": null,
  "push-unsubscribed": null,
  "push-sent": null,
  "push-failed": null,
  "proof-kept": null,
  erased: "order.erased",
};

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
  const name = reportedAs[event.type];
  if (name === null) return [];
  // A till would take back what it has not got.
  if (event.type === "food-returned" && !event.confirmed) return [];
  const { stage, venue, fulfilment, delivery } = order;
  const { code, bill, placedAt, requestedFor } = placed;
  const data = {
    event: name,
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
    ...carried(order),
    ticket: event.type === "sent" ? ticketOf(self.id, order, placed, event) : null,
  };
  return endpoints.map((id) => ({ to: addressOf("endpoint", self.tenant, id), type: "order.reported", data }));
}

function carried({ delivery }: Order) {
  const carrier = delivery?.carrier ?? null;
  return carrier === null
    ? {}
    : { carrier: { id: carrier.id, name: carrier.name, state: carrier.state, tracking: carrier.tracking } };
}

/** The order as a kitchen needs it. */
export function ticketOf(
  id: string,
  { venue, fulfilment }: Order,
  { code, customer, bill, note, placedAt, requestedFor, table, terms }: Placed,
  { answerBy, suggestedReadyAt }: Extract<OrderEvent, { type: "sent" }>,
): TicketOrder {
  return {
    order: id, venue, code, fulfilment, customer: callName(customer.name), lines: bill.lines,
    ...(note === null ? {} : { note }),
    ...(table === undefined ? {} : { table }),
    placedAt, requestedFor, answerBy, suggestedReadyAt,
    ...(terms.escalateAfterMs === undefined ? {} : { escalateAfterMs: [...terms.escalateAfterMs] }),
  }; // prettier-ignore
}
