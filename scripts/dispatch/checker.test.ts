import { describe, expect, test } from "vitest";
import { broken } from "./checker.ts";
import { figuresOf } from "./figures.ts";
import type { Instance } from "./instance.ts";
import { matching, nearestDriver } from "./policy.ts";
import { replay, type Day, type Run } from "./replay.ts";

/** A restaurant in the middle, one order ten minutes north of it, one courier three minutes south. */
const instance: Instance = {
  name: "hamlet",
  restaurants: new Map([
    ["r1", { x: 0, y: 0 }],
    ["r2", { x: 900, y: 0 }],
  ]),
  orders: [
    { order: "o1", x: 0, y: 1000, placed: 5, restaurant: "r1", ready: 20 },
    { order: "o2", x: 0, y: 1100, placed: 6, restaurant: "r1", ready: 20 },
  ],
  couriers: [{ courier: "c1", x: 0, y: -300, on: 0, off: 60 }],
  metresPerMinute: 100,
  pickupService: 4,
  dropoffService: 4,
  target: 40,
  payPerOrder: 10,
  payPerHour: 15,
};

const run: Run = {
  courier: "c1",
  restaurant: "r1",
  orders: ["o1", "o2"],
  decided: [15, 16],
  sent: 15,
  arrival: 18,
  pickup: 20,
  dropoffs: [34, 39],
};

const faults = (change: Partial<Run>, more: Partial<Day> = {}) =>
  broken(instance, { runs: [{ ...run, ...change }], moves: [], rounds: [], ...more });

describe("the benchmark's rules", () => {
  test("are kept by a day that keeps them", () => {
    expect(faults({})).toEqual([]);
  });

  test.each<[string, Partial<Run>]>([
    ["o1 is assigned at 4, before it is placed", { decided: [4, 16], sent: 4 }],
    ["o1 is picked up before it is ready", { pickup: 19 }],
    ["is at r1 before 18", { arrival: 17 }],
    ["picks up before it can be there", { sent: 16, arrival: 19, decided: [16, 16] }],
    ["o1 is at the door before 34", { dropoffs: [33, 38] }],
    ["o2 is at the door before 39", { dropoffs: [34, 38] }],
    ["picks up at 61, off since 60", { pickup: 61, dropoffs: [75, 80] }],
    ["o1 is assigned twice", { orders: ["o1", "o1"], decided: [15, 15], dropoffs: [34, 38] }],
    ["o2 is assigned at 20, not between leaving and pickup", { decided: [15, 20] }],
    ["o1 is not of r2", { restaurant: "r2", sent: 9, arrival: 19, pickup: 21, decided: [9, 9], dropoffs: [60, 65] }],
    ["there is no o9", { orders: ["o1", "o9"] }],
  ])("are seen to be broken: %s", (words, change) => {
    expect(faults(change).join("\n")).toContain(words);
  });

  test("let nobody be in two places, nor turn round on the way", () => {
    const again = { ...run, orders: ["o2"], decided: [30], sent: 30, arrival: 33, pickup: 35, dropoffs: [50] };
    expect(broken(instance, { runs: [{ ...run, orders: ["o1"] }, again], moves: [], rounds: [] }).join()).toContain(
      "sent at 30: is busy until 36",
    );
    const move = { courier: "c1", sent: 13, arrival: 24, to: { x: 900, y: 0 } };
    expect(faults({}, { moves: [move] }).join()).toContain("sent at 15: is busy until 24");
    expect(faults({}, { moves: [{ ...move, sent: 1, arrival: 5 }] }).join()).toContain("moves too fast");
    expect(faults({}, { moves: [{ ...move, to: { x: 1, y: 1 } }] }).join()).toContain(
      "moves to where no restaurant is",
    );
  });
});

describe("a day replayed", () => {
  test("is kept to the rules by both dispatchers, on both tracks", () => {
    for (const track of ["perfect", "estimated"] as const) {
      for (const policy of [matching, nearestDriver])
        expect(broken(instance, replay(instance, track, policy))).toEqual([]);
    }
  });

  test("sends the courier in time for the food, with both orders", () => {
    const day = replay(instance, "perfect", matching);
    expect(day.runs.map(({ orders, pickup }) => ({ orders, pickup }))).toEqual([{ orders: ["o1", "o2"], pickup: 20 }]);
    expect(figuresOf(instance, day)).toEqual({
      undeliveredPct: 0,
      clickToDoor: 31,
      clickToDoor90: 32.6,
      overage: 0,
      readyToPickup: 0,
      readyToPickup90: 0,
      costPerOrder: 10,
      ordersPerBundle: 2,
    });
  });

  test("counts what nobody could bring", () => {
    const late = { ...instance, couriers: [{ courier: "c1", x: 0, y: 0, on: 0, off: 15 }] };
    const day = replay(late, "perfect", matching);
    expect(day.runs).toEqual([]);
    expect(figuresOf(late, day).undeliveredPct).toBe(100);
  });
});
