import type { Batch } from "./batch.ts";

/** What a unit of each channel's capacity is worth, and what follows from that. */
export interface Prices {
  /** Of each channel; 0 where there is more than enough of it. */
  readonly prices: Float64Array;
  /** No way of dealing costs less. */
  readonly bound: number;
}

/** How sharply the smoothed bound follows the real one, as shares of what a delivery costs: from blunt to sharp. */
const blurs = [3, 0.5, 0.08, 0.013, 0.002] as const;
const stepsEach = 7;
const mostHalvings = 14;
/** The top is near enough where another step would gain no more than this share of the blur. */
const nearEnough = 0.02;

/**
 * The prices of capacity at which the bound is highest: the Lagrangian dual of the capacities. The bound has edges; it
 * is climbed smoothed (each delivery spread over its channels as in Gibbs' distribution, Nesterov 2005) by Newton's
 * method, ever less blurred. There are as many unknowns as channels, so a step takes microseconds.
 */
export function priced(batch: Batch): Prices {
  const { channels, capacities } = batch;
  const climb = new Climb(batch);
  let prices = new Float64Array(channels);
  let best = prices;
  let bound = climb.bound(prices);
  const blunt = climb.usual();
  for (const share of blurs) {
    climb.blur = share * blunt;
    for (let step = 0; step < stepsEach; step += 1) {
      const value = climb.look(prices);
      const way = climb.way(prices);
      if (way === null) break;
      let scale = Math.min(1, climb.farthest(way));
      let next = prices;
      let halvings = 0;
      for (; halvings < mostHalvings; halvings += 1, scale /= 2) {
        next = prices.map((price, at) =>
          capacities[at] === Infinity ? 0 : Math.max(0, price + scale * (way[at] ?? 0)),
        );
        if (climb.smooth(next) > value) break;
      }
      if (halvings === mostHalvings) break;
      prices = next;
    }
    const reached = climb.bound(prices);
    if (reached > bound) {
      bound = reached;
      best = prices;
    }
  }
  return { prices: best, bound };
}

class Climb {
  readonly #batch: Batch;
  readonly #rows: Float64Array;
  readonly #slope: Float64Array;
  readonly #bend: Float64Array;
  /** The most by which a price is changed in a step. */
  readonly #reach: number;
  blur = 1;

  constructor(batch: Batch) {
    const { channels, loads, left } = batch;
    this.#batch = batch;
    const load = loads === null ? 1 : loads.reduce((sum, one) => sum + one, 0) / Math.max(1, loads.length);
    this.#reach = left.reduce((most, one) => Math.max(most, one), 0) / Math.max(1e-9, load);
    this.#rows = new Float64Array(channels + 1);
    this.#slope = new Float64Array(channels);
    this.#bend = new Float64Array(channels * channels);
  }

  /** What a delivery costs where it is cheapest, on average. */
  usual(): number {
    const free = new Float64Array(this.#batch.channels);
    return Math.max(1e-9, this.bound(free) / Math.max(1, this.#batch.deliveries));
  }

  /** The bound itself. */
  bound(prices: Float64Array): number {
    let sum = this.#capacityCost(prices);
    for (let delivery = 0; delivery < this.#batch.deliveries; delivery += 1) sum += this.#fill(delivery, prices);
    return sum;
  }

  smooth(prices: Float64Array): number {
    let sum = this.#capacityCost(prices);
    for (let delivery = 0; delivery < this.#batch.deliveries; delivery += 1) {
      const least = this.#fill(delivery, prices);
      let all = 0;
      for (const cost of this.#rows) all += this.#share(cost - least);
      sum += least - this.blur * Math.log(all);
    }
    return sum;
  }

  /** As `smooth`, and keeps how it rises and bends there. */
  look(prices: Float64Array): number {
    const { deliveries, channels, loads, capacities } = this.#batch;
    const slope = this.#slope;
    const bend = this.#bend.fill(0);
    for (let channel = 0; channel < channels; channel += 1) {
      const capacity = capacities[channel] ?? 0;
      slope[channel] = capacity === Infinity ? 0 : -capacity;
    }
    let sum = this.#capacityCost(prices);
    const use = new Float64Array(channels);
    const near: number[] = [];
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      const least = this.#fill(delivery, prices);
      let all = 0;
      for (const cost of this.#rows) all += this.#share(cost - least);
      sum += least - this.blur * Math.log(all);
      near.length = 0;
      for (let channel = 0; channel < channels; channel += 1) {
        const share = this.#share((this.#rows[channel] ?? Infinity) - least) / all;
        if (share < 1e-9) continue;
        const load = loads === null ? 1 : (loads[delivery] ?? 0);
        use[channel] = share * load;
        slope[channel] = (slope[channel] ?? 0) + share * load;
        const at = channel * channels + channel;
        bend[at] = (bend[at] ?? 0) + (share * load * load) / this.blur;
        near.push(channel);
      }
      for (const one of near) {
        for (const other of near) {
          const at = one * channels + other;
          bend[at] = (bend[at] ?? 0) - ((use[one] ?? 0) * (use[other] ?? 0)) / this.blur;
        }
      }
    }
    return sum;
  }

  /** Newton's step up from where was looked; a price that is 0 and would fall stays. Null at the top. */
  way(prices: Float64Array): Float64Array | null {
    const { channels, capacities } = this.#batch;
    const free: number[] = [];
    for (let channel = 0; channel < channels; channel += 1) {
      const rises = this.#slope[channel] ?? 0;
      if (capacities[channel] !== Infinity && ((prices[channel] ?? 0) > 0 || rises > 0)) free.push(channel);
    }
    if (free.every((channel) => Math.abs(this.#slope[channel] ?? 0) < 1e-6)) return null;
    const size = free.length;
    const matrix = free.map((one, row) => [
      ...free.map((other, column) => {
        const bend = this.#bend[one * channels + other] ?? 0;
        return row === column ? bend * 1.000_001 + 1e-9 : bend;
      }),
      this.#slope[one] ?? 0,
    ]);
    solve(matrix);
    const way = new Float64Array(channels);
    let gain = 0;
    for (let row = 0; row < size; row += 1) {
      const channel = free[row] ?? 0;
      way[channel] = matrix[row]?.[size] ?? 0;
      gain += (way[channel] ?? 0) * (this.#slope[channel] ?? 0);
    }
    return gain < nearEnough * this.blur ? null : way;
  }

  /** The share of a step up to which what was seen of the slope may still hold. */
  farthest(way: Float64Array): number {
    let share = 1;
    for (const one of way) share = Math.min(share, this.#reach / Math.max(1e-12, Math.abs(one)));
    return share;
  }

  #capacityCost(prices: Float64Array): number {
    const { channels, capacities } = this.#batch;
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const price = prices[channel] ?? 0;
      if (price > 0) sum -= price * (capacities[channel] ?? 0);
    }
    return sum;
  }

  /** Fills in what each place costs the delivery, capacity paid for; yields the least. */
  #fill(delivery: number, prices: Float64Array): number {
    const { channels, costs, loads, left, capacities } = this.#batch;
    const row = delivery * channels;
    let least = left[delivery] ?? Infinity;
    this.#rows[channels] = least;
    for (let channel = 0; channel < channels; channel += 1) {
      const load = loads === null ? 1 : (loads[delivery] ?? 0);
      const fits = load <= (capacities[channel] ?? 0);
      const cost = fits ? (costs[row + channel] ?? Infinity) + (prices[channel] ?? 0) * load : Infinity;
      this.#rows[channel] = cost;
      if (cost < least) least = cost;
    }
    return least;
  }

  #share(extra: number): number {
    const times = extra / this.blur;
    return times > 25 ? 0 : Math.exp(-times);
  }
}

/** Gaussian elimination with the largest pivot; the right side is the last column, and becomes the solution. */
function solve(matrix: number[][]): void {
  const size = matrix.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    }
    const one = matrix[column] ?? [];
    const other = matrix[pivot] ?? [];
    matrix[column] = other;
    matrix[pivot] = one;
    const lead = other[column] ?? 0;
    if (lead === 0) continue;
    for (const [row, values] of matrix.entries()) {
      if (row === column) continue;
      const times = (values[column] ?? 0) / lead;
      if (times === 0) continue;
      for (let at = column; at <= size; at += 1) values[at] = (values[at] ?? 0) - times * (other[at] ?? 0);
    }
  }
  for (const [row, values] of matrix.entries()) {
    const lead = values[row] ?? 0;
    values[size] = lead === 0 ? 0 : (values[size] ?? 0) / lead;
  }
}
