import { describe, expect, test } from "vitest";
import { north, ZoneWorld } from "./zone-for-tests.ts";

const minute = 60_000;

describe("a round", () => {
  test("gives two orders of one venue that go the same way to one driver, one offer after the other", () => {
    const zone = new ZoneWorld();
    zone.comeOn("ada", north(100));
    zone.comeOn("bob", north(5_000));
    const orders = [zone.request(1), zone.request(2)];
    const [first = ""] = orders.filter((order) => zone.status(order) === "offered");
    const [second = ""] = orders.filter((order) => order !== first);
    expect([zone.taker(first), zone.taker(second)]).toEqual(["ada", null]);
    zone.drive("accept", first, "ada");
    expect(zone.taker(second)).toBe("ada");
    zone.drive("accept", second, "ada");
    expect([zone.status(first), zone.status(second)]).toEqual(["assigned", "assigned"]);
  });

  test("gives what was to go with another to somebody else, if the driver has left without it", () => {
    const zone = new ZoneWorld();
    zone.comeOn("ada", north(100));
    const [first, second] = [zone.request(1), zone.request(2)];
    const [offered, other] = zone.taker(first) === "ada" ? [first, second] : [second, first];
    zone.drive("accept", offered, "ada");
    zone.drive("decline", other, "ada");
    zone.drive("pick-up", offered, "ada");
    zone.comeOn("bob", north(300));
    expect(zone.taker(other)).toBe("bob");
  });

  test("rather waits for who will be there sooner than ask who is far away, and asks again and again meanwhile", () => {
    const zone = new ZoneWorld();
    zone.comeOn("ada", north(0), "car");
    const first = zone.request(1);
    zone.fetch(first, "ada");
    zone.comeOn("bob", north(15_000), "foot");
    const second = zone.request(2);
    expect(zone.taker(second)).toBeNull();
    zone.pass(2 * minute);
    expect(zone.taker(second)).toBeNull();
    const waited = zone.events.filter(({ type }) => type === "round-waited");
    expect(waited.length).toBeGreaterThan(3);
    expect(waited.length).toBeLessThan(8);
    zone.deliver(first, "ada", "4321");
    expect(zone.taker(second)).toBe("ada");
  });

  test("asks who is far away when nobody else is to be had", () => {
    const zone = new ZoneWorld();
    zone.comeOn("bob", north(15_000), "foot");
    expect(zone.taker(zone.request(1))).toBe("bob");
  });
});
