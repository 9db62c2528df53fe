import type { LoadPlan } from "./load-plan.ts";
import { solved } from "./linear.ts";

/** How many may be left without a channel: at most (1) or at least (-1) so many. */
export interface LeftLimit {
  readonly sign: 1 | -1;
  readonly count: number;
}

/** What a unit of each channel's capacity is worth, and what follows from that. */
export interface Prices {
  readonly limit: LeftLimit | null;
  /** Of each channel; 0 where there is more than enough of it. In the end what the limit of those left is worth. */
  readonly prices: Float64Array;
  /** No way of dealing within the limit costs less. */
  readonly bound: number;
  /** How many are left, where a delivery may be dealt out in parts. */
  readonly left: number;
}

/** How sharply the smoothed bound follows the real one, as shares of what a delivery costs: from blunt to sharp. */
const blurs = [3, 0.5, 0.08, 0.013, 0.002] as const;
const sharpBlurs = [0.08, 0.013, 0.002] as const;
const stepsEach = 7;
const mostHalvings = 14;
/** The top is near enough where another step would gain no more than this share of the blur. */
const nearEnough = 0.02;
/** What costs so many times the blur more has no share. */
const farInBlurs = 25;
/** A share of a delivery that is smaller is none. */
const leastShare = 1e-9;

/**
 * The prices of capacity at which the bound is highest: the Lagrangian dual of the capacities. The bound has edges; it
 * is climbed smoothed (each delivery spread over its channels as in Gibbs' distribution, Nesterov 2005) by Newton's
 * method, ever less blurred. There are as many unknowns as channels, so a step takes microseconds. `near`: prices of
 * the same plan with another limit, from which the way is short.
 */
export function priced(plan: LoadPlan, limit: LeftLimit | null = null, near: Prices | null = null): Prices {
  const climb = new Climb(plan, limit);
  let prices = new Float64Array(plan.nodes);
  const blunt = climb.usual();
  if (near !== null) prices.set(near.prices);
  let best = prices;
  let bound = climb.bound(prices);
  for (const share of near === null ? blurs : sharpBlurs) {
    climb.blur = share * blunt;
    let value = climb.look(prices);
    for (let step = 0; step < stepsEach; step += 1) {
      const way = climb.way(prices);
      if (way === null) break;
      let scale = Math.min(1, climb.farthest(way));
      let next = prices;
      let higher = value;
      for (let halvings = 0; halvings < mostHalvings && higher <= value; halvings += 1, scale /= 2) {
        next = climb.after(prices, way, scale);
        higher = climb.look(next);
      }
      if (higher <= value) break;
      value = higher;
      prices = next;
    }
    const reached = climb.bound(prices);
    if (reached > bound) {
      bound = reached;
      best = prices;
    }
  }
  climb.look(prices);
  return { limit, prices: best, bound, left: climb.left };
}

class Climb {
  readonly #plan: LoadPlan;
  readonly #limit: LeftLimit | null;
  readonly #rooms: Float64Array;
  readonly #row: Float64Array;
  readonly #slope: Float64Array;
  readonly #bend: Float64Array;
  readonly #use: Float64Array;
  readonly #near: Int32Array;
  /** The most by which a price is changed in a step. */
  readonly #reach: number;
  /** What it costs at the most to leave a delivery. */
  #dearest = 0;
  blur = 1;
  left = 0;

  constructor(plan: LoadPlan, limit: LeftLimit | null) {
    const { nodes, loads, costs, deliveries } = plan;
    this.#plan = plan;
    this.#limit = limit;
    this.#rooms = plan.rooms.slice();
    if (limit !== null) this.#rooms[nodes - 1] = limit.sign * limit.count;
    const load = loads.reduce((sum, one) => sum + one, 0) / Math.max(1, deliveries);
    for (let one = 0; one < deliveries; one += 1) {
      const left = costs[one * nodes + nodes - 1] ?? 0;
      if (left > this.#dearest && left < Infinity) this.#dearest = left;
    }
    this.#reach = this.#dearest / Math.max(1e-9, load);
    this.#row = new Float64Array(nodes);
    this.#slope = new Float64Array(nodes);
    this.#bend = new Float64Array(nodes * nodes);
    this.#use = new Float64Array(nodes);
    this.#near = new Int32Array(nodes);
  }

  /** By how much it matters where a delivery goes: half of what any channel costs beyond the cheapest, on average. */
  usual(): number {
    const { costs, nodes, deliveries } = this.#plan;
    let sum = 0;
    for (let one = 0; one < deliveries; one += 1) {
      let least = Infinity;
      let all = 0;
      let count = 0;
      for (let at = one * nodes; at < (one + 1) * nodes - 1; at += 1) {
        const cost = costs[at] ?? Infinity;
        if (cost === Infinity) continue;
        all += cost;
        count += 1;
        if (cost < least) least = cost;
      }
      if (count > 1) sum += (all / count - least) / 2;
    }
    // Where it does not matter, only that of those that are left does.
    return sum > 0 ? sum / deliveries : Math.max(1e-9, this.#dearest / 100);
  }

  /** The bound itself. */
  bound(prices: Float64Array): number {
    let sum = this.#roomCost(prices);
    for (let one = 0; one < this.#plan.deliveries; one += 1) sum += this.#fill(one, prices);
    return sum;
  }

  /** The smoothed bound; keeps how it rises and bends there. */
  look(prices: Float64Array): number {
    const { deliveries, nodes, loads } = this.#plan;
    const slope = this.#slope;
    const bend = this.#bend.fill(0);
    const use = this.#use;
    const near = this.#near;
    const row = this.#row;
    const sign = this.#limit?.sign ?? 0;
    const { blur } = this;
    for (let node = 0; node < nodes; node += 1) {
      const room = this.#rooms[node] ?? 0;
      slope[node] = room === Infinity ? 0 : -room;
    }
    let sum = this.#roomCost(prices);
    this.left = 0;
    for (let one = 0; one < deliveries; one += 1) {
      const least = this.#fill(one, prices);
      const load = loads[one] ?? 0;
      const far = least + farInBlurs * blur;
      let all = 0;
      let count = 0;
      for (let node = 0; node < nodes; node += 1) {
        const cost = row[node] ?? Infinity;
        if (cost > far) continue;
        const share = cost === least ? 1 : Math.exp((least - cost) / blur);
        all += share;
        use[node] = share;
        near[count] = node;
        count += 1;
      }
      if (count === 1) {
        // As most are where it is sharp.
        const node = near[0] ?? 0;
        if (node === nodes - 1) this.left += 1;
        sum += least;
        slope[node] = (slope[node] ?? 0) + (node === nodes - 1 ? sign : load);
        continue;
      }
      sum += least - blur * Math.log(all);
      for (let at = 0; at < count; at += 1) {
        const node = near[at] ?? 0;
        const share = (use[node] ?? 0) / all;
        if (node === nodes - 1) this.left += share;
        const taken = node === nodes - 1 ? sign : load;
        use[node] = share < leastShare ? 0 : share * taken;
        slope[node] = (slope[node] ?? 0) + share * taken;
        bend[node * nodes + node] = (bend[node * nodes + node] ?? 0) + (share * taken * taken) / blur;
      }
      for (let at = 0; at < count; at += 1) {
        const first = near[at] ?? 0;
        const share = (use[first] ?? 0) / blur;
        for (let to = 0; to < count; to += 1) {
          const cell = first * nodes + (near[to] ?? 0);
          bend[cell] = (bend[cell] ?? 0) - share * (use[near[to] ?? 0] ?? 0);
        }
      }
    }
    return sum;
  }

  /** Newton's step up from where was looked; a price that is 0 and would fall stays. Null at the top. */
  way(prices: Float64Array): Float64Array | null {
    const { nodes } = this.#plan;
    const free: number[] = [];
    for (let node = 0; node < nodes; node += 1) {
      const rises = this.#slope[node] ?? 0;
      if (this.#rooms[node] !== Infinity && ((prices[node] ?? 0) > 0 || rises > 0)) free.push(node);
    }
    if (free.every((node) => Math.abs(this.#slope[node] ?? 0) < 1e-6)) return null;
    const steps = solved(
      free.map((one, row) => [
        ...free.map((other, column) => {
          const bend = this.#bend[one * nodes + other] ?? 0;
          return row === column ? bend * 1.000_001 + 1e-9 : bend;
        }),
        this.#slope[one] ?? 0,
      ]),
    );
    const way = new Float64Array(nodes);
    let gain = 0;
    for (const [row, node] of free.entries()) {
      way[node] = steps[row] ?? 0;
      gain += (way[node] ?? 0) * (this.#slope[node] ?? 0);
    }
    return gain < nearEnough * this.blur ? null : way;
  }

  /** The share of a step up to which what was seen of the slope may still hold. */
  farthest(way: Float64Array): number {
    let share = 1;
    for (const one of way) share = Math.min(share, this.#reach / Math.max(1e-12, Math.abs(one)));
    return share;
  }

  after(prices: Float64Array, way: Float64Array, scale: number): Float64Array<ArrayBuffer> {
    const next = new Float64Array(prices.length);
    for (let node = 0; node < next.length; node += 1) {
      const price = (prices[node] ?? 0) + scale * (way[node] ?? 0);
      if (this.#rooms[node] !== Infinity && price > 0) next[node] = price;
    }
    return next;
  }

  #roomCost(prices: Float64Array): number {
    let sum = 0;
    for (let node = 0; node < prices.length; node += 1) {
      const price = prices[node] ?? 0;
      if (price > 0) sum -= price * (this.#rooms[node] ?? 0);
    }
    return sum;
  }

  /** Fills in what each place costs the delivery, capacity paid for; yields the least. */
  #fill(one: number, prices: Float64Array): number {
    const { nodes, costs, loads } = this.#plan;
    const load = loads[one] ?? 0;
    const last = nodes - 1;
    let least = (costs[one * nodes + last] ?? Infinity) + (this.#limit?.sign ?? 0) * (prices[last] ?? 0);
    this.#row[last] = least;
    for (let node = 0; node < last; node += 1) {
      const cost = (costs[one * nodes + node] ?? Infinity) + (prices[node] ?? 0) * load;
      this.#row[node] = cost;
      if (cost < least) least = cost;
    }
    return least;
  }
}
