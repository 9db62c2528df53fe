import { beforeEach, describe, expect, test } from "vitest";
import type { Addressed, Fact } from "../../contracts/events.ts";
import type { Errand } from "../../contracts/errand.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { DriverCommand } from "./decide.ts";
import { driverRules } from "./driver-rules.ts";
import { offShift, zoneOf, type DriverEvent, type DriverState } from "./driver.ts";

const now = Date.UTC(2026, 10, 14, 18);
const errand: Errand = {
  order: "ord_00000000000000000000000001",
  code: "A1",
  venue: "demo-1",
  pickup: { name: "Demo", address: "Here 1", point: null },
  dropoff: { name: "Ada", address: "There 2", phone: "+4930222", point: null },
  readyAt: now,
  ready: false,
  pickupAt: now,
  dropoffAt: now + 600_000,
  cash: null,
};
const { order } = errand;

let state: DriverState;
let told: Addressed[];
beforeEach(() => {
  state = offShift;
  told = [];
});

function give(command: DriverCommand): readonly DriverEvent[] | Refusal {
  const events = driverRules.decide(state, command, { now, self: "driver/demo/ada", by: "ada" });
  if (isRefusal(events)) return events;
  for (const event of events) {
    const before = state;
    const recorded = { ...event, seq: 1, at: now, by: "ada" };
    state = driverRules.evolve(before, recorded);
    told.push(...driverRules.publish(recorded, state, before));
  }
  return events;
}

function hear(fact: Fact, from: "zone/demo/main" | "zone/demo/north" = "zone/demo/main"): void {
  const command = driverRules.react(fact, from, state);
  if (command === null) throw new Error(`deaf to ${fact.type}`);
  give(command);
}

function comeOn(zone: string | null = null) {
  return give({ type: "begin-shift", zone, name: "Ada", vehicle: "bike", point: null });
}

describe("a shift", () => {
  test("begins in the zone named, or in main, and the zone is told", () => {
    comeOn();
    expect(told).toMatchObject([
      { type: "driver.shift-changed", to: "zone/demo/main", data: { on: true, name: "Ada" } },
    ]);
  });

  test("needs a name the first time, and is as it was the next", () => {
    const nameless = { type: "begin-shift", zone: null, name: null, vehicle: null, point: null } as const;
    expect(give(nameless)).toMatchObject({ refused: "invalid-value", errors: [{ pointer: "/name" }] });
    comeOn("north");
    give({ type: "end-shift" });
    give(nameless);
    expect(state.shift).toMatchObject({ status: "on", zone: "north", name: "Ada", vehicle: "bike" });
  });

  test("begun twice is one shift, in another zone it leaves the first", () => {
    comeOn();
    expect(comeOn()).toEqual([]);
    comeOn("north");
    expect(told.map(({ to, data }) => [to, "on" in data && data.on])).toEqual([
      ["zone/demo/main", true],
      ["zone/demo/main", false],
      ["zone/demo/north", true],
    ]);
  });

  test("does not end while there is something to deliver", () => {
    comeOn();
    hear({ type: "driver.assigned", data: errand });
    expect(give({ type: "end-shift" })).toMatchObject({ refused: "conflict" });
    expect(comeOn("north")).toMatchObject({ refused: "conflict" });
    hear({ type: "driver.task-ended", data: { order, outcome: "delivered", detail: "pin" } });
    expect(give({ type: "end-shift" })).toHaveLength(1);
  });

  test("is ended by its zone, and by no zone left before", () => {
    comeOn("north");
    hear({ type: "driver.shift-ended", data: { reason: "idle" } });
    expect(state.shift.status).toBe("on");
    hear({ type: "driver.shift-ended", data: { reason: "idle" } }, "zone/demo/north");
    expect(state.shift.status).toBe("off");
    // Had the shift been begun anew meanwhile, the zone would have it on again: this word ends it there too.
    expect(told.at(-1)).toMatchObject({ to: "zone/demo/north", data: { on: false } });
  });
});

describe("an offer", () => {
  beforeEach(() => {
    comeOn();
    hear({ type: "driver.offered", data: { ...errand, expiresAt: now + 30_000 } });
  });

  test("becomes a task when the zone gives it", () => {
    hear({ type: "driver.assigned", data: errand });
    expect(state.offer).toBeNull();
    hear({
      type: "driver.task-changed",
      data: { order, stage: "to-customer", readyAt: now, ready: true, dropoffAt: now + 1 },
    });
    expect(state.tasks[order]).toMatchObject({ stage: "to-customer", ready: true, from: "zone/demo/main" });
  });

  test("ends when the zone says so, and only then", () => {
    hear({ type: "driver.offer-ended", data: { order: "ord_00000000000000000000000002", reason: "expired" } });
    expect(state.offer?.order).toBe(order);
    hear({ type: "driver.offer-ended", data: { order, reason: "expired" } });
    expect(state.offer).toBeNull();
  });

  test("of an order called off is gone", () => {
    hear({ type: "driver.task-ended", data: { order, outcome: "called-off", detail: "" } });
    expect(state.offer).toBeNull();
  });

  test("is answered to the zone that made it", () => {
    hear({ type: "driver.offered", data: { ...errand, expiresAt: now + 30_000 } }, "zone/demo/north");
    expect(zoneOf(state, order)).toBe("north");
    expect(zoneOf(state, "ord_00000000000000000000000002")).toBe("main");
  });
});
