import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Addressed, EndReason } from "../../contracts/events.ts";
import type { Place } from "../../contracts/errand.ts";
import type { DeliveryAddress } from "../../contracts/order.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import { pointOf } from "./eta.ts";
import type { OrderEvent } from "./events.ts";
import { lineOf } from "./line.ts";
import { noticesFor } from "./notice.ts";
import { isPaidByCard, type Order, type Placed } from "./order.ts";
import { paidBack } from "./refund.ts";
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
      case "food-returned":
        return [{ to, type: "order.food-returning", data: foodOf(order, event.confirmed) }];
      case "cancelled":
      case "failed":
        if (event.returning === true) return [{ to, type: "order.food-returning", data: foodOf(order, null) }];
        if (!hasTicket(before)) return [];
        return [{ to, type: "order.withdrawn", data: { reason: event.reason, detail: event.detail } }];
      case "driver-assigned":
      case "driver-unassigned":
      case "driver-arrived":
      case "picked-up":
      case "delivered": {
        const { driver = null, atVenue = false, pickedUp = false, pickupAt = null } = order.delivery ?? {};
        const arrives = driver === null || pickupAt === null ? {} : { arrivesAt: pickupAt };
        return [{ to, type: "order.driver-changed", data: { driver, atVenue, pickedUp, ...arrives } }];
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
      case "refund-asked":
      case "refund-done":
      case "refund-refused":
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
      case "driver-near":
      case "foreseen":
      case "proof-kept":
      case "push-subscribed":
      case "push-unsubscribed":
      case "push-sent":
      case "push-failed":
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
      ...(placed.load === undefined ? {} : { load: placed.load }),
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
    // An order that is erased is taken out of the list's search by whoever erases it.
    if (event.type === "erased") return [];
    const line = lineOf(order, placed);
    if (before.placed !== null && JSON.stringify(line) === JSON.stringify(lineOf(before, before.placed))) return [];
    const data = { order: id, tenant, ...line, updatedAt: event.at, seq: event.seq };
    return [{ to: addressOf("outlet", tenant, "orders"), type: "order.changed", data }];
  }
}

/** The outside calls an event asks for, each with its one key: what the customer is told, and the steps of the payment. */
export function effectsFor(self: Address) {
  const { tenant, id } = parseAddress(self);
  return function effects(event: Recorded<OrderEvent>, order: Order, before: Order): readonly EffectRequest[] {
    const notices = noticesFor({ tenant, id }, event, order, before);
    return [...notices, ...paymentSteps(order, before), ...refundSteps(event, order)];
  };

  /** A refund in part has its number, and with it its key for ever. */
  function refundSteps(event: Recorded<OrderEvent>, { placed, payment }: Order): readonly EffectRequest[] {
    if (event.type !== "refund-asked" || placed === null || !isPaidByCard(placed) || !("id" in payment)) return [];
    const { number, amount, reason } = event;
    return [
      { key: `${id}/refund/${number}`, kind: "refund-part", request: { payment: payment.id, number, amount, reason } },
    ];
  }

  function paymentSteps(order: Order, before: Order): readonly EffectRequest[] {
    const { placed, payment } = order;
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
        return step("refund", { payment: payment.id, reason: reasonOf(order), ...restOf(order, amount) });
      case "due":
      case "declined":
      case "authorised":
      case "captured":
      case "voided":
      case "refunded":
      case "attention":
        return [];
    }
  }
}

/** What a kitchen is told of food that comes back; `confirmed` null while it is on its way. */
function foodOf({ delivery, stage }: Order, confirmed: boolean | null) {
  return {
    detail: "end" in stage ? stage.end.detail : "",
    returned: confirmed !== null,
    confirmed: confirmed === true,
    driver: delivery?.driver?.name ?? null,
  };
}

/** Named only where a part is back already: without it the provider pays back all that is left, which is the same. */
function restOf(order: Order, total: number): { amount?: number } {
  const back = paidBack(order, ["done"]);
  return back === 0 ? {} : { amount: total - back };
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
  return {
    name: customer.name,
    address: parts.join(", "),
    ...(address?.note === null || address === null ? {} : { note: address.note }),
    ...(customer.phone === null ? {} : { phone: customer.phone }),
    point: pointOf(address),
  };
}
