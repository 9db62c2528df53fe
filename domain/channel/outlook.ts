import type { Detours } from "./detours.ts";

/** Room is told apart up to so many units short of and beyond what there is, and so many of the largest load. */
const mostReach = 640;
const reachInLoads = 3;
const leastLoad = 3;

/**
 * What it costs at the least until no room is exceeded or empty, if the deliveries decided from a turn on are all that
 * can still move: of each room by itself, exactly, as a knapsack. A detour from room to room counts by half at both, so
 * that the sum over all rooms is a bound for all together.
 */
export class Outlook {
  /** Rows of what it costs, by units of free room from `-reach` to `reach`. */
  table = new Float64Array(0);
  /** Where the row of a room begins at a turn: `rows[turn * rooms + room]`. Rows that do not change are shared. */
  rows = new Int32Array(0);
  reach = 0;
  /** Room is told apart by units of 2 to the power of this. */
  shift = 0;
  /** How many steps it took. */
  effort = 0;
  #size = 0;
  #used = 0;

  /** Works it out for plans that cost less than `most`; what was worked out before is gone. */
  look(detours: Detours, most: number): void {
    const { deliveries, homes, given, first, rooms, taken, extras } = detours;
    const turns = deliveries.length;
    this.#begin(detours, most);
    this.effort = (this.#size + 2 * (first[turns] ?? 0)) * (2 * this.reach + 1);
    const size = this.#size;
    const unit = 2 ** this.shift;
    for (let turn = turns - 1; turn >= 0; turn -= 1) {
      const now = turn * size;
      this.rows.copyWithin(now, now + size, now + 2 * size);
      const home = homes[turn] ?? -1;
      const gives = Math.round((given[turn] ?? 0) / unit);
      for (let at = first[turn] ?? 0; at < (first[turn + 1] ?? 0); at += 1) {
        const room = rooms[at] ?? -1;
        const extra = (home !== -1 && room !== -1 ? 0.5 : 1) * (extras[at] ?? 0);
        if (home !== -1) this.#move(turn, home, gives, extra);
        if (room !== -1) this.#move(turn, room, -Math.round((taken[at] ?? 0) / unit), extra);
      }
    }
  }

  /** The last rows, after which nothing can move. */
  #begin({ given, prices, first, deliveries }: Detours, most: number): void {
    const turns = deliveries.length;
    let largest = leastLoad;
    for (const load of given) if (load > largest) largest = load;
    this.shift = Math.max(0, Math.ceil(Math.log2((reachInLoads * largest) / mostReach)));
    this.reach = Math.ceil((reachInLoads * largest) / 2 ** this.shift);
    this.#size = prices.length;
    const width = 2 * this.reach + 1;
    const cells = (this.#size + turns + (first[turns] ?? 0)) * width;
    if (this.table.length < cells) this.table = new Float64Array(2 * cells);
    if (this.rows.length < (turns + 1) * this.#size) this.rows = new Int32Array(2 * (turns + 1) * this.#size);
    // What cannot be; not much more than what may be, so that sums in which it comes and goes again stay exact.
    const never = 2 * most;
    this.#used = 0;
    for (const [room, price] of prices.entries()) {
      for (let units = -this.reach; units <= this.reach; units += 1)
        this.table[this.#used + units + this.reach] = units < 0 ? never : units * 2 ** this.shift * price;
      this.rows[turns * this.#size + room] = this.#used;
      this.#used += width;
    }
  }

  /** At a turn a room may be given back `units` (less than 0: may lose them), for `extra`. */
  #move(turn: number, room: number, units: number, extra: number): void {
    const { table, rows } = this;
    const width = 2 * this.reach + 1;
    const from = rows[(turn + 1) * this.#size + room] ?? 0;
    let to = rows[turn * this.#size + room] ?? 0;
    if (to === from) {
      to = this.#used;
      this.#used += width;
      rows[turn * this.#size + room] = to;
      table.copyWithin(to, from, from + width);
    }
    for (let at = Math.max(0, -units); at < width; at += 1) {
      const next = at + units < width ? at + units : width - 1;
      const value = extra + (table[from + next] ?? 0);
      if (value < (table[to + at] ?? 0)) table[to + at] = value;
    }
  }
}
