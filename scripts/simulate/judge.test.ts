import { expect, test } from "vitest";
import type { OrderView } from "../../contracts/order.ts";
import { type Deeds, expectedTicket, judgeChange, judgeEnd } from "./judge.ts";
import { planOrder } from "./order-plan.ts";

const none = { from: 0, to: 0 };
const plan = planOrder(
  () => 0.5,
  {
    pickup: 0,
    cash: 0,
    declinedCard: 0,
    cancel: 0,
    reject: 0,
    declineOffer: 0,
    basket: 0,
    follow: 0,
    wrongPin: 0,
    cutSocket: 0,
  },
  { accept: none, cook: none, collect: none, think: none, travel: none, regret: none },
);
const deeds: Deeds = { plan, cancelled: false, rejected: false };
const bill = { currency: "EUR", lines: [], subtotal: 500, fees: [], adjustments: [], taxes: [], total: 500 };
const view: OrderView = {
  id: "ord_00000000000000000000000000", tenant: "t", venue: "v", code: "AB23", status: "collected", fulfilment: "pickup", seq: 9,
  lines: [], bill, customer: null, address: null, note: null, payment: { method: "card", status: "captured", amount: 500 },
  requestedFor: null, placedAt: null, seenAt: null, readyAt: null, delivery: null, cancellableUntil: null, end: null, attention: [], timeline: [],
}; // prettier-ignore
const kinds = (found: readonly { kind: string }[]) => found.map(({ kind }) => kind);
const paid = (status: NonNullable<OrderView["payment"]>["status"]) =>
  ({ method: "card", status, amount: 500 }) as const;
const end = (reason: NonNullable<OrderView["end"]>["reason"]) => ({ reason, detail: "", by: "person" });

test("an order that was collected and captured has ended well", () => {
  expect(judgeEnd(deeds, view, ["payment-captured"])).toEqual([]);
});

test("an order that ended otherwise than its parties made it is found", () => {
  expect(kinds(judgeEnd(deeds, { ...view, fulfilment: "delivery" }, []))).toEqual(["contradiction"]);
  expect(kinds(judgeEnd({ ...deeds, rejected: true }, view, []))).toEqual(["contradiction"]);
  const failed = { ...view, status: "failed", payment: paid("refunded"), end: end("no-driver") } as const;
  expect(kinds(judgeEnd(deeds, failed, ["payment-captured"]))).toEqual(["contradiction"]);
});

test("money that was kept for nothing, or never taken, is found", () => {
  const cancelled = { ...view, status: "cancelled", end: end("customer-cancelled") } as const;
  expect(kinds(judgeEnd({ ...deeds, cancelled: true }, cancelled, ["payment-captured"]))).toEqual(["money"]);
  expect(
    judgeEnd({ ...deeds, cancelled: true }, { ...cancelled, payment: paid("refunded") }, ["payment-captured"]),
  ).toEqual([]);
  expect(judgeEnd({ ...deeds, cancelled: true }, { ...cancelled, payment: paid("voided") }, [])).toEqual([]);
  expect(kinds(judgeEnd(deeds, { ...view, payment: paid("capturing") }, []))).toEqual(["money"]);
});

test("what costs nothing asks no card, not even one that would be declined", () => {
  const free = { ...view, bill: { ...bill, subtotal: 0, total: 0 }, payment: { ...paid("captured"), amount: 0 } };
  for (const payment of ["card", "cash", "declined-card"] as const) {
    expect(judgeEnd({ ...deeds, plan: { ...plan, payment } }, free, [])).toEqual([]);
    const nothing = { ...paid("voided"), amount: 0 };
    const rejected = { ...free, status: "rejected", payment: nothing, end: end("item-unavailable") } as const;
    expect(judgeEnd({ ...deeds, plan: { ...plan, payment }, rejected: true }, rejected, [])).toEqual([]);
  }
});

test("cash is taken at the door when the food is handed over, and then only", () => {
  const cash: Deeds = { ...deeds, plan: { ...plan, payment: "cash" } };
  const inCash = (status: "captured" | "due" | "voided") => ({ method: "cash", status, amount: 500 }) as const;
  expect(judgeEnd(cash, { ...view, payment: inCash("captured") }, [])).toEqual([]);
  expect(kinds(judgeEnd(cash, { ...view, payment: inCash("due") }, []))).toEqual(["money"]);
  const rejected = { ...view, status: "rejected", end: end("closing") } as const;
  expect(judgeEnd({ ...cash, rejected: true }, { ...rejected, payment: inCash("voided") }, [])).toEqual([]);
  expect(kinds(judgeEnd({ ...cash, rejected: true }, { ...rejected, payment: inCash("captured") }, []))).toEqual([
    "money",
  ]);
});

test("a declined card ends the order for that reason", () => {
  const declined: Deeds = { ...deeds, plan: { ...plan, payment: "declined-card" } };
  const cancelled = { ...view, status: "cancelled", payment: paid("declined") } as const;
  expect(judgeEnd(declined, { ...cancelled, end: end("payment-declined") }, [])).toEqual([]);
  expect(kinds(judgeEnd(declined, { ...cancelled, end: end("no-answer") }, []))).toEqual(["contradiction"]);
});

test("an order that goes back, changes its total or comes back to life contradicts itself", () => {
  const ready = { ...view, status: "ready" } as const;
  expect(judgeChange(ready, view, 9)).toEqual([]);
  expect(kinds(judgeChange(ready, { ...view, status: "accepted" }, 9))).toEqual(["contradiction"]);
  expect(kinds(judgeChange(view, { ...view, status: "cancelled" }, 9))).toEqual(["contradiction"]);
  expect(
    kinds(
      judgeChange(
        ready,
        { ...view, bill: { ...bill, total: 501 }, payment: { method: "card", status: "captured", amount: 501 } },
        9,
      ),
    ),
  ).toEqual(["contradiction"]);
  expect(kinds(judgeChange(null, { ...view, seq: 3 }, 4))).toEqual(["contradiction"]);
});

test("what the tablet must show follows from how the order ended", () => {
  expect(expectedTicket(view)).toEqual(["handed-over"]);
  expect(expectedTicket({ ...view, status: "cancelled" })).toEqual(["withdrawn"]);
  expect(expectedTicket({ ...view, status: "ready" })).toBeNull();
});
