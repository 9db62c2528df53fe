import { describe, expect, it } from "vitest";
import { type Arrival, type Logged, mailFaults, pushFaults, reportFaults } from "./told.ts";

const never = () => false;
const always = () => true;
const order = { id: "ord_1", fulfilment: "pickup" } as const;
/** A log of these events, a second apart. */
const log = (...events: Omit<Logged, "seq" | "at">[]): Logged[] =>
  events.map((event, at) => ({ ...event, seq: at + 1, at: (at + 1) * 1_000 }));
const told = log(
  { type: "placed" },
  { type: "push-subscribed", subscription: "s1" },
  { type: "accepted" },
  { type: "push-sent", of: 3, subscription: "s1" },
);
const came = (...at: number[]) => new Map([["ord_1/push/3/s1", at]]);

describe("what came by push, against an order's log", () => {
  it("is right where every browser heard of everything once, or again where the answer may have been lost", () => {
    expect(pushFaults(order, told, came(3_500), never)).toEqual([]);
    expect(pushFaults(order, told, came(3_200, 3_500), always)).toEqual([]);
  });

  it("is wrong where a push never came, came twice for nothing, or after it was known to have come", () => {
    expect(pushFaults(order, told, new Map(), never)).toEqual(["ord_1/push/3/s1 is thought to be brought, and is not"]);
    expect(pushFaults(order, told, came(3_200, 3_500), never)).toHaveLength(1);
    expect(pushFaults(order, told, came(3_500, 9_000), always)).toHaveLength(1);
  });

  it("is wrong where a browser was not told, was given up, or nobody knows of what came", () => {
    expect(pushFaults(order, told.slice(0, 3), new Map(), never)).toEqual(["s1 was told 0 times that it was accepted"]);
    const failed = [...told.slice(0, 3), { type: "push-failed", seq: 4, at: 4_000, of: 3, subscription: "s1" }];
    expect(pushFaults(order, failed, new Map(), never)).toEqual(["ord_1/push/3/s1 was given up"]);
    const stranger = new Map([...came(3_500), ["ord_1/push/9/s1", [3_500]] as const]);
    expect(pushFaults(order, told, stranger, never)).toEqual(["ord_1/push/9/s1 was brought, and the order does not know"]);
  }); // prettier-ignore
});

describe("an order's mails", () => {
  it("are as many as its log says, and of what matters one where no push told it", () => {
    const written = log({ type: "accepted" }, { type: "mail-sent", about: "accepted" });
    expect(mailFaults(written, 1)).toEqual([]);
    expect(mailFaults(told, 0)).toEqual([]);
    expect(mailFaults(written, 2)).toEqual(["1 mails were sent, and 2 came"]);
    expect(mailFaults(log({ type: "cancelled" }), 0)).toEqual(["that it was cancelled was told by 0 mails"]);
    const both = [...told, { type: "mail-sent", about: "accepted", seq: 5, at: 5_000 }];
    expect(mailFaults(both, 1)).toEqual(["that it was accepted was told by push and 1 mails"]);
  });
});

describe("the reports of an order at a till", () => {
  const placed = log({ type: "opened" }, { type: "placed" }, { type: "seen" }, { type: "cancelled" });
  const report = (sequence: number, more: Partial<Arrival> = {}): Arrival => ({
    id: `rep_${sequence}`, sequence, at: sequence * 1_000, body: `${sequence}`, taken: true, ...more,
  }); // prettier-ignore

  it("are all there and in order; one comes again only where its answer was lost", () => {
    expect(reportFaults(placed, [report(2), report(3), report(4)], never)).toEqual([]);
    expect(reportFaults(placed, [report(2), report(3, { taken: false }), report(3), report(4)], never)).toEqual([]);
  });

  it("are wrong where one is missing, late, doubled, changed or made up", () => {
    expect(reportFaults(placed, [report(2), report(3)], never)).toEqual(["the till was never told that it was cancelled"]);
    expect(reportFaults(placed, [report(3), report(2), report(4)], never)).toEqual(["report 2 came after 3"]);
    expect(reportFaults(placed, [report(2), report(2), report(3), report(4)], never)).toHaveLength(1);
    expect(reportFaults(placed, [report(2, { taken: false }), report(2, { body: "other" }), report(3), report(4)], never)).toHaveLength(1);
    expect(reportFaults(placed, [report(1), report(2), report(3), report(4)], never)).toHaveLength(1);
  }); // prettier-ignore
});
