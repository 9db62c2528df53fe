import type { Recorded } from "../../contracts/rules.ts";
import { erasedOrder } from "./erase.ts";
import type { OrderEvent } from "./events.ts";
import { pushAfter } from "./notice.ts";
import { isPaidByCard, isUnhappy, type Delivery, type Order, type Payment, type Stage } from "./order.ts";
import { afterRefund } from "./refund.ts";

/** The order after an event. Believes what the log says and checks nothing. */
export function evolve(order: Order, event: Recorded<OrderEvent>): Order {
  const next = changed(order, event);
  return {
    ...next,
    ...pushOf(next, event),
    updatedAt: event.at,
    timeline: [...order.timeline, { seq: event.seq, type: event.type, at: event.at }],
  };
}

function changed(order: Order, event: Recorded<OrderEvent>): Order {
  switch (event.type) {
    case "opened": {
      const { venue, owner, fulfilment, expiresAt } = event;
      return { ...order, venue, owner, fulfilment, stage: { status: "basket", expiresAt } };
    }
    case "lines-changed":
      return { ...order, lines: event.lines };
    case "placed":
      return {
        ...order,
        placed: { ...event.order, placedAt: event.at },
        payment: isPaidByCard(event.order) ? { step: "authorising" } : { step: "due" },
        stage: { status: "placed", payBy: event.payBy },
      };
    case "payment-authorised":
      return { ...order, payment: { step: isUnhappy(order.stage) ? "voiding" : "authorised", id: event.id } };
    case "payment-declined":
      return { ...order, payment: { step: "declined", reason: event.reason } };
    case "payment-captured":
      return {
        ...order,
        payment: { step: isUnhappy(order.stage) ? "refunding" : "captured", id: idOf(order.payment) },
      };
    case "payment-capture-refused":
      return {
        ...order,
        payment: { step: isUnhappy(order.stage) ? "voiding" : "authorised", id: idOf(order.payment) },
      };
    case "payment-voided":
      return { ...order, payment: { step: "voided", id: idOf(order.payment) } };
    case "payment-refunded":
      return { ...order, payment: { step: "refunded", id: idOf(order.payment) } };
    case "payment-stuck":
      return {
        ...order,
        payment: { step: "attention", id: idOf(order.payment), doing: event.doing, detail: event.detail },
        attention: [...order.attention, `payment: ${event.detail}`],
      };
    case "refund-asked": {
      const { number, amount, lines, reason, detail, by } = event;
      const refund = {
        number,
        amount,
        lines,
        reason,
        detail,
        by,
        askedAt: event.at,
        state: "asked",
        endedAt: null,
      } as const;
      return { ...order, refunds: [...(order.refunds ?? []), refund] };
    }
    case "refund-done":
      return refundEnded(order, event.number, "done", event.at);
    case "refund-refused":
      return {
        ...refundEnded(order, event.number, "refused", event.at),
        attention: [...order.attention, `refund: ${event.detail}`],
      };
    case "scheduled":
      return { ...order, stage: { status: "scheduled", sendAt: event.sendAt } };
    case "sent":
      return { ...order, stage: { status: "sent", answerBy: event.answerBy } };
    case "seen":
      return { ...order, seenAt: event.seenAt };
    case "accepted":
      return {
        ...order,
        stage: { status: "accepted", readyAt: event.readyAt },
        payment: order.payment.step === "authorised" ? { step: "capturing", id: order.payment.id } : order.payment,
        delivery: order.fulfilment === "delivery" ? undelivered : null,
        promisedAt: event.readyAt,
      };
    case "promised":
      return { ...order, promisedAt: event.readyAt, stage: promised(order.stage, event.readyAt) };
    case "preparing":
      return { ...order, stage: { status: "preparing", readyAt: readyAtOf(order.stage, event.at) } };
    case "ready":
      return { ...order, stage: { status: "ready", readyAt: event.at } };
    case "recalled":
      return { ...order, promisedAt: event.readyAt, stage: { status: "preparing", readyAt: event.readyAt } };
    case "driver-assigned": {
      const { driver, pickupAt, dropoffAt } = event;
      return { ...unforeseen(order), delivery: { ...undelivered, driver, pickupAt, dropoffAt } };
    }
    case "driver-unassigned":
      return { ...unforeseen(order), delivery: undelivered };
    case "driver-arrived":
      return { ...order, delivery: { ...(order.delivery ?? undelivered), atVenue: true } };
    case "carrier-changed": {
      const { carrier, pickupAt, dropoffAt } = event;
      if (carrier === null) return { ...order, delivery: undelivered };
      return { ...order, delivery: { ...(order.delivery ?? undelivered), carrier, pickupAt, dropoffAt } };
    }
    case "mail-sent":
    case "mail-failed":
      return order;
    case "picked-up":
      return {
        ...unforeseen(order),
        stage: { status: "out-for-delivery", readyAt: readyAtOf(order.stage, event.at), since: event.at },
        delivery: { ...(order.delivery ?? undelivered), atVenue: false, pickedUp: true, dropoffAt: event.dropoffAt },
      };
    case "collected":
      return { ...order, stage: { status: event.type } };
    case "delivered": {
      const { proof } = event;
      return { ...order, stage: { status: event.type }, ...(proof === undefined ? {} : { provedBy: proof }) };
    }
    case "food-returned":
      return { ...order, food: event.confirmed ? "returned" : "unaccounted" };
    case "proof-kept":
      return { ...order, photo: { digest: event.digest, bytes: event.bytes } };
    case "foreseen":
      return { ...order, foresight: event.foresight };
    case "driver-near":
    case "push-subscribed":
    case "push-unsubscribed":
    case "push-sent":
    case "push-failed":
      return order;
    case "rejected":
    case "cancelled":
    case "failed": {
      const { reason, detail, by } = event;
      const stage: Stage = { status: event.type, end: { reason, detail, by } };
      const food = event.returning === true ? { food: "returning" as const } : {};
      return { ...order, ...food, stage, payment: afterEnd(order, stage) };
    }
    case "erased":
      return { ...erasedOrder(order), erasedAt: event.at };
    case "attention-needed":
      return { ...order, attention: [...order.attention, event.what] };
  }
}

function pushOf(order: Order, event: Recorded<OrderEvent>): Pick<Order, "push"> {
  const push = event.type === "erased" ? undefined : pushAfter(event, order);
  return push === undefined ? {} : { push };
}

/** What was foreseen is worth nothing once it is another driver, or another way; the zone thinks so, too. */
function unforeseen({ foresight: _, ...order }: Order): Order {
  return order;
}

const undelivered: Delivery = { driver: null, atVenue: false, pickedUp: false, pickupAt: null, dropoffAt: null };

/** A step under way is not recalled: its outcome is waited for, and then undone. */
function afterEnd(order: Order, stage: Stage): Payment {
  const { payment } = order;
  return payment.step === "authorised" ? { step: "voiding", id: payment.id } : afterRefund(order, stage);
}

function refundEnded(order: Order, number: number, state: "done" | "refused", at: number): Order {
  const refunds = order.refunds?.map((one) => (one.number === number ? { ...one, state, endedAt: at } : one)) ?? [];
  const next = { ...order, refunds };
  return { ...next, payment: afterRefund(next, order.stage) };
}

function idOf(payment: Payment): string {
  return "id" in payment ? payment.id : "";
}

function readyAtOf(stage: Stage, otherwise: number): number {
  return "readyAt" in stage ? stage.readyAt : otherwise;
}

function promised(stage: Stage, readyAt: number): Stage {
  return stage.status === "accepted" || stage.status === "preparing" ? { ...stage, readyAt } : stage;
}
