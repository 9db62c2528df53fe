import { describe, expect, it, test } from "vitest";
import type { Bill, BillLine } from "../../contracts/basket.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import { paidForLines, type RefundWish } from "./refund.ts";
import { at, captured, ordered, type Story } from "./story-for-tests.ts";

const refunded = { step: "refund", result: "done" } as const;
const done = (number: number) => ({ step: "refund-part", number, result: "done" }) as const;
const refused = (number: number) => ({ step: "refund-part", number, result: "refused", reason: "closed" }) as const;

function wish(amount: number | null, more: Partial<RefundWish> = {}): RefundWish {
  return { amount, lines: null, reason: "goodwill", detail: "Sorry.", ...more };
}

function refund(story: Story, asked: RefundWish): string[] | Refusal {
  return story.give({ type: "refund", ...asked }, "staff_1");
}

function detailOf(outcome: string[] | Refusal): string {
  return isRefusal(outcome) ? `${outcome.refused}: ${outcome.detail}` : "not refused";
}

const calls = (story: Story) => story.calls.map(({ key, request }) => [key.split("/").slice(1).join("/"), request]);

function line(total: number, quantity = 1, taxClass = "food"): BillLine {
  return {
    item: "x", name: { en: "X" }, variation: null, quantity, unit: Math.floor(total / quantity), options: [], total,
    taxClass, allergens: [], note: null,
  }; // prettier-ignore
}

/** Three portions for 10.00 and a bread for 1.00, delivered for 2.00. */
const bill: Bill = {
  currency: "EUR",
  lines: [line(1_000, 3), line(100)],
  subtotal: 1_100,
  fees: [{ kind: "delivery", amount: 200, taxClass: "food" }],
  adjustments: [],
  taxes: [],
  total: 1_300,
};

describe("a refund of what was captured", () => {
  it("asks the provider for its amount, once, under a key of its own", () => {
    const story = at("over");
    expect(refund(story, wish(500))).toEqual(["refund-asked"]);
    expect(refund(story, wish(300))).toEqual(["refund-asked"]);
    expect(calls(story).slice(-2)).toEqual([
      ["refund/1", { payment: "pay_1", number: 1, amount: 500, reason: "goodwill" }],
      ["refund/2", { payment: "pay_1", number: 2, amount: 300, reason: "goodwill" }],
    ]);
    expect(story.pay(done(2))).toEqual(["refund-done"]);
    expect(story.pay(done(2))).toEqual([]);
    expect(story.order.refunds).toMatchObject([{ state: "asked" }, { state: "done", by: "staff_1" }]);
    expect(story.order.payment.step).toBe("captured");
  });

  it("is never more than was taken, all refunds together", () => {
    const story = at("over");
    expect(detailOf(refund(story, wish(2_801)))).toMatch(/^invalid-value: At most 2800/);
    refund(story, wish(2_000));
    expect(detailOf(refund(story, wish(801)))).toMatch(/^invalid-value: At most 800/);
    expect(refund(story, wish(null))).toEqual(["refund-asked"]);
    expect(detailOf(refund(story, wish(1)))).toMatch(/^conflict/);
    story.pay(done(1));
    story.pay(done(2));
    expect(story.order.payment.step).toBe("refunded");
    expect(detailOf(refund(story, wish(1)))).toMatch(/^conflict/);
  });

  it("that the provider refuses can be asked for anew, and somebody must look", () => {
    const story = at("over");
    refund(story, wish(2_800));
    expect(story.pay(refused(1))).toEqual(["refund-refused"]);
    expect(story.order.attention).toEqual(["refund: closed"]);
    expect(refund(story, wish(2_800))).toEqual(["refund-asked"]);
  });

  it("tells the customer, and the list", () => {
    const story = at("over", "pickup", { customer: { name: "Ada", phone: null, email: "ada@example.com" } });
    refund(story, wish(500));
    const told = story.saying(() => story.pay(done(1)));
    expect(told).toEqual([]);
    expect(story.said.at(-1)?.data).toMatchObject({ refunded: 500 });
    expect(story.calls.at(-1)).toMatchObject({ kind: "mail", request: { to: "ada@example.com" } });
  });

  it("in cash is from hand to hand: no provider is asked", () => {
    const story = at("over", "pickup", { payment: { method: "cash" } });
    expect(refund(story, wish(500))).toEqual(["refund-asked", "refund-done"]);
    expect(story.calls.filter(({ kind }) => kind !== "mail")).toEqual([]);
    expect(refund(story, wish(null))).toEqual(["refund-asked", "refund-done"]);
    expect(story.order.payment.step).toBe("refunded");
  });

  test.each(["placed", "sent"] as const)("is not to be had of an order that is %s: nothing was taken", (milestone) => {
    expect(detailOf(refund(at(milestone), wish(1)))).toMatch(/^conflict: Nothing has been taken yet/);
  });
});

describe("an order cancelled after a part was paid back", () => {
  it("gives back the rest, and not the whole once more", () => {
    const story = at("preparing");
    refund(story, wish(800));
    story.pay(done(1));
    story.cancel("staff");
    expect(story.order.payment.step).toBe("refunding");
    expect(calls(story).at(-1)).toEqual(["refund", { payment: "pay_1", reason: "staff-cancelled", amount: 2_000 }]);
    story.pay(refunded);
    expect(story.order.payment.step).toBe("refunded");
  });

  it("waits for what is under way before it gives back the rest", () => {
    const story = at("preparing");
    refund(story, wish(800));
    story.cancel("staff");
    expect(story.order.payment.step).toBe("captured");
    expect(detailOf(refund(story, wish(1)))).toMatch(/^conflict/);
    story.pay(refused(1));
    expect(story.order.payment.step).toBe("refunding");
    expect(calls(story).at(-1)).toEqual(["refund", { payment: "pay_1", reason: "staff-cancelled" }]);
  });

  it("has nothing left to give back where all of it was", () => {
    const story = at("preparing");
    refund(story, wish(null));
    story.cancel("staff");
    story.pay(done(1));
    expect(story.order.payment.step).toBe("refunded");
    expect(story.calls.filter(({ kind }) => kind === "refund")).toEqual([]);
  });
});

describe("a refund of portions", () => {
  const story = at("over", "pickup", { ...ordered(), bill });
  const portions = (quantity: number, line = 0) => wish(null, { lines: [{ line, quantity }] });

  it("is worth what was paid for them; the portions of a line make up the line", () => {
    refund(story, portions(1));
    refund(story, portions(2));
    const [first, second] = story.order.refunds ?? [];
    expect((first?.amount ?? 0) + (second?.amount ?? 0)).toBe(1_000);
    expect(first?.amount).toBe(334);
  });

  it("is of no more portions than were ordered, and of lines that are there", () => {
    expect(detailOf(refund(story, portions(1)))).toMatch(/^invalid-value/);
    expect(detailOf(refund(story, portions(1, 7)))).toMatch(/^invalid-value/);
    expect(refund(story, portions(1, 1))).toEqual(["refund-asked"]);
  });
});

describe("what was paid for a line", () => {
  it("has its share of the tax on top, each by its own rate", () => {
    const taxed: Bill = {
      ...bill,
      lines: [line(1_000, 1, "food"), line(1_000, 1, "drink")],
      subtotal: 2_000,
      taxes: [
        { class: "food", ratePpm: 70_000, inclusive: false, net: 1_200, tax: 84, gross: 1_284 },
        { class: "drink", ratePpm: 190_000, inclusive: false, net: 1_000, tax: 190, gross: 1_190 },
      ],
      total: 2_474,
    };
    expect(paidForLines(taxed)).toEqual([1_070, 1_190]);
  });

  it("has its share of what was taken off", () => {
    const off: Bill = {
      ...bill,
      adjustments: [{ kind: "promo", label: { en: "10 %" }, amount: -110, taxClass: null }],
      total: 1_190,
    };
    expect(paidForLines(off)).toEqual([900, 90]);
  });
});

it("is captured before it can be refunded", () => {
  const story = at("accepted");
  expect(story.order.payment.step).toBe("captured");
  expect(story.pay(captured)).toEqual([]);
});
