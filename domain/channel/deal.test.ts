import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../menu/seeded-random.ts";
import { costOf, none, type Batch } from "./batch.ts";
import { branchesOf } from "./branches.ts";
import { dealOut, type Wanting } from "./deal.ts";
import { LoadPlan } from "./load-plan.ts";
import { dealWeighted } from "./packing.ts";
import { dealExactly } from "./transport.ts";

const batches = fc.record({ seed: fc.nat(), deliveries: fc.integer({ min: 1, max: 6 }), channels: fc.integer({ min: 1, max: 3 }), weighted: fc.boolean() }); // prettier-ignore

function small(seed: number, deliveries: number, channels: number, weighted: boolean): Batch {
  const random = seededRandom(seed);
  const whole = (most: number): number => Math.floor(random() * (most + 1));
  return {
    deliveries,
    channels,
    costs: Float64Array.from({ length: deliveries * channels }, () => (random() < 0.2 ? Infinity : whole(90))),
    loads: weighted ? Float64Array.from({ length: deliveries }, () => 1 + whole(3)) : null,
    capacities: Float64Array.from({ length: channels }, () => (random() < 0.1 ? Infinity : whole(weighted ? 8 : 3))),
    left: new Float64Array(deliveries).fill(1_000),
  };
}

/** Room for nine in ten; the larger one is, the dearer it is to leave. */
function scarce(seed: number): Batch {
  const random = seededRandom(seed);
  const [deliveries, channels] = [200, 8];
  const loads = Float64Array.from({ length: deliveries }, () => 1 + Math.floor(9 * random()));
  const each = (0.9 * loads.reduce((sum, load) => sum + load, 0)) / channels;
  return {
    deliveries,
    channels,
    costs: Float64Array.from({ length: deliveries * channels }, () => 200 + Math.floor(1_800 * random())),
    loads,
    capacities: Float64Array.from({ length: channels }, () => Math.round(each * (0.5 + random()))),
    left: loads.map((load) => 2_000 + 200 * load),
  };
}

/** The least cost, by trying everything. */
function leastCost(batch: Batch, delivery = 0, free = [...batch.capacities]): number {
  if (delivery === batch.deliveries) return 0;
  const load = batch.loads?.[delivery] ?? 1;
  let least = (batch.left[delivery] ?? 0) + leastCost(batch, delivery + 1, free);
  for (let channel = 0; channel < batch.channels; channel += 1) {
    const cost = batch.costs[delivery * batch.channels + channel] ?? Infinity;
    if (cost === Infinity || (free[channel] ?? 0) < load) continue;
    const rest = free.with(channel, (free[channel] ?? 0) - load);
    least = Math.min(least, cost + leastCost(batch, delivery + 1, rest));
  }
  return least;
}

/** The least cost with two channels: of every way to fill them the cheapest. */
function leastByRoom({ deliveries, costs, loads, capacities, left }: Batch): number {
  const [roomA = 0, roomB = 0] = capacities;
  let ways = new Map([[0, 0]]);
  const wide = roomB + 1;
  for (let one = 0; one < deliveries; one += 1) {
    const next = new Map<number, number>();
    const offer = (used: number, cost: number): void => {
      if (cost < (next.get(used) ?? Infinity)) next.set(used, cost);
    };
    const load = loads?.[one] ?? 1;
    for (const [used, cost] of ways) {
      offer(used, cost + (left[one] ?? 0));
      if (Math.floor(used / wide) + load <= roomA) offer(used + load * wide, cost + (costs[2 * one] ?? 0));
      if ((used % wide) + load <= roomB) offer(used + load, cost + (costs[2 * one + 1] ?? 0));
    }
    ways = next;
  }
  return Math.min(...ways.values());
}

function isWithin(batch: Batch, dealt: Int32Array): boolean {
  const used = Array.from({ length: batch.channels }, () => 0);
  for (const [delivery, channel] of dealt.entries()) {
    if (channel !== none) used[channel] = (used[channel] ?? 0) + (batch.loads?.[delivery] ?? 1);
  }
  return used.every((use, channel) => use <= (batch.capacities[channel] ?? 0));
}

describe("deliveries are dealt out to channels", () => {
  test("a few at exactly the least cost, within capacity, whatever they weigh", () => {
    fc.assert(
      fc.property(batches, ({ seed, deliveries, channels, weighted }) => {
        const batch = small(seed, deliveries, channels, weighted);
        const { channels: dealt, cost, bound } = weighted ? dealWeighted(batch) : dealExactly(batch);
        const least = leastCost(batch);
        expect(isWithin(batch, dealt)).toBe(true);
        expect(cost).toBe(costOf(batch, dealt));
        expect(bound).toBeLessThanOrEqual(least + 1e-6);
        expect(cost).toBe(least);
      }),
      { numRuns: 150 },
    );
  });

  const many = (seed: number, sizes: readonly [number, number], share: number): Batch => {
    const random = seededRandom(seed);
    const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    const loads = Float64Array.from({ length: 120 }, () => whole(...sizes));
    const room = (share * loads.reduce((sum, load) => sum + load, 0)) / 6;
    return {
      deliveries: 120,
      channels: 6,
      costs: Float64Array.from({ length: 720 }, () => whole(200, 2_000)),
      loads,
      capacities: Float64Array.from({ length: 6 }, (_, channel) => Math.round(room * (0.75 + 0.1 * channel))),
      left: new Float64Array(120).fill(1e6),
    };
  };

  test("many of unequal loads hardly above what no way of dealing can be below, and always alike", () => {
    for (let trial = 0; trial < 6; trial += 1) {
      const batch = many(trial, [1, 9], 1.03 + 0.02 * trial);
      const { channels, cost, bound } = dealWeighted(batch);
      expect(isWithin(batch, channels)).toBe(true);
      expect(cost).toBe(costOf(batch, channels));
      expect(cost).toBeLessThan(bound * 1.003);
      expect(dealWeighted(batch).channels).toEqual(channels);
    }
  });

  test("whether fewer are left or more is told apart where that changes the bound, not beside it", () => {
    for (const seed of [1, 105, 377]) {
      const branches = branchesOf(new LoadPlan(scarce(seed)));
      expect(branches.length).toBeGreaterThan(0);
      for (const { limit, prices } of branches) if (limit !== null) expect(prices.at(-1)).toBeGreaterThan(0);
    }
  });

  test("where room is short no more are left than must be, however scattered the room is", () => {
    for (let trial = 0; trial < 6; trial += 1) {
      const batch = many(trial, trial % 2 === 0 ? [1, 9] : [5, 25], 0.9 + 0.02 * trial);
      const { channels, cost } = dealWeighted(batch);
      let over = -batch.capacities.reduce((sum, room) => sum + room, 0);
      for (const load of batch.loads ?? []) over += load;
      let least = 0;
      for (const load of batch.loads?.toSorted().reverse() ?? []) {
        if (over <= 0) break;
        over -= load;
        least += 1;
      }
      expect(isWithin(batch, channels)).toBe(true);
      expect(cost).toBe(costOf(batch, channels));
      expect(channels.filter((channel) => channel === none)).toHaveLength(least);
    }
  });

  test("what is said to be the best is the best, where all ways can be tried by another way of counting", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = seededRandom(seed);
        const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
        const loads = Float64Array.from({ length: 14 }, () => whole(1, 9));
        const capacities = Float64Array.from({ length: 2 }, () => whole(15, 40));
        const costs = Float64Array.from({ length: 28 }, () => (random() < 0.1 ? Infinity : whole(0, 90)));
        const left = Float64Array.from({ length: 14 }, () => whole(90, 300));
        const batch: Batch = { deliveries: 14, channels: 2, costs, loads, capacities, left };
        const { channels, cost, bound } = dealWeighted(batch);
        const least = leastByRoom(batch);
        expect(isWithin(batch, channels)).toBe(true);
        expect(bound).toBeLessThanOrEqual(least + 1e-6);
        expect(cost).toBe(least);
      }),
      { numRuns: 60 },
    );
  });

  test("when the time is over the best answer so far is one that can be carried out", () => {
    for (const after of [0, 1, 2, 5, 40, 1_000]) {
      for (const weighted of [false, true]) {
        const batch = small(after, 60, 3, weighted);
        batch.capacities.set(weighted ? [40, 50, 30] : [10, 20, 15]);
        let looks = 0;
        let now = 0;
        const spent = (): boolean => {
          looks += 1;
          now = looks > after ? 101 : 0;
          return now >= 100;
        };
        const { channels } = weighted ? dealWeighted(batch, spent) : dealExactly(batch, spent);
        expect(isWithin(batch, channels)).toBe(true);
        // Over at once means that nothing more is begun.
        if (now >= 100) expect(looks).toBeLessThanOrEqual(after + 3);
        expect(channels.filter((channel) => channel !== none).length).toBeGreaterThan(0);
      }
    }
  });

  const wanting = (order: string, scores: Wanting["scores"], unwell: string[] = []): Wanting => ({
    order,
    load: 1,
    scores,
    unwell,
  });

  test("who would suffer most by the second best is served first where there is not room for all", () => {
    const given = dealOut(
      [wanting("a", { bob: 1, own: 1.1 }), wanting("b", { bob: 1, own: 3 })],
      { bob: 1, own: Infinity },
      "own",
    );
    expect(given).toEqual([
      { order: "a", channel: "own", fallback: null },
      { order: "b", channel: "bob", fallback: null },
    ]);
  });

  test("where nobody has room there is a reason: own drivers late, wait, ask all the same, or nobody", () => {
    const rooms = { bob: 0, own: 0, ann: Infinity };
    const scores = { bob: 1 };
    expect(dealOut([wanting("a", { ...scores, own: 2 })], rooms, "own")[0]?.fallback).toBe("own-late");
    expect(dealOut([wanting("a", scores)], rooms, "own")[0]).toEqual({ order: "a", channel: null, fallback: "hold" });
    expect(dealOut([wanting("a", { ann: 1 }, ["ann"])], rooms, "own")[0]).toEqual({ order: "a", channel: "ann", fallback: "ask-anyway" }); // prettier-ignore
    expect(dealOut([wanting("a", {})], rooms, "own")[0]?.fallback).toBe("nobody");
  });

  test("of many at once none goes beyond what a channel can take, whatever they weigh", () => {
    const wantings = Array.from({ length: 40 }, (_, at): Wanting => ({ order: `o${at}`, load: 1 + (at % 3), scores: { bob: at % 5, ann: 2 }, unwell: [] })); // prettier-ignore
    const given = dealOut(wantings, { bob: 20, ann: 25 }, "own");
    for (const [channel, room] of [
      ["bob", 20],
      ["ann", 25],
    ] as const) {
      const used = given.reduce((sum, one, at) => sum + (one.channel === channel ? (wantings[at]?.load ?? 0) : 0), 0);
      expect(used).toBeLessThanOrEqual(room);
      expect(used).toBeGreaterThan(room - 3);
    }
    expect(given.filter(({ fallback }) => fallback === "hold").length).toBeGreaterThan(0);
  });
});
