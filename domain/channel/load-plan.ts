import { costOf, none, type Batch, type Dealt } from "./batch.ts";

/** Where every delivery is, what that costs and what is free, while a batch of unequal loads is being dealt out. */
export class LoadPlan {
  readonly #batch: Batch;
  readonly deliveries: number;
  /** The channels, and beyond them the place of those that are left. */
  readonly nodes: number;
  /** Row by row, `nodes` to a row; Infinity where it must not be, or is too much for the channel alone. */
  readonly costs: Float64Array;
  readonly loads: Int32Array;
  /** What each node takes in all, and what of that is free. */
  readonly rooms: Float64Array;
  readonly free: Float64Array;
  readonly place: Int32Array;
  readonly largest: number;
  cost = 0;
  readonly #best: Int32Array;
  bestCost = Infinity;

  constructor(batch: Batch) {
    const { deliveries, channels, costs, loads, capacities, left } = batch;
    const nodes = channels + 1;
    this.#batch = batch;
    this.deliveries = deliveries;
    this.nodes = nodes;
    this.loads = new Int32Array(deliveries).fill(1);
    if (loads !== null) for (let one = 0; one < deliveries; one += 1) this.loads[one] = Math.ceil(loads[one] ?? 0);
    this.largest = this.loads.reduce((most, load) => Math.max(most, load), 0);
    this.free = new Float64Array(nodes).fill(Infinity);
    for (let channel = 0; channel < channels; channel += 1) this.free[channel] = Math.floor(capacities[channel] ?? 0);
    this.rooms = this.free.slice();
    this.costs = new Float64Array(deliveries * nodes);
    for (let one = 0; one < deliveries; one += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const fits = (this.loads[one] ?? 0) <= (this.free[channel] ?? 0);
        this.costs[one * nodes + channel] = fits ? (costs[one * channels + channel] ?? Infinity) : Infinity;
      }
      this.costs[one * nodes + channels] = left[one] ?? Infinity;
    }
    this.place = new Int32Array(deliveries).fill(none);
    this.#best = this.place.slice();
  }

  /** `one` must have no place yet. */
  put(one: number, node: number): void {
    this.place[one] = node;
    this.free[node] = (this.free[node] ?? 0) - (this.loads[one] ?? 0);
    this.cost += this.costs[one * this.nodes + node] ?? 0;
  }

  remove(one: number): void {
    const node = this.place[one] ?? none;
    if (node === none) return;
    this.free[node] = (this.free[node] ?? 0) + (this.loads[one] ?? 0);
    this.cost -= this.costs[one * this.nodes + node] ?? 0;
    this.place[one] = none;
  }

  /** Places all anew: who would lose most by the second best place goes first. */
  fillGreedily(costs: Float64Array): void {
    const open = Int32Array.from({ length: this.deliveries }, (_, one) => one);
    const best = new Int32Array(this.deliveries).fill(none);
    const second = new Int32Array(this.deliveries).fill(none);
    const regrets = new Float64Array(this.deliveries);
    for (const one of open) this.remove(one);
    let filled: number = none;
    for (let count = open.length; count > 0; count -= 1) {
      let mostRegret = -1;
      let chosen = 0;
      for (let at = 0; at < count; at += 1) {
        const one = open[at] ?? 0;
        // Only where there is less room than before can it have become another.
        if (filled === none || best[one] === filled || second[one] === filled)
          this.#findPlaces(one, costs, best, second, regrets);
        const regret = regrets[one] ?? 0;
        if (regret <= mostRegret) continue;
        mostRegret = regret;
        chosen = at;
      }
      const one = open[chosen] ?? 0;
      open[chosen] = open[count - 1] ?? 0;
      filled = best[one] ?? 0;
      this.put(one, filled);
    }
  }

  /** The two cheapest places of a delivery that have room for it, and what it would lose by the second. */
  #findPlaces(one: number, costs: Float64Array, best: Int32Array, second: Int32Array, regrets: Float64Array): void {
    const { nodes, free } = this;
    const load = this.loads[one] ?? 0;
    let least = Infinity;
    let next = Infinity;
    let leastAt = nodes - 1;
    let nextAt: number = none;
    for (let node = 0; node < nodes; node += 1) {
      const cost = costs[one * nodes + node] ?? Infinity;
      if (cost >= next || load > (free[node] ?? 0)) continue;
      if (cost < least) {
        next = least;
        nextAt = leastAt;
        least = cost;
        leastAt = node;
      } else {
        next = cost;
        nextAt = node;
      }
    }
    best[one] = leastAt;
    second[one] = next === Infinity ? none : nextAt;
    regrets[one] = next === Infinity ? Number.MAX_VALUE : next - least;
  }

  /** Puts every delivery where it is in `place`. */
  become(place: Int32Array): void {
    for (let one = 0; one < this.deliveries; one += 1) this.remove(one);
    this.cost = 0;
    for (let one = 0; one < this.deliveries; one += 1) this.put(one, place[one] ?? 0);
  }

  /** Remembers the plan if it is the best so far. */
  keep(): void {
    if (this.cost >= this.bestCost) return;
    this.#best.set(this.place);
    this.bestCost = this.cost;
  }

  /** Back to the best so far. */
  restore(): void {
    this.become(this.#best);
  }

  dealt(bound: number): Dealt {
    const channels = this.#best.map((node) => (node === this.nodes - 1 ? none : node));
    const cost = costOf(this.#batch, channels);
    return { channels, cost, bound: Math.min(cost, bound) };
  }
}
