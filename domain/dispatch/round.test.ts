import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatchRound, noMemory, type Round } from "./round.ts";
import type { Driver, Errand, Situation, Spot, Terms } from "./situation.ts";

const minute = 60_000;
const now = Date.UTC(2026, 10, 14, 18);
const metresPerMinute = 300;

const terms: Terms = {
  parkMs: 2 * minute,
  leaveMs: 2 * minute,
  targetMs: 40 * minute,
  roundMs: minute,
  leadMs: 0,
  travel: (from, to) =>
    from === null || to === null
      ? 10 * minute
      : Math.ceil(Math.hypot(from.x - to.x, from.y - to.y) / metresPerMinute) * minute,
};

const at = (x: number, y = 0): Spot => ({ x: x * metresPerMinute, y: y * metresPerMinute });

function errand(order: string, given: Partial<Errand> = {}): Errand {
  return {
    order,
    venue: "trattoria",
    pickup: at(0),
    dropoff: at(5),
    requestedAt: now,
    readyAt: now + 15 * minute,
    spreadMs: 0,
    barred: {},
    ...given,
  };
}

function driver(name: string, given: Partial<Driver> = {}): Driver {
  return {
    driver: name,
    vehicle: "bike",
    spot: at(3),
    freeAt: now - minute,
    offAt: now + 240 * minute,
    fetch: null,
    taken: 0,
    guaranteed: 0,
    longestMs: Infinity,
    doubtful: false,
    ...given,
  };
}

function decided(errands: readonly Errand[], drivers: readonly Driver[], at: number = now): Round {
  return dispatchRound({ errands, drivers, moves: true, venues: [], terms }, noMemory, at);
}

const sent = ({ sends }: Round) => sends.map(({ driver: { driver: name }, orders }) => [name, ...orders]);

describe("a round", () => {
  test("sends nobody as long as the next round is soon enough", () => {
    // Three minutes there and two to park: ten minutes are left.
    const round = decided([errand("a")], [driver("ada")]);
    expect(round.sends).toEqual([]);
  });

  test("sends who must leave now to be there with the food", () => {
    expect(sent(decided([errand("a")], [driver("ada")], now + 10 * minute))).toEqual([["ada", "a"]]);
  });

  test("lets a far driver wait for the far venue, if so both are served sooner", () => {
    const near = errand("near", { pickup: at(0), readyAt: now });
    const far = errand("far", { venue: "pizzeria", pickup: at(9), dropoff: at(12), readyAt: now });
    const drivers = [driver("west", { spot: at(-2) }), driver("middle", { spot: at(1) })];
    // The nearest to each, one after the other, would send the middle one to the near venue and the west one far.
    expect(sent(decided([near, far], drivers)).toSorted()).toEqual([
      ["middle", "far"],
      ["west", "near"],
    ]);
  });

  test("sends one driver for two orders that go the same way", () => {
    const both = [errand("a", { readyAt: now, dropoff: at(8) }), errand("b", { readyAt: now, dropoff: at(8.2) })];
    expect(sent(decided(both, [driver("ada")])).map(([name, ...orders]) => [name, orders.toSorted()])).toEqual([
      ["ada", ["a", "b"]],
    ]);
  });

  test("lets an order join a driver who has not picked up yet", () => {
    const first = errand("a", { readyAt: now + minute });
    const under = driver("ada", { spot: at(0), fetch: { errands: [first], arriveAt: now - 5 * minute, open: true } });
    const round = decided([errand("b", { readyAt: now + minute, dropoff: at(5, 0.1) })], [under]);
    expect(round.joins.map(({ orders }) => orders.toSorted())).toEqual([["a", "b"]]);
  });

  test("does not send whoever goes home before the food is ready, or was asked already", () => {
    const soon = errand("a", { readyAt: now + 2 * minute, barred: { bob: now + minute } });
    const drivers = [driver("ada", { offAt: now + minute }), driver("bob"), driver("eve", { spot: at(7) })];
    expect(sent(decided([soon], drivers))).toEqual([["eve", "a"]]);
  });

  test("comes earlier where nobody knows when the food is ready", () => {
    const unsure = errand("a", { spreadMs: 8 * minute });
    expect(decided([unsure], [driver("ada")], now + 6 * minute).sends).toHaveLength(1);
    expect(decided([{ ...unsure, spreadMs: 0 }], [driver("ada")], now + 6 * minute).sends).toHaveLength(0);
  });
});

test("idle drivers are moved to where orders come from", () => {
  let memory = noMemory;
  const venues = [
    { venue: "trattoria", spot: at(0) },
    { venue: "empty", spot: at(30) },
  ];
  const drivers = [driver("ada", { spot: at(15) })];
  for (let count = 0; count < 8; count += 1) {
    const fresh = errand(`o${count}`, { requestedAt: now + count * minute, readyAt: now + (count + 2) * minute });
    const situation = { errands: [fresh], drivers: [], moves: true, venues, terms };
    ({ memory } = dispatchRound(situation, memory, now + count * minute));
  }
  const { moves } = dispatchRound({ errands: [], drivers, moves: true, venues, terms }, memory, now + 8 * minute);
  expect(moves).toEqual([{ driver: drivers[0], to: at(0) }]);
});

const spots = fc.record({ x: fc.integer({ min: 0, max: 6_000 }), y: fc.integer({ min: 0, max: 6_000 }) });
const moments = fc.integer({ min: -30, max: 30 }).map((minutes) => now + minutes * minute);
const names = fc.constantFrom("ada", "bob", "eve", "kim", "lee");
const errands: fc.Arbitrary<Errand> = fc
  .record({
    order: fc.stringMatching(/^[a-f]{3}$/),
    venue: fc.constantFrom("trattoria", "pizzeria"),
    dropoff: fc.option(spots),
    requestedAt: moments,
    readyAt: moments,
    spreadMs: fc.constantFrom(0, 0, 8 * minute),
    barred: fc.dictionary(names, moments),
  })
  .map((given) => ({ ...given, pickup: given.venue === "pizzeria" ? at(9) : at(0) }));
const drivers: fc.Arbitrary<Driver> = fc.record({
  driver: names,
  vehicle: fc.constantFrom("foot", "bike", "car"),
  spot: fc.option(spots),
  freeAt: moments,
  offAt: moments.map((time) => time + 40 * minute),
  fetch: fc.constant(null),
  taken: fc.nat(5),
  guaranteed: fc.nat(5),
  longestMs: fc.constantFrom(Infinity, 5 * minute),
  doubtful: fc.boolean(),
});
const situations: fc.Arbitrary<Situation> = fc.record({
  errands: fc.uniqueArray(errands, { selector: ({ order }) => order, maxLength: 8 }),
  drivers: fc.uniqueArray(drivers, { selector: ({ driver: name }) => name, maxLength: 5 }),
  moves: fc.boolean(),
  venues: fc.constant([]),
  terms: fc.constant(terms),
});

test("whatever the situation, a round asks nobody for two things, nothing of two, and nobody who must not be asked", () => {
  fc.assert(
    fc.property(situations, (given) => {
      const { sends, joins, moves } = dispatchRound(given, noMemory, now);
      const busy = [...sends, ...joins, ...moves].map(({ driver: { driver: name } }) => name);
      expect(new Set(busy).size).toBe(busy.length);
      const orders = sends.flatMap((one) => one.orders);
      expect(new Set(orders).size).toBe(orders.length);
      for (const { driver: one, orders: own } of sends) {
        expect(one.freeAt).toBeLessThanOrEqual(now);
        const asked = own.map((order) => given.errands.find((other) => other.order === order));
        expect(new Set(asked.map((other) => other?.venue)).size).toBe(1);
        for (const other of asked) expect(other?.barred[one.driver] ?? 0).toBeLessThanOrEqual(now);
      }
    }),
    { numRuns: 300 },
  );
});

test("an order that nobody may be asked for now holds back no other of that venue", () => {
  const refused = errand("a", { readyAt: now - 5 * minute, barred: { ada: now + 5 * minute } });
  const next = errand("b", { readyAt: now });
  expect(sent(decided([refused, next], [driver("ada")]))).toEqual([["ada", "b"]]);
});

test("an order that has waited for very long comes before nearer ones", () => {
  const old = errand("old", {
    venue: "far",
    pickup: at(20),
    dropoff: at(30),
    requestedAt: now - 95 * minute,
    readyAt: now,
  });
  const fresh = [1, 2, 3].map((number) => errand(`new${number}`, { dropoff: at(-number), readyAt: now }));
  expect(sent(decided([...fresh, old], [driver("ada", { spot: at(2) })]))).toEqual([["ada", "old"]]);
});

test("an order joins nobody who must not be asked for it", () => {
  const first = errand("a", { readyAt: now + minute });
  const under = driver("ada", { spot: at(0), fetch: { errands: [first], arriveAt: now, open: true } });
  const refused = errand("b", { readyAt: now + minute, barred: { ada: now + 5 * minute } });
  expect(decided([refused], [under]).joins).toEqual([]);
});

test("on a long way a driver goes to a venue that lies on it first, for a better idea may come up until then", () => {
  const ada = driver("ada", { spot: at(20) });
  const venues = [
    { venue: "trattoria", spot: at(0) },
    { venue: "halfway", spot: at(16) },
    { venue: "aside", spot: at(16, 4) },
  ];
  const situation = { errands: [errand("a", { readyAt: now })], drivers: [ada], moves: true, venues, terms };
  const { sends, moves } = dispatchRound(situation, noMemory, now);
  expect(sends).toEqual([]);
  expect(moves).toEqual([{ driver: ada, to: at(16) }]);
  // Where nobody can be told, the driver is sent.
  expect(sent(dispatchRound({ ...situation, moves: false }, noMemory, now))).toEqual([["ada", "a"]]);
});
