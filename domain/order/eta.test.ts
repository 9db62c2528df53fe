import { expect, test } from "vitest";
import { etaOf } from "./eta.ts";
import { at, later, minute, start, Story } from "./story-for-tests.ts";

const width = (story: Story): number => {
  const eta = etaOf(story.order, story.now);
  return eta === null ? NaN : eta.to - eta.from;
};

test("an order to be brought has a window from the moment it is placed until it is over", () => {
  for (const milestone of ["placed", "sent", "accepted", "preparing", "ready"] as const) {
    const story = at(milestone, "delivery");
    const eta = etaOf(story.order, story.now);
    expect(eta?.from).toBeGreaterThanOrEqual(story.now);
    expect(eta?.best).toBeGreaterThanOrEqual(eta?.from ?? Infinity);
    expect(eta?.to).toBeGreaterThanOrEqual(eta?.best ?? Infinity);
  }
  const over = at("over", "delivery");
  expect(etaOf(over.order, over.now)).toBeNull();
  const basket = new Story();
  basket.open();
  expect(etaOf(basket.order, start)).toBeNull();
});

test("an order to be fetched has a window about the time the kitchen has promised, and none once it is ready", () => {
  const story = at("accepted");
  const eta = etaOf(story.order, story.now);
  expect(eta?.best).toBe(later);
  expect(eta?.from).toBeLessThan(later);
  expect(eta?.to).toBeGreaterThan(later);
  const ready = at("ready");
  expect(etaOf(ready.order, ready.now)).toBeNull();
});

test("what the zone has told moves the window, until it is somebody else who comes", () => {
  const story = at("accepted", "delivery");
  const before = etaOf(story.order, story.now)?.best ?? 0;
  const foresight = { pressure: 2, arriveAt: null, wayMs: 15 * minute, doorAt: null };
  story.news({ type: "delivery.foreseen", data: foresight });
  expect(etaOf(story.order, story.now)?.best).toBeGreaterThan(before);
  const open = width(story);
  const driver = { id: "ada", name: "Ada" };
  story.news({ type: "delivery.assigned", data: { driver, pickupAt: later, dropoffAt: later + 15 * minute } });
  expect(width(story)).toBeLessThan(open);
  story.news({ type: "delivery.foreseen", data: { ...foresight, arriveAt: later + 30 * minute } });
  expect(etaOf(story.order, story.now)?.best).toBeGreaterThanOrEqual(later + 45 * minute);
  story.news({ type: "delivery.unassigned", data: { reason: "silent" } });
  story.news({ type: "delivery.assigned", data: { driver, pickupAt: later, dropoffAt: later + 15 * minute } });
  expect(etaOf(story.order, story.now)?.best).toBeLessThan(later + 30 * minute);
  story.news({ type: "delivery.picked-up", data: { dropoffAt: later + 15 * minute } });
  expect(etaOf(story.order, story.now)?.best).toBe(later + 15 * minute);
  story.news({ type: "delivery.foreseen", data: { ...foresight, doorAt: later + 20 * minute } });
  expect(etaOf(story.order, story.now)?.best).toBe(later + 20 * minute);
});

test("a carrier's own word is believed, and its silence leaves what is usual", () => {
  const story = at("accepted", "delivery");
  const carrier = { id: "bobs-post", name: "Bob's Post", state: "asked", tracking: null, silentSince: null } as const;
  story.news({ type: "delivery.carrier-changed", data: { carrier, pickupAt: null, dropoffAt: null } });
  expect(etaOf(story.order, story.now)).not.toBeNull();
  const booked = { ...carrier, state: "booked" } as const;
  story.news({ type: "delivery.carrier-changed", data: { carrier: booked, pickupAt: later, dropoffAt: later + 9 * minute } });
  expect(etaOf(story.order, story.now)?.best).toBe(later + 9 * minute);
}); // prettier-ignore
