import { expect, test } from "vitest";
import type { OrderId } from "../../contracts/ids.ts";
import { dealOut, type Wanting } from "../channel/deal.ts";
import { mostDealt, roomsOf } from "./deal-channels.ts";
import { evening, job, orderId, ZoneWorld } from "./zone-for-tests.ts";

const minute = 60_000;
const channels = ["ann", "bob", "cat", "dan", "eve", "fay", "gus", "own"];

/** A number from 0 to 1, the same each time. */
function chance(seed: number): () => number {
  let at = seed;
  return () => (at = (at * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
}

test("the largest batch there is takes less than 100 ms of processor time, however short of room it is", () => {
  for (const share of [0.8, 1.02, 1.5]) {
    const next = chance(7);
    const wantings: Wanting[] = Array.from({ length: mostDealt }, (_, at) => ({
      order: orderId(at) as OrderId,
      load: 1 + Math.floor(next() * 20),
      scores: Object.fromEntries(channels.map((channel) => [channel, next()])),
      unwell: [],
    }));
    const whole = wantings.reduce((sum, { load }) => sum + load, 0);
    const rooms = Object.fromEntries(
      channels.map((channel) => [channel, Math.floor((share * whole) / channels.length)]),
    );
    const took = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      const given = dealOut(wantings, rooms, "nobody");
      const { user } = process.cpuUsage(before);
      for (const channel of channels) {
        const has = given.reduce((sum, one, at) => sum + (one.channel === channel ? (wantings[at]?.load ?? 0) : 0), 0);
        expect(has, channel).toBeLessThanOrEqual(rooms[channel] ?? 0);
      }
      return user / 1_000;
    });
    expect(Math.min(...took)).toBeLessThan(100);
  }
});

test("orders of unequal loads that wait for room fill it as well as it can be filled, the heavy ones too", () => {
  const zone = new ZoneWorld();
  zone.do({ type: "agree-channel", channel: "bob", terms: { capacity: 0 } });
  const loads = [5, 4, 3, 3, 2, 1];
  const orders = loads.map((load, at) => {
    const wanted = { ...job(at + 1, evening + 20 * minute), channels: ["bob", "ann"], ...(load === 1 ? {} : { load }) };
    zone.do({ type: "agree-channel", channel: "ann", terms: { capacity: 0 } });
    zone.do({ type: "request", job: wanted });
    return orderId(at + 1);
  });
  expect(orders.every((order) => zone.delivery(order).choice?.fallback === "hold")).toBe(true);
  zone.do({ type: "agree-channel", channel: "bob", terms: { capacity: 9 } });
  const carried = orders.filter((order) => zone.status(order) === "with-carrier");
  const weight = carried.reduce((sum, order) => sum + (zone.delivery(order).job.load ?? 1), 0);
  // Being left costs the same for each: four of them fit (1 + 2 + 3 + 3), and no five.
  expect(carried).toHaveLength(4);
  expect(weight).toBe(9);
  expect(roomsOf(zone.state, new Set())).toMatchObject({ bob: 0, ann: 0 });
});
