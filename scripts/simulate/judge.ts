import type { OrderStatus, OrderView } from "../../contracts/order.ts";
import type { FindingKind } from "./findings.ts";
import type { PlayedOrder } from "./played-order.ts";

export interface Judgement {
  readonly kind: FindingKind;
  readonly detail: string;
}

/** How far along each state is: an order never goes back, since nobody here recalls what was ready. */
const rank: Readonly<Record<OrderStatus, number>> = {
  "basket": 0, "placed": 1, "scheduled": 2, "sent": 3, "accepted": 4, "preparing": 5, "ready": 6, "out-for-delivery": 7,
  "collected": 9, "delivered": 9, "rejected": 9, "cancelled": 9, "failed": 9,
}; // prettier-ignore

/** What contradicts itself between two views of one order, the second seen after the first. */
export function judgeChange(before: OrderView | null, now: OrderView, seq: number): Judgement[] {
  const wrong: string[] = [];
  if (now.seq < seq) wrong.push(`event ${seq} came with the order as of ${now.seq}`);
  if (now.payment !== null && now.bill !== null && now.payment.amount !== now.bill.total) {
    wrong.push(`the payment is of ${now.payment.amount}, the bill of ${now.bill.total}`);
  }
  if (before === null) return wrong.map(contradiction);
  const backwards =
    rank[now.status] < rank[before.status] || (rank[before.status] === 9 && now.status !== before.status);
  if (backwards) wrong.push(`${before.status} became ${now.status}`);
  if (now.id !== before.id || now.venue !== before.venue)
    wrong.push(`${before.id} at ${before.venue} became ${now.id} at ${now.venue}`);
  if (before.bill !== null && now.bill?.total !== before.bill.total)
    wrong.push(`the total went from ${before.bill.total} to ${now.bill?.total}`);
  return wrong.map(contradiction);
}

/** What its parties did about an order, as far as its end depends on it. */
export type Deeds = Pick<PlayedOrder, "plan" | "cancelled" | "rejected">;

/** What is wrong with how an order ended, given what its parties did and the types of all its events. */
export function judgeEnd(order: Deeds, view: OrderView, events: readonly string[]): Judgement[] {
  const expected = expectedEnd(order, view);
  const end = view.end === null ? "" : ` (${view.end.reason}: ${view.end.detail}, by ${view.end.by})`;
  const found: Judgement[] = [];
  if (view.status !== expected) found.push(contradiction(`it ended ${view.status}${end}, not ${expected}`));
  if (expected === "cancelled" && view.status === "cancelled") {
    const reason = order.cancelled ? "customer-cancelled" : "payment-declined";
    if (view.end?.reason !== reason)
      found.push(contradiction(`it was cancelled for ${view.end?.reason}, not ${reason}`));
  }
  const payment = expectedPayment(paidBy(order, view), view.status, events.includes("payment-captured"));
  const status = view.payment?.status ?? "none";
  if (!payment.includes(status))
    found.push({
      kind: "money",
      detail: `${view.status}${end}, yet the payment is ${status}, not ${payment.join(" or ")}`,
    });
  return found;
}

/** Where there is nothing to pay, no card is asked: it is as good as cash. */
function paidBy({ plan }: Deeds, { bill }: OrderView): Deeds["plan"]["payment"] {
  return bill?.total === 0 ? "cash" : plan.payment;
}

function expectedEnd(order: Deeds, view: OrderView): OrderStatus {
  if (order.cancelled || paidBy(order, view) === "declined-card") return "cancelled";
  if (order.rejected) return "rejected";
  return view.fulfilment === "delivery" ? "delivered" : "collected";
}

/**
 * What the money must have come to for how the order ended: once captured it is paid back, before that it is let go.
 * Cash changes hands with the food, or never.
 */
function expectedPayment(paid: "card" | "cash" | "declined-card", status: OrderStatus, captured: boolean): string[] {
  switch (paid) {
    case "cash":
      return [status === "collected" || status === "delivered" ? "captured" : "voided"];
    case "declined-card":
      return ["declined"];
    case "card":
      if (status === "collected" || status === "delivered") return ["captured"];
      return [captured ? "refunded" : "voided"];
  }
}

/** What the tablet must show of an order that has ended; null where it never had to come there. */
export function expectedTicket(view: OrderView): readonly string[] | null {
  switch (view.status) {
    case "collected":
    case "delivered":
      return ["handed-over"];
    case "rejected":
      return ["rejected"];
    case "cancelled":
    case "failed":
      return ["withdrawn"];
    case "basket":
    case "placed":
    case "scheduled":
    case "sent":
    case "accepted":
    case "preparing":
    case "ready":
    case "out-for-delivery":
      return null;
  }
}

function contradiction(detail: string): Judgement {
  return { kind: "contradiction", detail };
}
