import { costOf, neverSpent, none, type Batch, type Dealt, type Spent } from "./batch.ts";

const tiny = 1e-9;
/** How many deliveries are moved between two looks at the time. */
const lookEvery = 32;

/**
 * Deals deliveries out, each taking one place, at the least cost. Every delivery begins where it is cheapest; then each
 * one too many goes the cheapest way, from channel to channel, to a place that is free (a minimum-cost flow by
 * successive shortest paths, Ahuja, Magnanti and Orlin 1993, chapter 9.7). There are as many nodes as channels, so a way
 * is found in microseconds. Where the time is over, who is still one too many gets the cheapest place there is.
 */
export function dealExactly(batch: Batch, spent: Spent = neverSpent): Dealt {
  const flow = new Flow(batch);
  for (let moved = 0; flow.hasExcess(); moved += 1) {
    if (moved % lookEvery === 0 && spent()) {
      flow.settle();
      return flow.dealt(flow.bound);
    }
    flow.push();
  }
  return flow.dealt(null);
}

class Flow {
  readonly #batch: Batch;
  /** The channels, and beyond them the place of those that are left. */
  readonly #nodes: number;
  readonly #costs: Float64Array;
  readonly #nodeByDelivery: Int32Array;
  readonly #room: Float64Array;
  /** Who is in each channel, as rows of `deliveries`, and where in it each delivery stands. */
  readonly #members: Int32Array;
  readonly #counts: Int32Array;
  readonly #standing: Int32Array;
  /** Who would be moved from one node to another at the least cost, and at what cost. */
  readonly #movers: Int32Array;
  readonly #steps: Float64Array;
  readonly #distances: Float64Array;
  readonly #cameFrom: Int32Array;
  /** What it would cost if every channel had room for all. */
  readonly bound: number;

  constructor(batch: Batch) {
    const { deliveries, channels, capacities, left } = batch;
    const nodes = channels + 1;
    this.#batch = batch;
    this.#nodes = nodes;
    this.#costs = new Float64Array(deliveries * nodes);
    this.#nodeByDelivery = new Int32Array(deliveries);
    this.#room = new Float64Array(nodes).fill(Infinity);
    for (let node = 0; node < channels; node += 1) this.#room[node] = Math.floor(capacities[node] ?? 0);
    this.#members = new Int32Array(deliveries * nodes);
    this.#counts = new Int32Array(nodes);
    this.#standing = new Int32Array(deliveries);
    this.#movers = new Int32Array(nodes * nodes).fill(-1);
    this.#steps = new Float64Array(nodes * nodes).fill(Infinity);
    this.#distances = new Float64Array(nodes);
    this.#cameFrom = new Int32Array(nodes);
    let bound = 0;
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      let best = channels;
      this.#costs[delivery * nodes + channels] = left[delivery] ?? Infinity;
      for (let node = 0; node < channels; node += 1) {
        const cost = batch.costs[delivery * channels + node] ?? Infinity;
        this.#costs[delivery * nodes + node] = cost;
        if (cost < this.#cost(delivery, best) && (this.#room[node] ?? 0) + (this.#counts[node] ?? 0) > 0) best = node;
      }
      bound += this.#cost(delivery, best);
      this.#enter(delivery, best);
    }
    this.bound = bound;
    for (let node = 0; node < nodes; node += 1) this.#findMovers(node, null);
  }

  hasExcess(): boolean {
    for (let node = 0; node < this.#nodes; node += 1) if ((this.#room[node] ?? 0) < 0) return true;
    return false;
  }

  /** Moves one delivery out of a channel that has too many, and others to make way for it. */
  push(): void {
    const nodes = this.#nodes;
    const distances = this.#distances;
    for (let node = 0; node < nodes; node += 1) distances[node] = (this.#room[node] ?? 0) < 0 ? 0 : Infinity;
    this.#cameFrom.fill(-1);
    for (let round = 0, shorter = true; shorter && round <= nodes; round += 1) {
      shorter = false;
      for (let from = 0; from < nodes; from += 1) {
        const base = distances[from] ?? Infinity;
        if (base === Infinity) continue;
        for (let to = 0; to < nodes; to += 1) {
          const distance = base + (this.#steps[from * nodes + to] ?? Infinity);
          if (distance >= (distances[to] ?? Infinity) - tiny) continue;
          distances[to] = distance;
          this.#cameFrom[to] = from;
          shorter = true;
        }
      }
    }
    let end = nodes - 1;
    for (let node = 0; node < nodes; node += 1) {
      if ((this.#room[node] ?? 0) > 0 && (distances[node] ?? Infinity) < (distances[end] ?? Infinity)) end = node;
    }
    for (let to = end; ;) {
      const from = this.#cameFrom[to] ?? -1;
      if (from === -1) break;
      this.#move(this.#movers[from * nodes + to] ?? 0, from, to);
      to = from;
    }
  }

  /** Whoever is one too many gets the cheapest place that is free. */
  settle(): void {
    const nodes = this.#nodes;
    for (let from = 0; from < nodes; from += 1) {
      while ((this.#room[from] ?? 0) < 0) {
        let best = nodes - 1;
        for (let to = 0; to < nodes; to += 1) {
          const step = this.#steps[from * nodes + to] ?? Infinity;
          if (to !== from && (this.#room[to] ?? 0) > 0 && step < (this.#steps[from * nodes + best] ?? Infinity))
            best = to;
        }
        this.#move(this.#movers[from * nodes + best] ?? 0, from, best);
      }
    }
  }

  /** `bound`: null where it is the best. */
  dealt(bound: number | null): Dealt {
    const { channels } = this.#batch;
    const dealt = this.#nodeByDelivery.map((node) => (node === channels ? none : node));
    const cost = costOf(this.#batch, dealt);
    return { channels: dealt, cost, bound: bound ?? cost };
  }

  #cost(delivery: number, node: number): number {
    return this.#costs[delivery * this.#nodes + node] ?? Infinity;
  }

  #move(delivery: number, from: number, to: number): void {
    this.#leave(delivery, from);
    this.#enter(delivery, to);
    this.#findMovers(from, delivery);
    const nodes = this.#nodes;
    for (let next = 0; next < nodes; next += 1) {
      const step = this.#cost(delivery, next) - this.#cost(delivery, to);
      if (next === to || step >= (this.#steps[to * nodes + next] ?? Infinity)) continue;
      this.#steps[to * nodes + next] = step;
      this.#movers[to * nodes + next] = delivery;
    }
  }

  #enter(delivery: number, node: number): void {
    const count = this.#counts[node] ?? 0;
    this.#members[node * this.#batch.deliveries + count] = delivery;
    this.#standing[delivery] = count;
    this.#counts[node] = count + 1;
    this.#room[node] = (this.#room[node] ?? 0) - 1;
    this.#nodeByDelivery[delivery] = node;
  }

  #leave(delivery: number, node: number): void {
    const first = node * this.#batch.deliveries;
    const last = (this.#counts[node] ?? 0) - 1;
    const at = this.#standing[delivery] ?? 0;
    const other = this.#members[first + last] ?? 0;
    this.#members[first + at] = other;
    this.#standing[other] = at;
    this.#counts[node] = last;
    this.#room[node] = (this.#room[node] ?? 0) + 1;
  }

  /** Looks anew for who would leave the node: for every way out, or for those by which `gone` was the one. */
  #findMovers(node: number, gone: number | null): void {
    const nodes = this.#nodes;
    const first = node * this.#batch.deliveries;
    const count = this.#counts[node] ?? 0;
    for (let to = 0; to < nodes; to += 1) {
      if (to === node || (gone !== null && this.#movers[node * nodes + to] !== gone)) continue;
      let least = Infinity;
      let mover = -1;
      for (let at = 0; at < count; at += 1) {
        const delivery = this.#members[first + at] ?? 0;
        const step = this.#cost(delivery, to) - this.#cost(delivery, node);
        if (step < least) {
          least = step;
          mover = delivery;
        }
      }
      this.#steps[node * nodes + to] = least;
      this.#movers[node * nodes + to] = mover;
    }
  }
}
