/** Knuth's multiplier. */
const golden = 0x9e3779b1;

/** Partial plans: in which all deliveries up to a turn are decided, and those after it are at home. */
export class Partials {
  count = 0;
  /** Row by row: how much of each room is free. */
  free = new Int32Array(0);
  /** A number that tells its rooms from those of others. */
  keys = new Int32Array(0);
  /** What it has cost so far, and what it may come to in the end. */
  costs = new Float64Array(0);
  promises = new Float64Array(0);

  fit(width: number, rooms: number): void {
    if (this.free.length < width * rooms) this.free = new Int32Array(width * rooms);
    if (this.keys.length >= width) return;
    this.keys = new Int32Array(width);
    this.costs = new Float64Array(width);
    this.promises = new Float64Array(width);
  }
}

/** Where a partial plan stands, found by its key. */
export class Finder {
  #slots = new Int32Array(0);
  #mask = 0;

  clear(width: number): void {
    const size = 2 ** Math.ceil(Math.log2(2 * width));
    if (this.#slots.length < size) this.#slots = new Int32Array(size);
    this.#slots.fill(-1, 0, size);
    this.#mask = size - 1;
  }

  /** The slot in which the key is, or would be. */
  slotOf(key: number, keys: Int32Array): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = (Math.imul(key, golden) >>> 7) & mask;
    for (let at = slots[slot] ?? -1; at !== -1 && keys[at] !== key; at = slots[slot] ?? -1) slot = (slot + 1) & mask;
    return slot;
  }

  /** Who is in the slot; -1: nobody. */
  at(slot: number): number {
    return this.#slots[slot] ?? -1;
  }

  put(slot: number, at: number): void {
    this.#slots[slot] = at;
  }
}

/** What a unit of a room adds to the key: numbers of which no few add up alike but by rare chance (MurmurHash 3). */
export function markOf(room: number): number {
  let mark = Math.imul(room + 1, golden);
  mark = Math.imul(mark ^ (mark >>> 15), 0x85ebca6b);
  mark = Math.imul(mark ^ (mark >>> 13), 0xc2b2ae35);
  return (mark ^ (mark >>> 16)) | 1;
}
