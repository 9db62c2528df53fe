import type { LoadPlan } from "./load-plan.ts";

const tiny = 1e-7;

/**
 * Deals out anew, in the best way there is, what two or three channels have: a knapsack with as many compartments, by
 * dynamic programming over what is used of all but the last (Kellerer, Pferschy and Pisinger 2004, chapters 2 and 10).
 */
export class Redeal {
  readonly #plan: LoadPlan;
  /** What it is worth that the room a channel has left is in one piece, per unit squared. */
  readonly worth: Float64Array;
  readonly #items: Int32Array;
  #count = 0;
  #values = new Float64Array(1_024);
  #marks = new Uint8Array(16_384);
  readonly #weights: Float64Array;
  /** How many steps have been worked out. */
  effort = 0;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.worth = new Float64Array(plan.nodes);
    this.#items = new Int32Array(plan.deliveries);
    this.#weights = new Float64Array(plan.deliveries);
  }

  /** Whether there was a better way. */
  amongTwo(a: number, c: number): boolean {
    this.#take(a, a, c);
    const { costs, loads, nodes } = this.#plan;
    const count = this.#count;
    if (count < 2) return false;
    const items = this.#items;
    const before = this.#before(a, a, c);
    const total = this.#total();
    const fullA = this.#full(a);
    const fullC = this.#full(c);
    const roomA = Math.min(fullA, total);
    const states = roomA + 1;
    const [values, marks] = this.#space(states, count);
    values[0] = 0;
    let reach = 0;
    for (let at = 0; at < count; at += 1) {
      const one = items[at] ?? 0;
      const load = loads[one] ?? 0;
      const costA = costs[one * nodes + a] ?? Infinity;
      const costC = costs[one * nodes + c] ?? Infinity;
      reach += load;
      const mark = at * states;
      const top = reach < roomA ? reach : roomA;
      // What is not used of the one is used of the other, and that must fit too.
      const least = reach > fullC ? reach - fullC : 0;
      this.effort += Math.max(0, top + 1 - least);
      for (let used = top; used >= least; used -= 1) {
        const stays = (values[used] ?? Infinity) + costC;
        const goes = used >= load ? (values[used - load] ?? Infinity) + costA : Infinity;
        values[used] = goes < stays ? goes : stays;
        marks[mark + used] = goes < stays ? 1 : 0;
      }
    }
    let best = before - tiny - this.#piece(a, this.#plan.free[a] ?? 0) - this.#piece(c, this.#plan.free[c] ?? 0);
    let bestUsed = -1;
    for (let used = Math.max(0, total - fullC); used <= roomA; used += 1) {
      const value = (values[used] ?? Infinity) - this.#piece(a, fullA - used) - this.#piece(c, fullC - total + used);
      if (value >= best) continue;
      best = value;
      bestUsed = used;
    }
    if (bestUsed === -1) return false;
    for (let at = count - 1; at >= 0; at -= 1) {
      const one = items[at] ?? 0;
      const goes = marks[at * states + bestUsed] === 1;
      this.#plan.remove(one);
      this.#plan.put(one, goes ? a : c);
      if (goes) bestUsed -= loads[one] ?? 0;
    }
    return true;
  }

  /** As `amongTwo`, of at most `most` deliveries: those for which it matters least where they are, by `extra`, more or less. */
  amongThree(a: number, b: number, c: number, most: number, extra: Float64Array, chance: () => number): boolean {
    this.#take(a, b, c);
    if (this.#count > most) this.#undecidedFirst(a, b, c, most, extra, chance);
    const { costs, loads, nodes, free } = this.#plan;
    const count = this.#count;
    if (count < 2) return false;
    const items = this.#items;
    const before = this.#before(a, b, c);
    const total = this.#total();
    const fullA = this.#full(a);
    const fullB = this.#full(b);
    const fullC = this.#full(c);
    const roomA = Math.min(fullA, total);
    const roomB = Math.min(fullB, total);
    const width = roomB + 1;
    const states = (roomA + 1) * width;
    const [values, marks] = this.#space(states, count);
    values[0] = 0;
    let reach = 0;
    for (let at = 0; at < count; at += 1) {
      const one = items[at] ?? 0;
      const load = loads[one] ?? 0;
      const costA = costs[one * nodes + a] ?? Infinity;
      const costB = costs[one * nodes + b] ?? Infinity;
      const costC = costs[one * nodes + c] ?? Infinity;
      reach += load;
      const mark = at * states;
      for (let usedA = reach < roomA ? reach : roomA; usedA >= 0; usedA -= 1) {
        const row = usedA * width;
        const rowBefore = usedA >= load ? row - load * width : -1;
        const top = reach - usedA < roomB ? reach - usedA : roomB;
        const least = reach - usedA > fullC ? reach - usedA - fullC : 0;
        if (top < least) continue;
        this.effort += top + 1 - least;
        for (let usedB = top; usedB >= least; usedB -= 1) {
          let value = (values[row + usedB] ?? Infinity) + costC;
          let by = 0;
          if (rowBefore >= 0) {
            const other = (values[rowBefore + usedB] ?? Infinity) + costA;
            if (other < value) {
              value = other;
              by = 1;
            }
          }
          if (usedB >= load) {
            const other = (values[row + usedB - load] ?? Infinity) + costB;
            if (other < value) {
              value = other;
              by = 2;
            }
          }
          values[row + usedB] = value;
          marks[mark + row + usedB] = by;
        }
      }
    }
    const pieces = this.#piece(a, free[a] ?? 0) + this.#piece(b, free[b] ?? 0) + this.#piece(c, free[c] ?? 0);
    let best = before - tiny - pieces;
    let bestA = -1;
    let bestB = -1;
    for (let usedA = 0; usedA <= roomA; usedA += 1) {
      const pieceA = this.#piece(a, fullA - usedA);
      for (let usedB = Math.max(0, total - usedA - fullC); usedB <= roomB; usedB += 1) {
        const whole = pieceA + this.#piece(b, fullB - usedB) + this.#piece(c, fullC - total + usedA + usedB);
        const value = (values[usedA * width + usedB] ?? Infinity) - whole;
        if (value >= best) continue;
        best = value;
        bestA = usedA;
        bestB = usedB;
      }
    }
    if (bestA === -1) return false;
    for (let at = count - 1; at >= 0; at -= 1) {
      const one = items[at] ?? 0;
      const by = marks[at * states + bestA * width + bestB] ?? 0;
      this.#plan.remove(one);
      this.#plan.put(one, by === 1 ? a : by === 2 ? b : c);
      if (by === 1) bestA -= loads[one] ?? 0;
      if (by === 2) bestB -= loads[one] ?? 0;
    }
    return true;
  }

  #take(a: number, b: number, c: number): void {
    const { place, deliveries } = this.#plan;
    this.#count = 0;
    for (let one = 0; one < deliveries; one += 1) {
      const node = place[one];
      if (node !== a && node !== b && node !== c) continue;
      this.#items[this.#count] = one;
      this.#count += 1;
    }
  }

  #before(a: number, b: number, c: number): number {
    const { costs, place, nodes } = this.#plan;
    let sum = 0;
    for (let at = 0; at < this.#count; at += 1) {
      const one = this.#items[at] ?? 0;
      const node = place[one] ?? c;
      sum += costs[one * nodes + (node === a ? a : node === b ? b : c)] ?? 0;
    }
    return sum;
  }

  #total(): number {
    let sum = 0;
    for (let at = 0; at < this.#count; at += 1) sum += this.#plan.loads[this.#items[at] ?? 0] ?? 0;
    return sum;
  }

  /** The room of a channel once those that are dealt out anew are out of it. */
  #full(node: number): number {
    const { place, loads, free } = this.#plan;
    let room = free[node] ?? 0;
    for (let at = 0; at < this.#count; at += 1) {
      const one = this.#items[at] ?? 0;
      if (place[one] === node) room += loads[one] ?? 0;
    }
    return room;
  }

  #space(states: number, count: number): readonly [Float64Array, Uint8Array] {
    if (this.#values.length < states) this.#values = new Float64Array(2 * states);
    if (this.#marks.length < states * count) this.#marks = new Uint8Array(2 * states * count);
    this.#values.fill(Infinity, 0, states);
    return [this.#values, this.#marks];
  }

  #piece(node: number, free: number): number {
    const { largest } = this.#plan;
    const piece = free < largest ? free : largest;
    return (this.worth[node] ?? 0) * piece * piece;
  }

  #undecidedFirst(a: number, b: number, c: number, most: number, extra: Float64Array, chance: () => number): void {
    const { nodes, place } = this.#plan;
    const items = this.#items;
    const weights = this.#weights;
    let kept = 0;
    for (let at = 0; at < this.#count; at += 1) {
      const one = items[at] ?? 0;
      const row = one * nodes;
      const x = extra[row + a] ?? 0;
      const y = extra[row + b] ?? 0;
      const z = extra[row + c] ?? 0;
      const second = x + y + z - Math.min(x, y, z) - Math.max(x, y, z);
      const weight = (second - (extra[row + (place[one] ?? 0)] ?? 0)) * (0.7 + 0.6 * chance());
      if (kept === most && weight >= (weights[kept - 1] ?? 0)) continue;
      let to = kept === most ? kept - 1 : kept;
      for (; to > 0 && (weights[to - 1] ?? 0) > weight; to -= 1) {
        weights[to] = weights[to - 1] ?? 0;
        items[to] = items[to - 1] ?? 0;
      }
      weights[to] = weight;
      items[to] = one;
      if (kept < most) kept += 1;
    }
    this.#count = kept;
  }
}
