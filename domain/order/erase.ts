import type { Basket, Bill } from "../../contracts/basket.ts";
import type { Recorded } from "../../contracts/rules.ts";
import type { OrderEvent } from "./events.ts";
import type { Delivery, Order, Placed, Stage } from "./order.ts";

/** What is left of a customer's name, phone, address, notes, card token and id once they are erased. */
const gone = "";

/**
 * An event of an order's log without what is personal in it; what was sold, for how much and when stays. `owner` is who
 * the order belonged to. A fold of events so erased gives the order erased: `erasedOrder` of the fold of what they were.
 */
export function erasedEvent(event: Recorded<OrderEvent>, owner: string): Recorded<OrderEvent> {
  return { ...withoutPerson(event), by: event.by === owner ? gone : event.by };
}

function withoutPerson(event: Recorded<OrderEvent>): Recorded<OrderEvent> {
  switch (event.type) {
    case "opened":
      return { ...event, owner: gone };
    case "lines-changed":
      return { ...event, lines: unnoted(event.lines) };
    case "placed":
      return { ...event, order: erasedPlaced(event.order) };
    case "driver-assigned":
      return { ...event, driver: { ...event.driver, name: gone } };
    case "carrier-changed":
      return event.carrier === null ? event : { ...event, carrier: { ...event.carrier, tracking: null } };
    case "mail-failed":
    case "refund-asked":
    case "push-failed":
      return { ...event, detail: gone };
    case "rejected":
    case "cancelled":
    case "failed":
      return { ...event, detail: gone };
    case "payment-authorised":
    case "payment-declined":
    case "payment-captured":
    case "payment-voided":
    case "payment-refunded":
    case "payment-capture-refused":
    case "payment-stuck":
    case "refund-done":
    case "refund-refused":
    case "scheduled":
    case "sent":
    case "seen":
    case "accepted":
    case "promised":
    case "preparing":
    case "ready":
    case "recalled":
    case "driver-unassigned":
    case "driver-arrived":
    case "mail-sent":
    case "push-subscribed":
    case "push-unsubscribed":
    case "push-sent":
    case "proof-kept":
    case "food-returned":
    case "driver-near":
    case "foreseen":
    case "picked-up":
    case "collected":
    case "delivered":
    case "attention-needed":
    case "erased":
      return event;
  }
}

/** The order without what is personal in it. */
export function erasedOrder(order: Order): Order {
  const { owner, lines, placed, stage, delivery, photo: _, push: __, ...rest } = order;
  return {
    ...rest,
    owner: gone,
    lines: unnoted(lines),
    placed: placed === null ? null : { ...erasedPlaced(placed), placedAt: placed.placedAt },
    stage: erasedStage(stage, owner),
    delivery: delivery === null ? null : erasedDelivery(delivery),
    ...(rest.refunds === undefined ? {} : { refunds: rest.refunds.map((refund) => ({ ...refund, detail: gone })) }),
  };
}

function erasedPlaced(placed: Omit<Placed, "placedAt">): Omit<Placed, "placedAt"> {
  const { salt: _, ...rest } = placed;
  const { payment, bill } = placed;
  return {
    ...rest,
    bill: unnotedBill(bill),
    customer: { name: gone, phone: null, email: null },
    address: null,
    payment: payment.method === "card" ? { ...payment, token: gone } : payment,
    note: null,
    pin: gone,
  };
}

function erasedStage(stage: Stage, owner: string): Stage {
  if (!("end" in stage)) return stage;
  const { reason, by } = stage.end;
  return { ...stage, end: { reason, detail: gone, by: by === owner ? gone : by } };
}

function erasedDelivery(delivery: Delivery): Delivery {
  const { driver, carrier } = delivery;
  return {
    ...delivery,
    driver: driver === null ? null : { ...driver, name: gone },
    ...(carrier === undefined ? {} : { carrier: { ...carrier, tracking: null } }),
  };
}

function unnoted(lines: Basket): Basket {
  return lines.map(({ note: _, ...line }) => line);
}

function unnotedBill(bill: Bill): Bill {
  return { ...bill, lines: bill.lines.map((line) => ({ ...line, note: null })) };
}
