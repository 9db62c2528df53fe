import { beforeEach, describe, expect, test } from "vitest";
import { sight, coarse, located } from "./sight.ts";
import { metresBetween } from "../dispatch/travel.ts";
import type { Promised } from "../promise/promise.ts";
import { etaOf } from "./eta.ts";
import { mostOver, overKeptMs } from "./zone.ts";
import { evening, north, orderId, venuePoint, ZoneWorld } from "./zone-for-tests.ts";

const minute = 60_000;
let zone: ZoneWorld;
beforeEach(() => {
  zone = new ZoneWorld();
});

describe("a delivery", () => {
  test("goes from the venue to the customer, and the order hears of every step", () => {
    zone.comeOn("ada", north(300));
    const order = zone.request(1);
    expect(zone.status(order)).toBe("offered");
    zone.drive("accept", order, "ada");
    expect(zone.status(order)).toBe("assigned");
    zone.drive("arrive", order, "ada");
    expect(zone.status(order)).toBe("at-venue");
    zone.drive("pick-up", order, "ada");
    expect(zone.status(order)).toBe("picked-up");
    zone.deliver(order, "ada", "4321");
    expect(zone.status(order)).toBe("delivered");
    expect(zone.factsTo(`order/demo/${order}`)).toEqual([
      "delivery.assigned", "delivery.arrived", "delivery.picked-up", "delivery.delivered",
    ]); // prettier-ignore
    expect(zone.factsTo("driver/demo/ada")).toEqual([
      "driver.offered", "driver.assigned", "driver.task-changed", "driver.task-changed", "driver.task-ended",
    ]); // prettier-ignore
  });

  test("numbers its own events without a gap, whatever happens beside it", () => {
    zone.comeOn("ada");
    zone.comeOn("bob");
    const [one, two] = [zone.request(1), zone.request(2)];
    zone.fetch(one, "ada");
    zone.fetch(two, "bob");
    zone.deliver(one, "ada", "4321");
    for (const order of [one, two]) {
      const numbers = zone.events.flatMap((event) => ("order" in event && event.order === order ? [event.no] : []));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(zone.delivery(order).no).toBe(numbers.length);
    }
  });

  test("picked up without a word of arrival has arrived all the same", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    zone.drive("pick-up", order, "ada");
    expect(zone.factsTo(`order/demo/${order}`).slice(-2)).toEqual(["delivery.arrived", "delivery.picked-up"]);
  });

  test("does not care how often the driver taps", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    for (const type of ["accept", "accept", "arrive", "arrive", "pick-up", "arrive", "pick-up"] as const) {
      expect(zone.drive(type, order, "ada")).toBeInstanceOf(Array);
    }
    zone.deliver(order, "ada", "4321");
    const before = zone.events.length;
    expect(zone.deliver(order, "ada", "0000")).toEqual([]);
    expect(zone.drive("pick-up", order, "ada")).toEqual([]);
    expect(zone.events).toHaveLength(before);
  });

  test("requested twice is one delivery", () => {
    zone.request(1);
    expect(zone.do({ type: "request", job: { ...zone.delivery(orderId(1)).job } })).toEqual([]);
  });

  test("that cannot be handed over fails, with the driver's reason", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    const fail = { type: "fail", order, driver: "ada", reason: "nobody-there", detail: "Rang three times" } as const;
    expect(zone.do(fail, "ada")).toMatchObject({ refused: "conflict" });
    zone.drive("pick-up", order, "ada");
    zone.do(fail, "ada");
    expect(zone.facts.find(({ type }) => type === "delivery.failed")?.data).toEqual({
      reason: "delivery-failed",
      detail: "Nobody was there to take it. Rang three times",
    });
    expect(zone.do(fail, "ada")).toEqual([]);
  });

  test("that is over keeps neither PIN nor phone, and is forgotten in time", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.fetch(order, "ada");
    zone.deliver(order, "ada", "4321");
    const { pin, dropoff } = zone.delivery(order).job;
    expect({ pin, phone: dropoff.phone }).toEqual({ pin: "", phone: undefined });
    zone.pass(overKeptMs);
    expect(zone.state.deliveries).toEqual({});
  });

  test("of which many are over is forgotten sooner, the oldest first", () => {
    for (let number = 1; number <= mostOver + 5; number += 1) {
      const order = zone.request(number);
      zone.now += 1;
      zone.do({ type: "call-off", order, reason: "customer-cancelled", detail: "" });
    }
    expect(Object.keys(zone.state.deliveries)).toHaveLength(mostOver);
    expect(zone.state.deliveries[orderId(5)]).toBeUndefined();
    expect(zone.state.deliveries[orderId(6)]).toBeDefined();
  });
});

describe("an offer", () => {
  test("goes to the nearest driver, and when it is declined to the next", () => {
    zone.comeOn("far", north(3_000));
    zone.comeOn("near", north(200));
    const order = zone.request(1);
    expect(zone.taker(order)).toBe("near");
    zone.drive("decline", order, "near");
    expect(zone.taker(order)).toBe("far");
    expect(zone.factsTo("driver/demo/near")).toEqual(["driver.offered", "driver.offer-ended"]);
  });

  test("runs out after 30 seconds, then the next is asked", () => {
    zone.comeOn("ada", north(200));
    zone.comeOn("bob", north(900));
    const order = zone.request(1);
    zone.pass(29_999);
    expect(zone.taker(order)).toBe("ada");
    zone.pass(1);
    expect(zone.taker(order)).toBe("bob");
    expect(zone.drive("accept", order, "ada")).toMatchObject({ refused: "conflict" });
    expect(zone.drive("accept", order, "bob")).toMatchObject([{ type: "assigned" }]);
  });

  test("cannot be taken once its time is over, even before the timer went off", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.now += 30_000;
    expect(zone.drive("accept", order, "ada")).toMatchObject({ refused: "conflict" });
  });

  test("is nobody else's business", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.comeOn("bob");
    for (const type of ["accept", "decline", "arrive", "pick-up"] as const) {
      expect(zone.drive(type, order, "bob")).toMatchObject({ refused: "not-found" });
    }
  });

  test("comes back to who declined only after a cool-down", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("decline", order, "ada");
    zone.pass(5 * minute - 1);
    expect(zone.status(order)).toBe("waiting");
    zone.pass(1);
    expect(zone.taker(order)).toBe("ada");
  });

  test("is made again and again while nobody accepts, and the order hears nothing bad", () => {
    zone.comeOn("ada");
    zone.comeOn("bob");
    const order = zone.request(1);
    for (let minutes = 0; minutes < 20; minutes += 1) {
      zone.pass(minute);
      zone.state = located(zone.state, "ada", venuePoint, zone.now, zone.now);
      zone.state = located(zone.state, "bob", venuePoint, zone.now, zone.now);
    }
    expect(zone.events.filter(({ type }) => type === "offered").length).toBeGreaterThan(20);
    expect(new Set(zone.factsTo(`order/demo/${order}`))).toEqual(new Set(["delivery.foreseen"]));
  });

  test("waits until the driver would arrive with the food", () => {
    zone.comeOn("ada", north(1_000));
    const order = zone.request(1, evening + 25 * minute);
    expect(zone.status(order)).toBe("waiting");
    zone.pass(15 * minute);
    expect(zone.status(order)).toBe("waiting");
    zone.pass(2 * minute);
    expect(zone.status(order)).toBe("offered");
    const { stage } = zone.delivery(order);
    expect("pickupAt" in stage && stage.pickupAt).toBe(evening + 25 * minute);
  });

  test("is made at once when the food is ready sooner than promised", () => {
    zone.comeOn("ada", north(1_000));
    const order = zone.request(1, evening + 60 * minute);
    zone.do({ type: "change-ready", order, readyAt: evening, ready: true });
    expect(zone.taker(order)).toBe("ada");
  });

  test("goes out for the oldest food first when a driver comes on shift", () => {
    const [late, early] = [zone.request(1, evening - minute), zone.request(2, evening - 9 * minute)];
    zone.comeOn("ada");
    expect([zone.taker(early), zone.taker(late)]).toEqual(["ada", null]);
    zone.fetch(early, "ada");
    zone.deliver(early, "ada", "4321");
    expect(zone.taker(late)).toBe("ada");
  });

  test("does not show the customer's phone; the task does", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    const phones = zone.facts.flatMap(({ type, data }) => ("dropoff" in data ? [[type, data.dropoff.phone]] : []));
    expect(phones).toEqual([
      ["driver.offered", undefined],
      ["driver.assigned", "+4930222"],
    ]);
  });

  test("shows the window that its customer sees, as the task does", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    const seen = etaOf(zone.state, zone.delivery(order), zone.now);
    zone.drive("accept", order, "ada");
    const windows = zone.facts.flatMap(({ type, data }) => ("eta" in data ? [[type, data.eta]] : []));
    expect(windows[0]).toEqual(["driver.offered", roundedOf(seen)]);
    expect(windows[1]?.[0]).toBe("driver.assigned");
  });

  test("prefers a vehicle that suits the trip, but rather a walker than nobody", () => {
    zone.comeOn("walker", venuePoint, "foot");
    zone.comeOn("driver", north(2_000), "car");
    const order = orderId(1);
    zone.do({ type: "request", job: { ...farJob(), order } });
    expect(zone.taker(order)).toBe("driver");
    zone.drive("decline", order, "driver");
    expect(zone.taker(order)).toBe("walker");
  });
});

function roundedOf(eta: Promised | null) {
  return eta === null ? null : { from: Math.round(eta.from), best: Math.round(eta.best), to: Math.round(eta.to) };
}

function farJob() {
  const world = new ZoneWorld();
  const { requestedAt: _, ...plain } = world.delivery(world.request(1)).job;
  return { ...plain, dropoff: { ...plain.dropoff, point: north(-6_000) } };
}

describe("a driver", () => {
  test("gone silent on the way to the venue loses the task, and another is asked", () => {
    zone.comeOn("ada", north(200));
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    zone.comeOn("bob", north(2_000));
    zone.pass(3 * minute - 1);
    expect(zone.taker(order)).toBe("ada");
    zone.pass(1);
    expect(zone.taker(order)).toBe("bob");
    expect(zone.facts.find(({ type }) => type === "delivery.unassigned")?.data).toEqual({ reason: "silent" });
    expect(zone.factsTo("driver/demo/ada").at(-1)).toBe("driver.task-ended");
    expect(zone.drive("pick-up", order, "ada")).toMatchObject({ refused: "conflict" });
  });

  test("heard of by the twin in the meantime keeps the task", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    zone.now += 3 * minute;
    zone.do({ type: "timer", timer: { name: "silence", driver: "ada" } });
    zone.answerCalls(() => zone.now - 1_000);
    expect(zone.taker(order)).toBe("ada");
    expect(zone.events.at(-1)).toMatchObject({ type: "driver-heard-of" });
  });

  test("with the food is never taken off it for being silent", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.fetch(order, "ada");
    zone.pass(60 * minute);
    expect(zone.taker(order)).toBe("ada");
  });

  test("without a task and not heard of for half an hour is off shift", () => {
    zone.comeOn("ada");
    zone.pass(30 * minute);
    expect(zone.state.drivers).toEqual({});
    expect(zone.factsTo("driver/demo/ada")).toEqual(["driver.shift-ended"]);
  });

  test("who hands a delivery back is free for another, and not asked about this one", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    zone.drive("decline", order, "ada");
    expect(zone.status(order)).toBe("waiting");
    expect(zone.factsTo(`order/demo/${order}`)).toEqual(["delivery.assigned", "delivery.unassigned"]);
    const next = zone.request(2);
    expect(zone.taker(next)).toBe("ada");
  });

  test("going off shift leaves what is not picked up to others", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.comeOn("bob");
    zone.do({ type: "go-off", driver: "ada" }, "driver/demo/ada");
    expect(zone.taker(order)).toBe("bob");
  });

  test("is told when the order calls the delivery off before the food is fetched, whatever the stage", () => {
    for (const steps of [0, 1, 2]) {
      const world = new ZoneWorld();
      world.comeOn("ada");
      const order = world.request(1);
      for (const type of (["accept", "arrive", "pick-up"] as const).slice(0, steps)) world.drive(type, order, "ada");
      world.do({ type: "call-off", order, reason: "customer-cancelled", detail: "" });
      expect(world.status(order)).toBe("called-off");
      expect(world.factsTo("driver/demo/ada").at(-1)).toBe("driver.task-ended");
      expect(world.drive("accept", order, "ada")).toMatchObject({ refused: "conflict" });
    }
  });

  test("is seen by customers roughly before pick-up, exactly after, and not once it is over", () => {
    const place = north(777);
    zone.comeOn("ada", place);
    const order = zone.request(1);
    const seen = () => sight(zone.state, zone.delivery(order), "customer");
    expect(seen()).toBeNull();
    zone.drive("accept", order, "ada");
    expect(seen()?.point).toEqual(coarse(place));
    expect(metresBetween(coarse(place), place)).toBeLessThan(500);
    expect(metresBetween(coarse(place), place)).toBeGreaterThan(0);
    expect(coarse(north(777))).toEqual(coarse(north(780)));
    zone.drive("pick-up", order, "ada");
    expect(seen()).toMatchObject({ point: place, etaAt: expect.any(Number) });
    zone.deliver(order, "ada", "4321");
    expect(seen()).toBeNull();
  });
});

describe("staff", () => {
  test("give a delivery to another driver by hand", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    zone.comeOn("bob");
    zone.do({ type: "assign", order, driver: "bob" });
    expect(zone.taker(order)).toBe("bob");
    expect(zone.factsTo(`order/demo/${order}`)).toEqual([
      "delivery.assigned",
      "delivery.unassigned",
      "delivery.assigned",
    ]);
    expect(zone.do({ type: "assign", order, driver: "nobody" })).toMatchObject({ refused: "conflict" });
    zone.drive("pick-up", order, "bob");
    expect(zone.do({ type: "assign", order, driver: "ada" })).toMatchObject({ refused: "conflict" });
  });

  test("confirm a delivery without the PIN", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    expect(zone.do({ type: "confirm", order })).toMatchObject({ refused: "conflict" });
    zone.fetch(order, "ada");
    zone.do({ type: "confirm", order });
    expect(zone.facts.at(-2)?.data).toEqual({ proof: "staff" });
    expect(zone.do({ type: "confirm", order })).toEqual([]);
  });
});

describe("a PIN", () => {
  test("missed five times is locked for ten minutes, even to the right one", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.fetch(order, "ada");
    for (let miss = 1; miss <= 5; miss += 1) {
      expect(zone.deliver(order, "ada", "0000")).toMatchObject([{ type: "pin-missed", misses: miss }]);
    }
    expect(zone.deliver(order, "ada", "4321")).toMatchObject({ refused: "conflict", errors: [{ pointer: "/pin" }] });
    zone.pass(10 * minute);
    expect(zone.deliver(order, "ada", "0000")).toContainEqual(expect.objectContaining({ misses: 1 }));
    expect(zone.deliver(order, "ada", "4321")).toMatchObject([{ type: "delivered", proof: "pin" }]);
  });

  test("is asked for only at the door", () => {
    zone.comeOn("ada");
    const order = zone.request(1);
    zone.drive("accept", order, "ada");
    expect(zone.deliver(order, "ada", "4321")).toMatchObject({ refused: "conflict" });
    zone.drive("pick-up", order, "ada");
    expect(zone.deliver(order, "ada", null)).toMatchObject({ refused: "invalid-value", errors: [{ pointer: "/pin" }] });
  });
});
