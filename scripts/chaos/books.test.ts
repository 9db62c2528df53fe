import { describe, expect, it } from "vitest";
import { disagreements, type Paid } from "./books.ts";
import type { Movement } from "./sandbox.ts";

const bill = { total: 350, currency: "EUR" } as NonNullable<Paid["view"]["bill"]>;
const view = { status: "collected", payment: { method: "card", status: "captured", amount: 350 }, bill } as const;
const types = ["opened", "placed", "payment-authorised", "sent", "accepted", "payment-captured", "collected"];
const moved = (kind: Movement["kind"], more: Partial<Movement> = {}): Movement => ({
  payment: "pay_1",
  reference: "ord_1",
  currency: "EUR",
  kind,
  amount: 350,
  ...more,
});

describe("the provider's books against an order's log", () => {
  it("agree on an order that was fetched and paid", () => {
    expect(disagreements({ view, types }, [moved("authorised"), moved("captured")])).toEqual([]);
  });

  it("agree on an order paid in cash that the provider never heard of", () => {
    const cash = { ...view, payment: { method: "cash", status: "due", amount: 350 } } as const;
    expect(disagreements({ view: cash, types: ["opened", "placed", "sent", "collected"] }, [])).toEqual([]);
  });

  it("agree on a cancelled order whose money was let go, or paid back", () => {
    const cancelled = { ...view, status: "cancelled" } as const;
    const before = { view: cancelled, types: ["payment-authorised", "cancelled", "payment-voided"] };
    expect(disagreements(before, [moved("authorised"), moved("voided")])).toEqual([]);
    const after = {
      view: cancelled,
      types: ["payment-authorised", "payment-captured", "cancelled", "payment-refunded"],
    };
    expect(disagreements(after, [moved("authorised"), moved("captured"), moved("refunded")])).toEqual([]);
  });

  it("show a step that was taken twice, under whatever payment", () => {
    const twice = [moved("authorised"), moved("captured"), moved("authorised", { payment: "pay_2" })];
    expect(disagreements({ view, types }, twice)).toEqual([
      "it was authorised 2 times",
      "the books have authorised 2 times, its log payment-authorised 1 times",
      "it has 2 payments",
      "money is still held: 2 authorised, none captured nor let go",
    ]);
  });

  it("show a cent too much, and food that nobody has paid", () => {
    expect(disagreements({ view, types }, [moved("authorised"), moved("captured", { amount: 351 })])).toEqual([
      "captured are 351 EUR, the bill is 350 EUR",
    ]);
    const unpaid = { view, types: types.filter((type) => type !== "payment-captured") };
    expect(disagreements(unpaid, [moved("authorised")])).toEqual([
      "it is collected, captured 0 and refunded 0",
      "money is still held: 1 authorised, none captured nor let go",
    ]);
  });
});
