import { seededRandom } from "../menu/seeded-random.ts";
import { neverSpent, type Batch, type Dealt, type Spent } from "./batch.ts";
import { Beam } from "./beam.ts";
import { branchesOf, isRoomFor } from "./branches.ts";
import type { Turn, Wish } from "./detours.ts";
import { Ground } from "./ground.ts";
import { LoadPlan } from "./load-plan.ts";
import { dealByTrying } from "./small.ts";

/** So many partial plans are looked at in all, and no more: about 10 ms. */
const mostEffort = 200_000;
/** What it takes to find a bound, counted alike. */
const boundEffort = 15_000;
/** What is looked at in the first search among all nodes, by how much that grows, and how many detours are let in. */
const firstEffort = 5_000;
const effortGrowth = 2;
const allDetours = 120;
/** What is looked at in one search among a few nodes, how many detours are let in, and what all of them together may take. */
const fewEffort = 9_000;
const fewDetours = 45;
const fewInAll = 50_000;
const fewNodes = [4, 5, 6, 7] as const;
/** Where the answer is so far from what is proven, as a share of its cost, so many times the usual effort is made. */
const patience = [
  { from: 0.0042, times: 5 },
  { from: 0.0033, times: 1.6 },
] as const;
const usualDeliveries = 200;
/** What is looked at to make room for one that is left: in all, in one search, and what it takes to begin. */
const gatherInAll = 40_000;
const gatherEffort = 1_500;
const gatherEach = 200;
const turns: readonly Turn[] = ["largest-first", "dearest-first"];
const turnsOfFew: readonly Turn[] = [...turns, "mixed"];
const seed = 12_345;
/** Good enough: this share of the cost from what is proven to be the least. */
const enough = 1e-7;
/** What must be gained at the least: a little less than one where all costs are whole, else this share of the cost. */
const wholeGain = 0.99;
const leastGain = 1e-9;

/**
 * Deals deliveries of unequal loads out to channels of limited capacity, at little more than the least cost (a
 * generalised assignment; Martello and Toth 1990, chapter 7). Prices of capacity say where each delivery is best placed
 * and what no answer can be below; what is to be found are the few that had better be elsewhere, so that all fit and no
 * dear room is empty. That is sought among all channels, then among a few at a time, then with more care, until
 * nothing better is left or the effort is used up. Effort is counted, so that the same batch is always dealt alike.
 */
export function dealWeighted(batch: Batch, spent: Spent = neverSpent, effort: number = mostEffort): Dealt {
  const tried = dealByTrying(batch);
  if (tried !== null) return tried;
  const plan = new LoadPlan(batch);
  if (spent()) {
    plan.fillGreedily(plan.costs);
    plan.keep();
    return plan.dealt(-Infinity);
  }
  const packing = new Packing(plan, hasWholeCosts(batch), effort, spent);
  packing.search();
  return plan.dealt(packing.bound());
}

class Packing {
  readonly #plan: LoadPlan;
  readonly #grounds: readonly Ground[];
  /** Of which grounds it is known that they have nothing better. */
  readonly #done: boolean[];
  readonly #beam = new Beam();
  readonly #hasWholeCosts: boolean;
  readonly #effort: number;
  readonly #spent: Spent;
  readonly #chance = seededRandom(seed);

  constructor(plan: LoadPlan, wholeCosts: boolean, effort: number, spent: Spent) {
    this.#plan = plan;
    this.#hasWholeCosts = wholeCosts;
    this.#effort = effort;
    this.#spent = spent;
    this.#grounds = branchesOf(plan).map((relaxed) => new Ground(plan, relaxed, this.#chance));
    this.#beam.effort = boundEffort * this.#grounds.length;
    this.#done = this.#grounds.map(() => false);
    const [first] = this.#grounds;
    if (first !== undefined) plan.fillGreedily(first.extras);
    plan.keep();
    plan.restore();
  }

  search(): void {
    const all = new Uint8Array(this.#plan.nodes).fill(1);
    let effort = firstEffort;
    let starts = 0;
    for (;;) {
      for (const [at, ground] of this.#grounds.entries()) {
        for (const turn of turns) {
          if (!this.#isOpen(at)) break;
          if (this.#isOver()) return;
          if (this.#seek(ground, all, turn, effort, allDetours)) this.#done[at] = true;
          this.#plan.restore();
        }
      }
      this.#gather();
      if (!this.#descend(fewInAll)) return;
      while (this.#beam.effort > this.#effort) {
        if (!this.#startAnew(starts, all)) return;
        starts += 1;
      }
      effort *= effortGrowth;
    }
  }

  /** Betters the plan among a few nodes at a time. Whether there is anything left to do. */
  #descend(most: number): boolean {
    const until = this.#beam.effort + most;
    while (this.#beam.effort < until) {
      const open = this.#grounds.filter((_, at) => this.#isOpen(at));
      // Among the others there may be none that leaves as many as the plan does.
      const ground = (this.#chance() < 0.5 ? open.find((one) => one.suits()) : undefined) ?? open[0];
      if (ground === undefined || this.#isOver()) return false;
      const turn = turnsOfFew[Math.floor(this.#chance() * turnsOfFew.length)] ?? "largest-first";
      this.#seek(ground, this.#few(ground), turn, fewEffort, fewDetours);
    }
    this.#plan.restore();
    return true;
  }

  /** What is stuck far from the bound had better begin elsewhere than go on. Whether there is anything left to do. */
  #startAnew(start: number, all: Uint8Array): boolean {
    const open = this.#grounds.filter((_, at) => this.#isOpen(at));
    const ground = open[start % open.length];
    if (ground === undefined) return false;
    this.#plan.fillGreedily(ground.extras);
    this.#seek(ground, all, "mixed", firstEffort, allDetours);
    return this.#descend(fewInAll);
  }

  /** What no answer can be below. */
  bound(): number {
    let least = Infinity;
    for (const [at, { relaxed }] of this.#grounds.entries()) {
      if (this.#done[at] !== true) least = Math.min(least, relaxed.bound);
    }
    return least;
  }

  /** Looks for a better plan, and takes it. Whether there is none better than the plan is then. */
  #seek(ground: Ground, among: Uint8Array, turn: Turn, effort: number, many: number): boolean {
    const plan = this.#plan;
    const detours = ground.detours(among, turn, many);
    const gain = this.#hasWholeCosts ? wholeGain : leastGain * Math.abs(plan.bestCost);
    const left = Math.max(0, this.#effort * this.#patience() - this.#beam.effort);
    const { place, whole } = this.#beam.search(detours, detours.over - gain, Math.min(effort, left));
    if (place !== null) {
      plan.become(place);
      plan.keep();
    }
    return whole;
  }

  /**
   * Where more are left than has to be, room in all would do for another, but it is scattered: empties enough of one
   * channel for the smallest of those left, from channel to channel, though that costs something.
   */
  #gather(): void {
    const plan = this.#plan;
    const last = plan.nodes - 1;
    const until = this.#beam.effort + gatherInAll;
    while (this.#beam.effort < until && !this.#isOver()) {
      const one = smallestLeft(plan);
      const ground = this.#grounds.find((_, at) => this.#isOpen(at));
      if (one === null || ground === undefined) break;
      const node = Math.floor(this.#chance() * last);
      const row = one * plan.nodes;
      const worth = ((plan.costs[row + last] ?? 0) - (plan.costs[row + node] ?? Infinity)) / 2;
      if (plan.bestCost - ground.relaxed.bound < worth / 2) break;
      this.#beam.effort += gatherEach;
      if (worth > 0 && this.#empty(ground, { node, room: plan.loads[one] ?? 0, worth })) {
        plan.remove(one);
        plan.put(one, node);
        plan.keep();
      }
    }
    plan.restore();
  }

  /** Empties room of one node by dealing out anew with each of the others. Whether it came to be enough. */
  #empty(ground: Ground, wish: Wish): boolean {
    const { nodes, free } = this.#plan;
    const { node, room, worth } = wish;
    const others = Array.from({ length: nodes - 1 }, (_, other) => other).filter((other) => other !== node);
    for (const other of others.toSorted((a, b) => (free[b] ?? 0) - (free[a] ?? 0))) {
      if ((free[node] ?? 0) >= room || this.#isOver()) break;
      const both = (free[node] ?? 0) + (free[other] ?? 0);
      const among = new Uint8Array(nodes);
      among[node] = 1;
      among[other] = 1;
      // If the two have not enough, others may be left instead that are larger.
      const enoughRoom = both >= room;
      if (this.#fulfil(ground, enoughRoom ? among : among.with(nodes - 1, 1), wish) || enoughRoom) continue;
      if ((free[other] ?? 0) > 0) this.#fulfil(ground, among, { node, room: both, worth });
    }
    return (free[node] ?? 0) >= room;
  }

  #fulfil(ground: Ground, among: Uint8Array, wish: Wish): boolean {
    const detours = ground.detours(among, "largest-first", fewDetours, wish);
    const { place } = this.#beam.search(detours, detours.over, gatherEffort);
    if (place !== null) this.#plan.become(place);
    return place !== null;
  }

  /** Some nodes at random; where there is a limit to those left, their place with them. */
  #few({ relaxed: { limit } }: Ground): Uint8Array {
    const { nodes } = this.#plan;
    const among = new Uint8Array(nodes);
    const count = Math.min(nodes, fewNodes[Math.floor(this.#chance() * fewNodes.length)] ?? nodes);
    for (let chosen = 0; chosen < count;) {
      const node = Math.floor(this.#chance() * nodes);
      if (among[node] === 1) continue;
      among[node] = 1;
      chosen += 1;
    }
    if (limit !== null) among[nodes - 1] = 1;
    return among;
  }

  #isOpen(at: number): boolean {
    const { bestCost } = this.#plan;
    const bound = this.#grounds[at]?.relaxed.bound ?? Infinity;
    return (
      this.#done[at] !== true && bestCost - bound > Math.max(this.#hasWholeCosts ? wholeGain : 0, enough * bestCost)
    );
  }

  #isOver(): boolean {
    return this.#beam.effort >= this.#effort * this.#patience() || this.#spent();
  }

  /** How much more effort than usual is worth it: it rises with how far the plan is from what is proven. */
  #patience(): number {
    const { bestCost, deliveries } = this.#plan;
    const far = 1 - this.bound() / bestCost;
    const times = patience.find(({ from }) => far >= from)?.times ?? 1;
    // A step takes the longer the more there are.
    return Math.max(1, times * Math.min(1, (usualDeliveries / deliveries) ** 2));
  }
}

/** The smallest of those left that need not be; null where there is none. */
function smallestLeft({ loads, place, nodes, rooms }: LoadPlan): number | null {
  let one: number | null = null;
  let count = 0;
  for (const [at, node] of place.entries()) {
    if (node !== nodes - 1) continue;
    count += 1;
    if (one === null || (loads[at] ?? 0) < (loads[one] ?? 0)) one = at;
  }
  return one !== null && isRoomFor({ loads, rooms, nodes }, count - 1) ? one : null;
}

function hasWholeCosts({ costs, left }: Batch): boolean {
  return costs.every((cost) => cost === Infinity || Number.isInteger(cost)) && left.every(Number.isInteger);
}
