import { describe, expect, it } from "vitest";
import { OrderView } from "../../contracts/order.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { erasedEvent } from "./erase.ts";
import type { OrderEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { nothing, type Order } from "./order.ts";
import { at, guest, id, ordered, Story } from "./story-for-tests.ts";
import { viewOf } from "./view.ts";

/** Everything a customer may have said of themselves. */
const marks =
  /Marker|4915199999999|zebedee|Elm Street|third bell|no onions|less salt|tok_secret|4712|pepper|Bob|ran late/;

const lines = [{ item: "clams", quantity: 2, options: [], note: "less salt" }];
const personal = ordered({
  customer: { name: "Zebedee Marker", phone: "+4915199999999", email: "zebedee@example.com" },
  address: { line1: "Elm Street 1", line2: null, postcode: null, city: null, lat: 52, lng: 13, note: "third bell" },
  payment: { method: "card", token: "tok_secret" },
  note: "no onions",
  pin: "4712",
  salt: "pepper",
});

/** Lives that end, each with everything personal in it. */
const lives: Record<string, Story> = {
  delivered: at("over", "delivery", personal),
  collected: at("over", "pickup", personal),
  "rejected by the kitchen": told(at("sent", "pickup", personal), (story) =>
    story.news({ type: "ticket.rejected", data: { reason: "too-busy", detail: "Marker ran late", by: "tablet" } }),
  ),
  "cancelled by the customer": told(at("sent", "delivery", personal), (story) => story.cancel()),
  "a basket that was left": told(new Story(), (story) => {
    story.give({ type: "open", venue: "demo-1", fulfilment: "pickup", lines });
    story.after(25 * 3_600_000);
  }),
};

function told(story: Story, work: (story: Story) => unknown): Story {
  work(story);
  return story;
}

function erase({ order, log, rules, now }: Story): { log: Recorded<OrderEvent>[]; order: Order } {
  const erasedLog = log.map((event) => erasedEvent(event, order.owner));
  const decided = rules.decide(order, { type: "erase", events: [] }, { now, self: "order/demo/x", by: "erasure" });
  if (isRefusal(decided)) throw new Error(decided.detail);
  const events = decided.map((event, more) => ({ ...event, seq: log.length + 1 + more, at: now, by: "erasure" }));
  return { log: [...erasedLog, ...events], order: events.reduce(evolve, order) };
}

describe.each(Object.entries(lives))("an order that is erased: %s", (_what, story) => {
  const { log, order } = erase(story);

  it("holds nothing personal any more, neither in its state nor in its log", () => {
    expect(JSON.stringify(order)).not.toMatch(marks);
    expect(JSON.stringify(log)).not.toMatch(marks);
    expect(JSON.stringify([order, log])).not.toContain(guest);
  });

  it("is still the fold of its log", () => expect(log.reduce(evolve, nothing)).toEqual(order));

  it("keeps what was sold, for how much, when, and what became of the money", () => {
    const before = story.order;
    expect(order.placed?.bill.total).toBe(before.placed?.bill.total);
    expect([order.placed?.code, order.placed?.placedAt, order.payment]).toEqual([
      before.placed?.code,
      before.placed?.placedAt,
      before.payment,
    ]);
    expect(order.stage.status).toBe(before.stage.status);
    expect(order.timeline.slice(0, -1)).toEqual(before.timeline);
  });

  it("names no customer to anybody", () => {
    const view = viewOf(order, { tenant: "demo", id, seq: log.length }, "admin", order.updatedAt);
    expect([view.customer, view.address, view.note]).toEqual([null, null, null]);
  });

  it("can still be looked at as it was after each event", () => {
    for (const [index, { seq, at: now }] of log.entries()) {
      const then = viewOf(log.slice(0, index + 1).reduce(evolve, nothing), { tenant: "demo", id, seq }, "admin", now);
      expect(OrderView.parse(then)).toMatchObject({ seq, customer: null });
    }
  });

  it("is erased once", () => {
    expect(story.rules.decide(order, { type: "erase", events: [] }, { now: 0, self: "order/demo/x", by: "" })).toEqual(
      [],
    );
  });
});

it("an order that is not over is not erased", () => {
  const story = at("preparing", "pickup", personal);
  expect(story.give({ type: "erase", events: [] })).toMatchObject({ refused: "conflict" });
});
