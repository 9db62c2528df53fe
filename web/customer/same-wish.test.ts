import { expect, it } from "vitest";
import { isSameWish } from "./same-wish.ts";

const sent = {
  venue: "demo-1",
  fulfilment: "pickup",
  lines: [{ item: "soup", quantity: 1 }],
  checkout: { customer: { name: "Ada" }, payment: { method: "card", token: "tok_1" }, expectedTotal: 350 },
};

it("an order sent again before its answer came is the same, though the card has another token and the sum has changed", () => {
  const again = { ...sent.checkout, payment: { method: "card", token: "tok_2" }, expectedTotal: 400 };
  expect(isSameWish(sent, { ...sent, checkout: again })).toBe(true);
});

it("an order of something else, for somebody else or paid otherwise is another", () => {
  const { checkout } = sent;
  for (const other of [
    { ...sent, lines: [{ item: "soup", quantity: 2 }] },
    { ...sent, fulfilment: "dine-in" },
    { ...sent, checkout: { ...checkout, customer: { name: "Bob" } } },
    { ...sent, checkout: { ...checkout, payment: { method: "cash" } } },
    { ...sent, checkout: { ...checkout, requestedFor: "2026-11-22T18:00:00.000Z" } },
  ])
    expect(isSameWish(sent, other)).toBe(false);
});
