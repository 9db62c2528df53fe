import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Addressed, EndReason, Place } from "../../contracts/events.ts";
import type { DeliveryAddress } from "../../contracts/order.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import type { OrderEvent } from "./events.ts";
import { mailsFor } from "./mail.ts";
import { hasEnded, type Order, type Placed } from "./order.ts";
import { reports, ticketOf } from "./report.ts";

/** Whose order speaks: its address, from which the tenant and its id are known. */
export function publishFor(self: Address) {
  const { tenant, id } = parseAddress(self);

  /** What others must know of an event: the kitchen, the delivery service, the venue's stock, the read model, endpoints. */
  return function publish(event: Recorded<OrderEvent>, order: Order, before: Order): readonly Addressed[] {
    if (order.placed === null) return [];
    return [
      ...toBoard(order, order.placed, event, before),
      ...toZone(order.placed, event, before, order),
      ...toVenue(order.placed, event, before, order),
      ...toOutlet(order, order.placed, event, before),
      ...reports({ tenant, id }, order, order.placed, event),
    ];
  };

  function toBoard(order: Order, placed: Placed, event: Recorded<OrderEvent>, before: Order): Addressed[] {
    const to = addressOf("board", tenant, order.venue);
    switch (event.type) {
      case "sent":
        return [{ to, type: "order.sent", data: ticketOf(id, order, placed, event) }];
      case "cancelled":
      case "failed":
        if (!hasTicket(before)) return [];
        return [{ to, type: "order.withdrawn", data: { reason: event.reason, detail: event.detail } }];
      case "driver-assigned":
      case "driver-unassigned":
      case "driver-arrived":
      case "picked-up":
      case "delivered": {
        const { driver = null, atVenue = false, pickedUp = false } = order.delivery ?? {};
        return [{ to, type: "order.driver-changed", data: { driver, atVenue, pickedUp } }];
      }
      case "opened":
      case "lines-changed":
      case "placed":
      case "payment-authorised":
      case "payment-declined":
      case "payment-captured":
      case "payment-capture-refused":
      case "payment-voided":
      case "payment-refunded":
      case "payment-stuck":
      case "scheduled":
      case "seen":
      case "accepted":
      case "promised":
      case "preparing":
      case "ready":
      case "recalled":
      case "collected":
      case "rejected":
      case "attention-needed":
      case "carrier-changed":
      case "mail-sent":
      case "mail-failed":
      case "erased":
        return [];
    }
  }

  function toZone(placed: Placed, event: Recorded<OrderEvent>, before: Order, order: Order): Addressed[] {
    const to = addressOf("zone", tenant, placed.terms.zone);
    if (order.fulfilment !== "delivery") return [];
    if (event.type === "accepted")
      return [{ to, type: "delivery.requested", data: request(order, placed, event.readyAt) }];
    if (event.type === "promised" || event.type === "recalled") {
      return [{ to, type: "delivery.ready-changed", data: { order: id, readyAt: event.readyAt, ready: false } }];
    }
    if (event.type === "ready")
      return [{ to, type: "delivery.ready-changed", data: { order: id, readyAt: event.at, ready: true } }];
    // What the zone itself has ended it need not be told.
    const ended = event.type === "cancelled" || event.type === "rejected" || event.type === "failed";
    if (!ended || before.delivery === null || event.by === to) return [];
    return [{ to, type: "delivery.called-off", data: { order: id, reason: event.reason, detail: event.detail } }];
  }

  function request(order: Order, placed: Placed, readyAt: number) {
    const { code, terms, pin, payment, bill, customer } = placed;
    const cash = payment.method === "cash" ? { amount: bill.total, currency: bill.currency } : null;
    return {
      order: id,
      code,
      venue: order.venue,
      pickup: terms.venue,
      dropoff: dropoffOf(placed.address, customer),
      pin,
      readyAt,
      cash,
      ...(terms.channels === undefined ? {} : { channels: [...terms.channels] }),
    };
  }

  function toVenue(placed: Placed, event: Recorded<OrderEvent>, before: Order, order: Order): Addressed[] {
    const to = addressOf("venue", tenant, order.venue);
    if (placed.demand.length === 0) return [];
    if (event.type === "placed") return [{ to, type: "reservation.kept", data: {} }];
    const ended = event.type === "cancelled" || event.type === "rejected" || event.type === "failed";
    return ended && !isMade(before) ? [{ to, type: "reservation.released", data: { demand: [...placed.demand] } }] : [];
  }

  function toOutlet(order: Order, placed: Placed, event: Recorded<OrderEvent>, before: Order): Addressed[] {
    if (order.stage.status === before.stage.status) return [];
    const { code, bill, placedAt } = placed;
    const { venue, fulfilment, owner } = order;
    return [
      {
        to: addressOf("outlet", tenant, "orders"),
        type: "order.changed",
        data: {
          order: id, tenant, venue, customer: owner, code, status: order.stage.status, fulfilment,
          total: bill.total, currency: bill.currency, placedAt, updatedAt: event.at, seq: event.seq, open: !hasEnded(order.stage),
        }, // prettier-ignore
      },
    ];
  }
}

/** The outside calls an event asks for: the steps of the payment, each with its one key. */
export function effectsFor(self: Address) {
  const { id } = parseAddress(self);
  return function effects(event: Recorded<OrderEvent>, order: Order, before: Order): readonly EffectRequest[] {
    const { placed, payment } = order;
    if (event.type === "picked-up") return mailsFor(id, order, event.at);
    if (placed === null || payment.step === before.payment.step) return [];
    const { total: amount, currency } = placed.bill;
    const step = (kind: string, request: object): EffectRequest[] => [{ key: `${id}/${kind}`, kind, request }];
    switch (payment.step) {
      case "authorising":
        return placed.payment.method === "card"
          ? step("authorise", { amount, currency, method: placed.payment.token, reference: id })
          : [];
      case "capturing":
        return step("capture", { payment: payment.id });
      case "voiding":
        return step("void", { payment: payment.id });
      case "refunding":
        return step("refund", { payment: payment.id, reason: reasonOf(order) });
      case "due":
      case "declined":
      case "authorised":
      case "captured":
      case "voided":
      case "refunded":
      case "attention":
        return [];
    }
  };
}

function reasonOf(order: Order): EndReason | "" {
  return "end" in order.stage ? order.stage.end.reason : "";
}

function hasTicket(before: Order): boolean {
  return ["sent", "accepted", "preparing", "ready"].includes(before.stage.status);
}

/** Food that was made does not go back on the shelf. */
function isMade(before: Order): boolean {
  return before.stage.status === "ready" || before.stage.status === "out-for-delivery";
}

function dropoffOf(address: DeliveryAddress | null, customer: Placed["customer"]): Place {
  const parts = [address?.line1, address?.line2, address?.postcode, address?.city].filter(
    (part) => typeof part === "string",
  );
  const point =
    address === null || address.lat === null || address.lng === null ? null : { lat: address.lat, lng: address.lng };
  return {
    name: customer.name,
    address: parts.join(", "),
    ...(address?.note === null || address === null ? {} : { note: address.note }),
    ...(customer.phone === null ? {} : { phone: customer.phone }),
    point,
  };
}
