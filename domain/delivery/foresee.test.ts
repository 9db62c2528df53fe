import { expect, test } from "vitest";
import { etaOf } from "./eta.ts";
import { unforeseen } from "./foresee.ts";
import { located } from "./sight.ts";
import { evening, job, north, orderId, ZoneWorld } from "./zone-for-tests.ts";

const minute = 60_000;
const told = (zone: ZoneWorld, order: string) => zone.facts.flatMap((fact) =>
  fact.type === "delivery.foreseen" && fact.to.endsWith(order) ? [fact.data] : []); // prettier-ignore

test("an order is told nothing it supposes anyhow, and is told when there are too few drivers", () => {
  const zone = new ZoneWorld();
  zone.comeOn("ada", north(0));
  const first = zone.request(1, evening + 20 * minute);
  expect(told(zone, first)).toEqual([]);
  for (const number of [2, 3, 4]) zone.request(number, evening + 20 * minute);
  expect(told(zone, first).length).toBeGreaterThan(0);
  expect(told(zone, first).at(-1)).toMatchObject({ pressure: expect.any(Number), arriveAt: null, doorAt: null });
  expect(told(zone, first).at(-1)?.pressure).toBeGreaterThan(1);
});

test("a phone that is not where it was expected is told once, and not with every position", () => {
  const zone = new ZoneWorld();
  zone.comeOn("ada", north(0));
  const order = zone.request(1);
  zone.fetch(order, "ada");
  zone.facts.length = 0;
  const report = (metres: number): void => {
    zone.now += 5_000;
    zone.state = located(zone.state, "ada", north(metres), zone.now, zone.now);
    const held = [zone.delivery(order)];
    if (unforeseen(zone.state, zone.now, held).length > 0) zone.do({ type: "foresee" });
  };
  // As fast as foreseen towards the door a kilometre south, then the wrong way.
  for (let metres = 0; metres < 100; metres += 20) report(-metres);
  expect(told(zone, order)).toEqual([]);
  for (let metres = 0; metres < 1_500; metres += 30) report(metres);
  const times = told(zone, order).map(({ doorAt }) => doorAt ?? 0);
  expect(times.length).toBeGreaterThanOrEqual(2);
  expect(times.length).toBeLessThanOrEqual(8);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  // Who brings it is told the same window.
  const tasks = zone.facts.flatMap((fact) => (fact.type === "driver.task-changed" ? [fact.data.eta?.best] : []));
  expect(tasks).toEqual(times);
});

test("what the customer reads is never far from what is, however long nothing happens", () => {
  const zone = new ZoneWorld();
  zone.do({ type: "request", job: job(1, evening + 10 * minute) });
  zone.do({ type: "request", job: job(2, evening + 10 * minute) });
  for (let passed = 0; passed < 90; passed += 1) {
    zone.pass(minute);
    const delivery = zone.delivery(orderId(1));
    const best = etaOf(zone.state, delivery, zone.now)?.best ?? 0;
    if (delivery.told !== undefined) expect(Math.abs(best - delivery.told.eta.best)).toBeLessThanOrEqual(5 * minute);
  }
  expect(told(zone, orderId(1)).length).toBeGreaterThan(5);
});

test("an order that nobody brings for days is told ever more seldom", () => {
  const zone = new ZoneWorld();
  zone.do({ type: "request", job: job(1, evening + 10 * minute) });
  const week = 7 * 24 * 60 * minute;
  for (const end = zone.now + week; zone.now < end;) zone.pass(10 * minute);
  expect(told(zone, orderId(1)).length).toBeGreaterThan(20);
  expect(told(zone, orderId(1)).length).toBeLessThan(60);
});
