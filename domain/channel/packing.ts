import { neverSpent, type Batch, type Dealt, type Spent } from "./batch.ts";
import { dealByTrying } from "./small.ts";
import { LoadPlan } from "./load-plan.ts";
import { priced } from "./prices.ts";
import { dealExactly } from "./transport.ts";
import { Redeal } from "./redeal.ts";

/** So many steps of dealing out anew are worked out, and no more: about 8 ms. */
const mostEffort = 1_400_000;
/** So many deliveries are dealt out among three channels at the same time; more where that is no longer of any use. */
const sizes = [10, 16] as const;
/** What it is worth that room is in one piece, as a share of the price of that room: at first, and in the end. */
const wholeness = [0.1, 0] as const;
/** Good enough: this share of the cost from what is proven to be the least. */
const enough = 1e-7;
/** A place that costs less beyond the best than this share of a usual delivery is as good as any. */
const near = 0.2;
const tiny = 1e-7;
/** What an exchange takes, for each place there is, in steps of dealing out anew. */
const exchangeEffort = 25;
/** More than any way of dealing costs. */
const never = 1e15;

/**
 * Deals deliveries of unequal loads out to channels of limited capacity, at little more than the least cost (a
 * generalised assignment; Martello and Toth 1990, chapter 7). Prices of capacity say where each delivery is best placed
 * and what no answer can be below; from there all pairs and triples of channels deal out anew among themselves, until
 * none gains any more, and again from a plan that was disturbed a little. First room in one piece is favoured, for what
 * is scattered nobody can use. Effort is counted, so that the same batch is always dealt alike.
 */
export function dealWeighted(batch: Batch, spent: Spent = neverSpent, effort: number = mostEffort): Dealt {
  const tried = dealByTrying(batch);
  if (tried !== null) return tried;
  const plan = new LoadPlan(batch);
  plan.fillGreedily(plan.costs);
  plan.keep();
  if (spent()) return plan.dealt(-Infinity);
  const { prices, bound } = priced(batch);
  const packing = new Packing(plan, prices, bound);
  packing.search(spent, effort);
  return plan.dealt(bound);
}

class Packing {
  readonly #plan: LoadPlan;
  readonly #redeal: Redeal;
  readonly #prices: Float64Array;
  readonly #bound: number;
  /** What each place costs beyond the best for that delivery, capacity paid for. */
  readonly #extra: Float64Array;
  readonly #near: number;
  #tick = 0;
  readonly #changed: Float64Array;
  readonly #looked: Float64Array;
  readonly #alike: readonly (readonly number[])[];
  #seed = 12_345;

  constructor(plan: LoadPlan, prices: Float64Array, bound: number) {
    const { nodes, deliveries } = plan;
    this.#plan = plan;
    this.#redeal = new Redeal(plan);
    this.#prices = prices;
    this.#bound = bound;
    this.#extra = extraOf(plan, prices);
    this.#near = (near * bound) / Math.max(1, deliveries);
    const byLoad = Map.groupBy(
      Array.from({ length: deliveries }, (_, one) => one),
      (one) => plan.loads[one],
    );
    this.#alike = [...byLoad.values()].filter(({ length }) => length > 1);
    this.#changed = new Float64Array(nodes);
    this.#looked = new Float64Array((sizes.length + 1) * nodes ** 3);
  }

  search(spent: Spent, effort: number): void {
    const plan = this.#plan;
    plan.fillGreedily(this.#extra);
    plan.keep();
    plan.restore();
    for (const [half, share] of wholeness.entries()) {
      for (let node = 0; node < plan.nodes - 1; node += 1) {
        this.#redeal.worth[node] = share * (this.#prices[node] ?? 0);
      }
      this.#looked.fill(-1);
      this.#polish(spent, (effort * (half + 1)) / wholeness.length);
      plan.restore();
    }
  }

  #polish(spent: Spent, effort: number): void {
    const plan = this.#plan;
    for (let kicks = 0; plan.bestCost - this.#bound > enough * plan.bestCost; kicks += 1) {
      const done = this.#descend(spent, effort);
      plan.keep();
      if (!done) return;
      if (plan.cost > plan.bestCost) plan.restore();
      this.#kick(8 + 2 * (kicks % 4), this.#near * (1 + (kicks % 8)));
    }
  }

  /** Deals out anew among all pairs and triples, until none gains any more. Whether it came to an end. */
  #descend(spent: Spent, effort: number): boolean {
    const { nodes } = this.#plan;
    for (let level = 0; level <= sizes.length;) {
      const most = sizes[level - 1] ?? 0;
      let better = false;
      for (let a = 0; a < nodes - 1; a += 1) {
        for (let b = level === 0 ? a : a + 1; b < (level === 0 ? a + 1 : nodes - 1); b += 1) {
          for (let c = b + 1; c < nodes; c += 1) {
            const key = ((level * nodes + a) * nodes + b) * nodes + c;
            const changed = Math.max(this.#changed[a] ?? 0, this.#changed[b] ?? 0, this.#changed[c] ?? 0);
            if ((this.#looked[key] ?? -1) >= changed) continue;
            if (this.#redeal.effort > effort || spent()) return false;
            this.#looked[key] = this.#tick;
            const gains =
              level === 0
                ? this.#redeal.amongTwo(a, c)
                : this.#redeal.amongThree(a, b, c, most, this.#extra, this.#chance);
            if (!gains) continue;
            better = true;
            for (const node of [a, b, c]) this.#touch(node);
          }
        }
      }
      if (level === 0 && this.#exchange()) better = true;
      level = better ? 0 : level + 1;
    }
    return true;
  }

  /** Among those of one load each may take another's place: in what way at the least cost, is found exactly. */
  #exchange(): boolean {
    const { nodes, costs, place } = this.#plan;
    let better = false;
    this.#redeal.effort += exchangeEffort * costs.length;
    for (const alike of this.#alike) {
      const capacities = new Float64Array(nodes);
      let before = 0;
      for (const one of alike) {
        const node = place[one] ?? 0;
        capacities[node] = (capacities[node] ?? 0) + 1;
        before += costs[one * nodes + node] ?? 0;
      }
      const rows = new Float64Array(alike.length * nodes);
      for (const [at, one] of alike.entries()) rows.set(costs.subarray(one * nodes, (one + 1) * nodes), at * nodes);
      const left = new Float64Array(alike.length).fill(never);
      const dealt = dealExactly({
        deliveries: alike.length,
        channels: nodes,
        costs: rows,
        loads: null,
        capacities,
        left,
      });
      if (dealt.cost >= before - tiny) continue;
      better = true;
      for (const [at, one] of alike.entries()) {
        const node = dealt.channels[at] ?? 0;
        if (node === place[one]) continue;
        this.#touch(place[one] ?? 0);
        this.#plan.remove(one);
        this.#plan.put(one, node);
        this.#touch(node);
      }
    }
    return better;
  }

  /** Takes out some of those for which it matters little where they are, and puts them where there is room. */
  #kick(count: number, near: number): void {
    const { nodes, deliveries, loads, free, place } = this.#plan;
    const out: number[] = [];
    for (let time = 0; time < count * 6 && out.length < count; time += 1) {
      const one = Math.floor(this.#chance() * deliveries);
      let places = 0;
      for (let node = 0; node < nodes; node += 1) if ((this.#extra[one * nodes + node] ?? 0) < near) places += 1;
      if (places > 1 && !out.includes(one)) out.push(one);
    }
    for (const one of out) {
      this.#touch(place[one] ?? 0);
      this.#plan.remove(one);
    }
    for (const one of out.toSorted((a, b) => (loads[b] ?? 0) - (loads[a] ?? 0))) {
      let best = Infinity;
      let where = nodes - 1;
      for (let node = 0; node < nodes; node += 1) {
        if ((loads[one] ?? 0) > (free[node] ?? 0)) continue;
        const cost = (this.#extra[one * nodes + node] ?? 0) + this.#chance() * near;
        if (cost >= best) continue;
        best = cost;
        where = node;
      }
      this.#plan.put(one, where);
      this.#touch(where);
    }
  }

  #touch(node: number): void {
    this.#tick += 1;
    this.#changed[node] = this.#tick;
  }

  /** The same numbers every time (an LCG of Numerical Recipes). */
  readonly #chance = (): number => {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  };
}

function extraOf({ nodes, deliveries, costs, loads }: LoadPlan, prices: Float64Array): Float64Array {
  const extra = new Float64Array(costs.length);
  for (let one = 0; one < deliveries; one += 1) {
    let least = Infinity;
    for (let node = 0; node < nodes; node += 1) {
      const full = (costs[one * nodes + node] ?? Infinity) + (prices[node] ?? 0) * (loads[one] ?? 0);
      extra[one * nodes + node] = full;
      if (full < least) least = full;
    }
    for (let node = 0; node < nodes; node += 1) extra[one * nodes + node] = (extra[one * nodes + node] ?? 0) - least;
  }
  return extra;
}
