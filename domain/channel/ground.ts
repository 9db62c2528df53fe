import { cutAt } from "./cut.ts";
import type { Detours, Turn, Wish } from "./detours.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { Prices } from "./prices.ts";

/** More room than anybody needs. */
const boundless = 2 ** 30;

/** The less, the more a mixed order is mixed. */
const mildness = 0.3;

/** A plan seen at certain prices of capacity: what each place costs beyond the best, and the detours that follow. */
export class Ground {
  readonly #plan: LoadPlan;
  readonly relaxed: Prices;
  /** Row by row, `nodes` to a row: what each place costs a delivery beyond the best, capacity paid for. */
  readonly extras: Float64Array;
  /** The nodes that deal out anew, and how many they are. */
  readonly #members: Int32Array;
  #size = 0;
  /** What the cheapest detour of each delivery costs. */
  readonly #least: Float64Array;
  readonly #all: Float64Array;
  readonly #rank: Float64Array;
  readonly #chance: () => number;

  /** `chance`: numbers from 0 to 1, the same every time. */
  constructor(plan: LoadPlan, relaxed: Prices, chance: () => number) {
    const { nodes, deliveries, costs } = plan;
    this.#plan = plan;
    this.relaxed = relaxed;
    this.extras = new Float64Array(costs.length);
    this.#members = new Int32Array(nodes);
    this.#least = new Float64Array(deliveries);
    this.#all = new Float64Array(costs.length);
    this.#rank = new Float64Array(deliveries);
    this.#chance = chance;
    for (let one = 0; one < deliveries; one += 1) {
      const row = one * nodes;
      let least = Infinity;
      for (let node = 0; node < nodes; node += 1) {
        const full = (costs[row + node] ?? Infinity) + (relaxed.prices[node] ?? 0) * this.#takenBy(one, node);
        this.extras[row + node] = full;
        if (full < least) least = full;
      }
      for (let node = 0; node < nodes; node += 1) this.extras[row + node] = (this.extras[row + node] ?? 0) - least;
    }
  }

  /**
   * The detours among some nodes (1 in `among`) of the deliveries that are there; the others stay. Only those that cost
   * less than the plan costs beyond the bound, and of these about `many` that cost least. With a wish, what it may cost
   * is added, and the room wished for is as good as taken.
   */
  detours(among: Uint8Array, turn: Turn, many: number, wish: Wish | null = null): Detours {
    const { nodes, place } = this.#plan;
    this.#size = 0;
    for (let node = 0; node < nodes; node += 1) {
      if (among[node] !== 1) continue;
      this.#members[this.#size] = node;
      this.#size += 1;
    }
    const home = place.slice();
    let over = this.#idle(among) + this.#findHomes(among, home);
    if (wish !== null) over += wish.worth - (this.relaxed.prices[wish.node] ?? 0) * wish.room;
    const count = this.#findExtras(home, over);
    const most = Math.min(over, cutAt(this.#all, count, many));
    const counted = this.#countedOf(among);
    return {
      ...this.#listed(home, this.#decided(turn, most), counted, most, count),
      ...this.#roomsOf(home, counted, wish),
      home,
      over,
      all: most === over,
    };
  }

  /** Whether the plan leaves no more, or no fewer, than these prices are for. */
  suits(): boolean {
    return this.relaxed.limit === null || this.#room(this.#plan.nodes - 1) >= 0;
  }

  /** Finds where each delivery is cheapest, and what its cheapest detour costs; yields what all cost beyond that now. */
  #findHomes(among: Uint8Array, home: Int32Array): number {
    const { nodes, deliveries, place } = this.#plan;
    const { extras } = this;
    const least = this.#least.fill(Infinity);
    let over = 0;
    for (let one = 0; one < deliveries; one += 1) {
      const now = place[one] ?? 0;
      if (among[now] !== 1) continue;
      const row = one * nodes;
      let best = now;
      let cheapest = extras[row + now] ?? 0;
      let second = Infinity;
      for (let at = 0; at < this.#size; at += 1) {
        const node = this.#members[at] ?? 0;
        if (node === now) continue;
        const extra = extras[row + node] ?? 0;
        if (extra < cheapest) {
          second = cheapest;
          cheapest = extra;
          best = node;
        } else if (extra < second) second = extra;
      }
      home[one] = best;
      least[one] = second - cheapest;
      over += (extras[row + now] ?? 0) - cheapest;
    }
    return over;
  }

  /** Writes down what the detours cost that cost less than `over`; yields how many there are. */
  #findExtras(home: Int32Array, over: number): number {
    const { nodes, deliveries } = this.#plan;
    let count = 0;
    for (let one = 0; one < deliveries; one += 1) {
      if ((this.#least[one] ?? 0) >= over) continue;
      const row = one * nodes;
      const at = home[one] ?? 0;
      const base = this.extras[row + at] ?? 0;
      for (let member = 0; member < this.#size; member += 1) {
        const node = this.#members[member] ?? 0;
        const extra = (this.extras[row + node] ?? 0) - base;
        if (node === at || extra >= over) continue;
        this.#all[count] = extra;
        count += 1;
      }
    }
    return count;
  }

  /** The number among the counted of each node; -1 where there is no end of room. */
  #countedOf(among: Uint8Array): Int32Array {
    const { nodes } = this.#plan;
    const counted = new Int32Array(nodes).fill(-1);
    let size = 0;
    for (let node = 0; node < nodes; node += 1) {
      if (among[node] !== 1 || (node === nodes - 1 && this.relaxed.limit === null)) continue;
      counted[node] = size;
      size += 1;
    }
    return counted;
  }

  /** What each room can take once all are at home, and its prices. */
  #roomsOf(home: Int32Array, counted: Int32Array, wish: Wish | null): Pick<Detours, "free" | "prices"> {
    const { nodes, deliveries, place } = this.#plan;
    const size = counted.reduce((most, room) => Math.max(most, room + 1), 0);
    const free = new Int32Array(size);
    const prices = new Float64Array(size);
    for (let node = 0; node < nodes; node += 1) {
      const room = counted[node] ?? -1;
      if (room === -1) continue;
      free[room] = Math.min(boundless, this.#room(node) - (node === wish?.node ? wish.room : 0));
      prices[room] = this.relaxed.prices[node] ?? 0;
    }
    for (let one = 0; one < deliveries; one += 1) {
      const now = place[one] ?? 0;
      const then = home[one] ?? 0;
      if (now === then) continue;
      const from = counted[now] ?? -1;
      const to = counted[then] ?? -1;
      if (from !== -1) free[from] = (free[from] ?? 0) + this.#takenBy(one, now);
      if (to !== -1) free[to] = (free[to] ?? 0) - this.#takenBy(one, then);
    }
    return { free, prices };
  }

  /** Those that have a detour for less than `most`, in the order in which they are decided. */
  #decided(turn: Turn, most: number): Int32Array {
    const { deliveries, loads } = this.#plan;
    const least = this.#least;
    const deciding: number[] = [];
    for (let one = 0; one < deliveries; one += 1) if ((least[one] ?? 0) < most) deciding.push(one);
    const rank = this.#rank;
    for (const one of deciding) {
      const dear = least[one] ?? 0;
      rank[one] =
        turn === "largest-first" ? (loads[one] ?? 0) : turn === "mixed" ? dear * (mildness + this.#chance()) : dear;
    }
    deciding.sort((a, b) => (rank[b] ?? 0) - (rank[a] ?? 0) || (least[b] ?? 0) - (least[a] ?? 0));
    return new Int32Array(deciding);
  }

  #listed(
    home: Int32Array,
    deliveries: Int32Array,
    counted: Int32Array,
    most: number,
    count: number,
  ): Omit<Detours, "home" | "free" | "prices" | "over" | "all"> {
    const { nodes } = this.#plan;
    const turns = deliveries.length;
    const homes = new Int32Array(turns);
    const given = new Int32Array(turns);
    const first = new Int32Array(turns + 1);
    const to = new Int32Array(count);
    const rooms = new Int32Array(count);
    const taken = new Int32Array(count);
    const extras = new Float64Array(count);
    let end = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      const one = deliveries[turn] ?? 0;
      const at = home[one] ?? 0;
      const row = one * nodes;
      const base = this.extras[row + at] ?? 0;
      homes[turn] = counted[at] ?? -1;
      given[turn] = this.#takenBy(one, at);
      for (let member = 0; member < this.#size; member += 1) {
        const node = this.#members[member] ?? 0;
        const extra = (this.extras[row + node] ?? 0) - base;
        if (node === at || extra >= most) continue;
        to[end] = node;
        rooms[end] = counted[node] ?? -1;
        taken[end] = this.#takenBy(one, node);
        extras[end] = extra;
        end += 1;
      }
      first[turn + 1] = end;
    }
    return { deliveries, homes, given, first, nodes: to.subarray(0, end), rooms, taken, extras };
  }

  /** What the room costs that is empty in the plan. */
  #idle(among: Uint8Array): number {
    let sum = 0;
    for (let node = 0; node < this.#plan.nodes; node += 1) {
      const price = this.relaxed.prices[node] ?? 0;
      if (price > 0 && among[node] === 1) sum += price * this.#room(node);
    }
    return sum;
  }

  /** How much of a node's room is empty in the plan; of those left, how many more there may be (or fewer, if less than 0). */
  #room(node: number): number {
    const { nodes, place, free } = this.#plan;
    const { limit } = this.relaxed;
    if (node !== nodes - 1) return free[node] ?? 0;
    if (limit === null) return Infinity;
    let left = 0;
    for (const at of place) if (at === node) left += 1;
    return limit.sign * (limit.count - left);
  }

  #takenBy(one: number, node: number): number {
    return node === this.#plan.nodes - 1 ? (this.relaxed.limit?.sign ?? 0) : (this.#plan.loads[one] ?? 0);
  }
}
