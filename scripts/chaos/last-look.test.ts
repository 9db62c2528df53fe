import { describe, expect, it } from "vitest";
import type { OrderView } from "../../contracts/order.ts";
import { differences } from "./last-look.ts";

const delivery = { driver: null, atVenue: true, pickedUp: true, pickupAt: null, dropoffAt: null, pin: null };
const view: OrderView = {
  id: "ord_00000000000000000000000000", tenant: "t", venue: "v", code: "AB23", status: "delivered", fulfilment: "delivery", seq: 9,
  lines: [], bill: null, customer: null, address: null, note: null, payment: { method: "card", status: "captured", amount: 500 },
  requestedFor: null, placedAt: null, seenAt: null, readyAt: null, delivery, cancellableUntil: null, end: null, attention: [], timeline: [],
}; // prettier-ignore

describe("the customer's last view of an order", () => {
  it("agrees with the order, but for the PIN that only the customer sees", () => {
    expect(differences({ ...view, delivery: { ...delivery, pin: "4711" } }, view)).toEqual([]);
  });

  it("agrees where afterwards nothing was written but that somebody was told", () => {
    const told = { seq: 10, type: "mail-sent", at: "2026-11-22T04:00:00Z" };
    expect(differences(view, { ...view, seq: 10, timeline: [told] })).toEqual([]);
    expect(differences(view, { ...view, seq: 10, timeline: [{ ...told, type: "refund-done" }] })).toHaveLength(2);
  });

  it("shows whatever news never came", () => {
    expect(differences({ ...view, seq: 8, status: "out-for-delivery" }, view)).toEqual([
      'the customer\'s last view has status "out-for-delivery", the order "delivered"',
      "the customer's last view has seq 8, the order 9",
    ]);
    expect(differences(null, view)).toEqual(["its customer never saw it"]);
  });
});
