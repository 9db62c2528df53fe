import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FreeDriver, OpenErrand, Situation } from "./dispatcher.ts";
import { nearest } from "./nearest.ts";
import { metresBetween, travelMs } from "./travel.ts";

const now = Date.UTC(2026, 10, 14, 18);
const point = fc.record({
  lat: fc.double({ min: 52.4, max: 52.6, noNaN: true }),
  lng: fc.double({ min: 13.2, max: 13.6, noNaN: true }),
});
const moment = fc.integer({ min: now - 3_600_000, max: now + 3_600_000 });
const names = fc.constantFrom("ada", "bob", "eve", "kim");
const errand: fc.Arbitrary<OpenErrand> = fc.record({
  order: fc.stringMatching(/^[a-f]{3}$/),
  pickup: fc.option(point),
  dropoff: fc.option(point),
  requestedAt: moment,
  readyAt: moment,
  ready: fc.boolean(),
  barred: fc.dictionary(names, moment),
});
const free: fc.Arbitrary<FreeDriver> = fc.record({
  driver: names,
  vehicle: fc.constantFrom("foot", "bike", "car"),
  point: fc.option(point),
  heardAt: moment,
});
const situation: fc.Arbitrary<Situation> = fc.record({
  errands: fc.uniqueArray(errand, { selector: ({ order }) => order, maxLength: 6 }),
  drivers: fc.uniqueArray(free, { selector: ({ driver }) => driver, maxLength: 4 }),
  leadMs: fc.constantFrom(0, 180_000),
  silentMs: fc.constant(180_000),
});

describe("a round of offers", () => {
  test("names no driver and no delivery twice, and nobody who may not be asked", () => {
    fc.assert(
      fc.property(situation, (given) => {
        const proposals = nearest.propose(given, now);
        expect(new Set(proposals.map(({ driver }) => driver)).size).toBe(proposals.length);
        expect(new Set(proposals.map(({ order }) => order)).size).toBe(proposals.length);
        for (const { order, driver, pickupAt, dropoffAt } of proposals) {
          const asked = given.errands.find((one) => one.order === order);
          expect(asked?.barred[driver] ?? 0).toBeLessThanOrEqual(now);
          expect(pickupAt).toBeGreaterThanOrEqual(now);
          expect(dropoffAt).toBeGreaterThan(pickupAt);
        }
      }),
    );
  });

  test("is due exactly when it has something to offer", () => {
    fc.assert(
      fc.property(situation, (given) => {
        const nextAt = nearest.nextAt(given);
        if (nextAt === null) {
          expect(nearest.propose(given, now + 86_400_000)).toEqual([]);
        } else {
          expect(nearest.propose(given, nextAt)).not.toEqual([]);
          expect(nearest.propose(given, nextAt - 1)).toEqual([]);
        }
      }),
    );
  });
});

test("metres are those of the great circle", () => {
  // Brandenburg Gate to Television Tower, by the coordinates of OpenStreetMap.
  expect(metresBetween({ lat: 52.51628, lng: 13.37771 }, { lat: 52.52082, lng: 13.4094 })).toBeCloseTo(2_204, -2);
  expect(travelMs({ lat: 0, lng: 0 }, { lat: 0, lng: 0 }, "bike")).toBe(0);
});
