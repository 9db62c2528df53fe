import { describe, expect, it } from "vitest";
import type { DriverView, OfferView, TaskView } from "../../contracts/driver.ts";
import type { PendingAction } from "../shared/pending.ts";
import { afterPending } from "./after-pending.ts";

const place = { name: "There", address: "Street 1", point: null };
const task: TaskView = {
  order: "ord_1",
  code: "AB12",
  venue: "demo-1",
  pickupAt: "2026-11-21T19:22:00.000Z",
  stage: "to-venue",
  pickup: place,
  dropoff: place,
  readyAt: "2026-11-21T19:20:00.000Z",
  dropoffAt: "2026-11-21T19:40:00.000Z",
  ready: true,
  cash: null,
};
const offer: OfferView = {
  order: "ord_2",
  code: "CD34",
  venue: "demo-1",
  ready: true,
  cash: null,
  pickupAt: task.pickupAt,
  pickup: place,
  dropoff: place,
  readyAt: task.readyAt,
  dropoffAt: task.dropoffAt,
  expiresAt: "2026-11-21T19:10:00.000Z",
};
const driver = { offer, tasks: [task] } as unknown as DriverView;
const done = (name: string, id: string, waited = true): PendingAction => ({
  key: name,
  name,
  label: "AB12",
  params: { id },
  body: {},
  at: 0,
  waited,
});

describe("a driver's phone without a connection", () => {
  it("goes from stop to stop", () => {
    const stages = [[], [done("arrive", "ord_1")], [done("arrive", "ord_1"), done("pickup", "ord_1")]].map(
      (waiting) => afterPending(driver, waiting).tasks[0]?.stage,
    );
    expect(stages).toEqual(["to-venue", "at-venue", "to-customer"]);
    expect(afterPending(driver, [done("pickup", "ord_1")]).tasks[0]?.stage).toBe("to-venue");
  });

  it("is done with what was delivered, given back or could not be delivered", () => {
    for (const name of ["deliver", "fail", "decline"]) {
      expect(afterPending(driver, [done(name, "ord_1")]).tasks).toEqual([]);
    }
    expect(afterPending(driver, [done("decline", "ord_2")]).offer).toBeNull();
  });

  it("is off shift by its own word as soon as that waits, so that no position leaves it", () => {
    const on = { ...driver, shift: { status: "on" } } as unknown as DriverView;
    const ended = (waited: boolean): PendingAction => ({
      ...done("shift", "", waited),
      params: {},
      body: { on: false },
    });
    expect(afterPending(on, [ended(true)]).shift.status).toBe("off");
    expect(afterPending(on, [ended(false)]).shift.status).toBe("on");
  });

  it("has food to bring back that could not be handed over, until it is back", () => {
    const failed = { ...done("fail", "ord_1"), body: { returning: true } };
    const there = [done("arrive", "ord_1"), done("pickup", "ord_1"), failed];
    expect(afterPending(driver, there).tasks[0]?.stage).toBe("returning");
    expect(afterPending(driver, [...there, done("returned", "ord_1")]).tasks).toEqual([]);
  });

  it("keeps a delivery whose PIN is just being checked", () => {
    expect(afterPending(driver, [done("deliver", "ord_1", false)]).tasks).toHaveLength(1);
  });
});
