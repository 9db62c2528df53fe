import { cutAt } from "./cut.ts";
import type { Detours } from "./detours.ts";
import { Outlook } from "./outlook.ts";
import { Finder, markOf, Partials } from "./partials.ts";

/** What a search found. */
interface Sought {
  /** The node of each delivery; null: nothing better. */
  readonly place: Int32Array | null;
  /** Whether nothing was left out of sight: there is none better than what was found. */
  readonly whole: boolean;
}

/** What it takes to begin, to find the detours of each delivery, and a step of the outlook, in steps of the beam. */
const effortBegin = 400;
const effortEach = 3;
const effortOutlook = 1 / 32;
const leastWidth = 32;
const mostWidth = 8_192;

/**
 * Decides of one delivery after the other whether it makes a detour, and goes on with the most promising partial plans
 * (a beam search, Ow and Morton 1988): promising is what has cost least so far together with what the outlook says. Of
 * plans that fill all rooms alike the cheapest goes on.
 */
export class Beam {
  readonly #outlook = new Outlook();
  readonly #finder = new Finder();
  #now = new Partials();
  #next = new Partials();
  #width = 0;
  #most = 0;
  #whole = true;
  /** What may become of the partial plans: from which, by which detour (0: none), and what that promises. */
  #offers = 0;
  #from = new Uint16Array(0);
  #by = new Uint16Array(0);
  #offered = new Float64Array(0);
  /** By turn, `width` each: from which partial plan it came, and by which detour. */
  #cameFrom = new Uint16Array(0);
  #cameBy = new Uint16Array(0);
  /** The rooms of which the outlook changes at a turn. */
  #changing = new Int32Array(0);
  /** How many steps have been worked out. */
  effort = 0;

  /** The best plan that costs less than `most` beyond the bound, as far as it is found by so much effort. */
  search(detours: Detours, most: number, effort: number): Sought {
    const turns = detours.deliveries.length;
    this.effort += effortBegin + effortEach * detours.home.length;
    if (turns === 0 || most <= 0) return { place: null, whole: true };
    this.#outlook.look(detours, most);
    this.effort += effortOutlook * this.#outlook.effort;
    this.#most = most;
    this.#whole = detours.all && this.#outlook.shift === 0;
    this.#begin(detours, Math.floor(effort / (turns + detours.nodes.length)));
    for (let turn = 0; turn < turns && this.#now.count > 0; turn += 1) {
      this.#offer(detours, turn);
      if (this.#offers > this.#width) this.#whole = false;
      this.#choose(detours, turn, cutAt(this.#offered, this.#offers, this.#width));
      [this.#now, this.#next] = [this.#next, this.#now];
    }
    return { place: this.#best(detours), whole: this.#whole };
  }

  #begin({ free, deliveries, first }: Detours, wanted: number): void {
    const width = Math.max(leastWidth, Math.min(mostWidth, wanted));
    const turns = deliveries.length;
    let ways = 1;
    for (let turn = 0; turn < turns; turn += 1) ways = Math.max(ways, 1 + (first[turn + 1] ?? 0) - (first[turn] ?? 0));
    this.#width = width;
    this.#now.fit(width, free.length);
    this.#next.fit(width, free.length);
    if (this.#offered.length < width * ways) {
      this.#from = new Uint16Array(width * ways);
      this.#by = new Uint16Array(width * ways);
      this.#offered = new Float64Array(width * ways);
    }
    if (this.#cameFrom.length < width * turns) {
      this.#cameFrom = new Uint16Array(width * turns);
      this.#cameBy = new Uint16Array(width * turns);
    }
    if (this.#changing.length < free.length) this.#changing = new Int32Array(free.length);
    const { table, reach, shift, rows } = this.#outlook;
    let promise = 0;
    for (let room = 0; room < free.length; room += 1)
      promise += ahead(table, reach, shift, rows[room] ?? 0, free[room] ?? 0);
    this.#now.free.set(free);
    this.#now.keys[0] = 0;
    this.#now.costs[0] = 0;
    this.#now.promises[0] = promise;
    this.#now.count = 1;
  }

  /** All that may become of the partial plans, the delivery staying at home or making one of its detours. */
  #offer(detours: Detours, turn: number): void {
    const { homes, given, first, rooms, taken, extras, prices } = detours;
    const { table, rows, reach, shift } = this.#outlook;
    const { free, promises, count } = this.#now;
    const size = prices.length;
    const home = homes[turn] ?? -1;
    const gives = given[turn] ?? 0;
    const start = first[turn] ?? 0;
    const end = first[turn + 1] ?? 0;
    const before = turn * size;
    const after = before + size;
    const most = this.#most;
    const changing = this.#changing;
    let changes = 0;
    for (let room = 0; room < size; room += 1) {
      if (rows[before + room] === rows[after + room]) continue;
      changing[changes] = room;
      changes += 1;
    }
    let offers = 0;
    for (let plan = 0; plan < count; plan += 1) {
      const row = plan * size;
      let promise = promises[plan] ?? 0;
      for (let change = 0; change < changes; change += 1) {
        const room = changing[change] ?? 0;
        const units = free[row + room] ?? 0;
        promise +=
          ahead(table, reach, shift, rows[after + room] ?? 0, units) -
          ahead(table, reach, shift, rows[before + room] ?? 0, units);
        const at = units >> shift;
        if (at < -reach || (at > reach && (prices[room] ?? 0) > 0)) this.#whole = false;
      }
      if (promise < most) {
        this.#from[offers] = plan;
        this.#by[offers] = 0;
        this.#offered[offers] = promise;
        offers += 1;
      }
      if (home !== -1) {
        const units = free[row + home] ?? 0;
        const line = rows[after + home] ?? 0;
        promise += ahead(table, reach, shift, line, units + gives) - ahead(table, reach, shift, line, units);
      }
      for (let at = start; at < end; at += 1) {
        const room = rooms[at] ?? -1;
        let value = promise + (extras[at] ?? 0);
        if (room !== -1) {
          const units = free[row + room] ?? 0;
          const line = rows[after + room] ?? 0;
          value += ahead(table, reach, shift, line, units - (taken[at] ?? 0)) - ahead(table, reach, shift, line, units);
        }
        if (value >= most) continue;
        this.#from[offers] = plan;
        this.#by[offers] = at - start + 1;
        this.#offered[offers] = value;
        offers += 1;
      }
    }
    this.#offers = offers;
    this.effort += count * (1 + end - start);
  }

  /** Makes the next partial plans of those offers that promise no more than `cut`. */
  #choose({ homes, given, first, rooms, taken, extras, prices }: Detours, turn: number, cut: number): void {
    const now = this.#now;
    const { free, keys, costs, promises } = this.#next;
    const size = prices.length;
    const home = homes[turn] ?? -1;
    const gives = given[turn] ?? 0;
    const homeMark = home === -1 ? 0 : Math.imul(gives, markOf(home));
    const start = first[turn] ?? 0;
    const trail = turn * this.#width;
    const finder = this.#finder;
    finder.clear(this.#width);
    let count = 0;
    for (let offer = 0; offer < this.#offers; offer += 1) {
      const promise = this.#offered[offer] ?? 0;
      if (promise > cut) continue;
      const from = this.#from[offer] ?? 0;
      const by = this.#by[offer] ?? 0;
      const at = start + by - 1;
      const room = by === 0 ? -1 : (rooms[at] ?? -1);
      const takes = by === 0 ? 0 : (taken[at] ?? 0);
      const cost = (now.costs[from] ?? 0) + (by === 0 ? 0 : (extras[at] ?? 0));
      let key = now.keys[from] ?? 0;
      if (by > 0) key = (key + homeMark) | 0;
      if (room !== -1) key = (key - Math.imul(takes, markOf(room))) | 0;
      const slot = finder.slotOf(key, keys);
      let to = finder.at(slot);
      if (to === -1) {
        if (count === this.#width) continue;
        to = count;
        finder.put(slot, to);
        count += 1;
      } else if ((costs[to] ?? 0) <= cost) continue;
      costs[to] = cost;
      keys[to] = key;
      promises[to] = promise;
      this.#cameFrom[trail + to] = from;
      this.#cameBy[trail + to] = by;
      const row = to * size;
      const source = from * size;
      for (let one = 0; one < size; one += 1) free[row + one] = now.free[source + one] ?? 0;
      if (by > 0 && home !== -1) free[row + home] = (free[row + home] ?? 0) + gives;
      if (room !== -1) free[row + room] = (free[row + room] ?? 0) - takes;
    }
    this.#next.count = count;
  }

  /** The plan that cost least, if any is left in the end. */
  #best({ prices, deliveries, first, nodes, home }: Detours): Int32Array | null {
    const { free, costs, count } = this.#now;
    const size = prices.length;
    let best = this.#most;
    let at = -1;
    for (let one = 0; one < count; one += 1) {
      let cost = costs[one] ?? 0;
      for (let room = 0; room < size; room += 1) {
        const units = free[one * size + room] ?? 0;
        cost += units < 0 ? Infinity : units * (prices[room] ?? 0);
      }
      if (cost >= best) continue;
      best = cost;
      at = one;
    }
    if (at === -1) return null;
    const place = home.slice();
    for (let turn = deliveries.length - 1; turn >= 0; turn -= 1) {
      const by = this.#cameBy[turn * this.#width + at] ?? 0;
      if (by > 0) place[deliveries[turn] ?? 0] = nodes[(first[turn] ?? 0) + by - 1] ?? 0;
      at = this.#cameFrom[turn * this.#width + at] ?? 0;
    }
    return place;
  }
}

/** What a row of the outlook's table says of so much free room. */
function ahead(table: Float64Array, reach: number, shift: number, row: number, units: number): number {
  const at = units >> shift;
  return table[row + reach + (at > reach ? reach : at < -reach ? -reach : at)] ?? 0;
}
