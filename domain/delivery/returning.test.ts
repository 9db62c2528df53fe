import { beforeEach, describe, expect, test } from "vitest";
import { isNear, located } from "./sight.ts";
import { north, ZoneWorld } from "./zone-for-tests.ts";

const hour = 3_600_000;

let zone: ZoneWorld;
let order: string;
beforeEach(() => {
  zone = new ZoneWorld();
  zone.comeOn("ada");
  order = zone.request(1);
  zone.fetch(order, "ada");
  zone.facts.length = 0;
});

const fail = (returning?: boolean) =>
  zone.do({ type: "fail", order, driver: "ada", reason: "refused", detail: "", ...(returning === undefined ? {} : { returning }) }, "ada"); // prettier-ignore

describe("food that could not be handed over", () => {
  test("comes back by the driver who has it: the order ends at once, the task later", () => {
    fail(true);
    expect(zone.status(order)).toBe("returning");
    expect(zone.facts.map(({ type }) => type)).toEqual(["delivery.failed", "driver.task-changed"]);
    expect(zone.facts[0]?.data).toMatchObject({ returning: true });
    expect(zone.delivery(order).job.dropoff.phone).toBeUndefined();
    expect(fail(true)).toEqual([]);
    expect(zone.deliver(order, "ada", "4321")).toMatchObject({ refused: "conflict" });
    expect(zone.drive("decline", order, "ada")).toMatchObject({ refused: "conflict" });

    zone.drive("bring-back", order, "ada");
    expect(zone.status(order)).toBe("returned");
    expect(zone.facts.slice(2).map(({ type }) => type)).toEqual(["delivery.returned", "driver.task-ended"]);
    expect(zone.drive("bring-back", order, "ada")).toEqual([]);
  });

  test("stays where it is unless the driver says so", () => {
    fail();
    expect(zone.status(order)).toBe("failed");
    expect(zone.drive("bring-back", order, "ada")).toMatchObject({ refused: "conflict" });
  });

  test("is taken back by the crew where the driver forgets to say so, and by nobody else", () => {
    expect(zone.do({ type: "take-back", order })).toMatchObject({ refused: "conflict" });
    fail(true);
    zone.comeOn("bob");
    expect(zone.drive("bring-back", order, "bob")).toMatchObject({ refused: "not-found" });
    zone.do({ type: "take-back", order });
    expect(zone.status(order)).toBe("returned");
    expect(zone.do({ type: "take-back", order })).toEqual([]);
  });

  test("is not coming back after all, if its driver says so, and is waited for no longer", () => {
    fail(true);
    zone.facts.length = 0;
    fail(false);
    expect(zone.status(order)).toBe("failed");
    expect(zone.facts.map(({ type }) => type)).toEqual(["delivery.returned", "driver.task-ended"]);
    expect(zone.facts[0]?.data).toEqual({ confirmed: false });
    expect(fail(false)).toEqual([]);
  });

  test("is waited for three hours, and then taken for lost", () => {
    fail(true);
    zone.pass(3 * hour - 1);
    expect(zone.status(order)).toBe("returning");
    zone.pass(1);
    expect(zone.status(order)).toBe("failed");
    expect(zone.facts.find(({ type }) => type === "delivery.returned")?.data).toEqual({ confirmed: false });
    zone.pass(3 * hour);
    expect(zone.state.deliveries).toEqual({});
  });
});

describe("food whose order was cancelled on its way", () => {
  const callOff = () => zone.do({ type: "call-off", order, reason: "staff-cancelled", detail: "Wrong dish." });

  test("comes back like food that could not be handed over, and the phone is told so", () => {
    callOff();
    expect(zone.status(order)).toBe("returning");
    expect(zone.facts).toMatchObject([
      { type: "driver.task-changed", to: "driver/demo/ada", data: { order, stage: "returning" } },
    ]);
    expect(zone.delivery(order).job.dropoff.phone).toBeUndefined();
    expect(callOff()).toMatchObject({ refused: "conflict" });
    expect(zone.deliver(order, "ada", "4321")).toMatchObject({ refused: "conflict" });

    zone.drive("bring-back", order, "ada");
    expect(zone.status(order)).toBe("returned");
    expect(zone.facts.slice(1).map(({ type }) => type)).toEqual(["delivery.returned", "driver.task-ended"]);
  });

  test("need not come back where it was handed over in the same moment", () => {
    callOff();
    fail(false);
    expect(zone.status(order)).toBe("failed");
    expect(zone.facts.at(-2)).toMatchObject({ type: "delivery.returned", data: { confirmed: false } });
  });

  test("is not waited for from somebody who had not fetched it", () => {
    const second = zone.request(2);
    zone.comeOn("bob");
    zone.do({ type: "assign", order: second, driver: "bob" });
    zone.do({ type: "call-off", order: second, reason: "staff-cancelled", detail: "" });
    expect(zone.status(second)).toBe("called-off");
    expect(zone.drive("pick-up", second, "bob")).toMatchObject({ detail: expect.stringContaining("called off") });
  });
});

describe("a driver with the food", () => {
  /** The door is 1,000 m south of the venue. */
  const at = (metres: number) => {
    zone.now += 1_000;
    zone.state = located(zone.state, "ada", north(metres), zone.now, zone.now);
    return isNear(zone.state, zone.delivery(order));
  };

  test("is near within 250 m of the door, which is told once", () => {
    expect([at(0), at(-700), at(-760), at(-1_200)]).toEqual([false, false, true, true]);
    zone.drive("come-near", order, "ada");
    zone.drive("come-near", order, "ada");
    expect(zone.facts.filter(({ type }) => type === "delivery.near")).toHaveLength(1);
  });

  test("is not near a door that is not the next", () => {
    zone.pass(60_000);
    const second = zone.request(2);
    zone.do({ type: "assign", order: second, driver: "ada" });
    zone.drive("pick-up", second, "ada");
    zone.facts.length = 0;
    zone.drive("come-near", second, "ada");
    expect(zone.facts).toEqual([]);
    zone.deliver(order, "ada", "4321");
    zone.drive("come-near", second, "ada");
    expect(zone.facts.map(({ type }) => type)).toContain("delivery.near");
  });

  test("hands over with a photo that is put by, whatever the PIN", () => {
    zone.do({ type: "deliver", order, driver: "ada", pin: null, photo: "a".repeat(64) }, "ada");
    expect(zone.facts[0]).toMatchObject({ type: "delivery.delivered", data: { proof: "photo" } });
  });
});
