import type { FloorOrder } from "../../contracts/floor.ts";

/** A snapshot was read a little before it arrives: what was told since stands against it. */
const overlapMs = 15_000;

/** What is open, of snapshots and single news in whatever order: of two words about one order the newer is right. */
export class Floorbook {
  #known = new Map<string, { readonly order: FloorOrder; readonly heardAt: number }>();

  begin(orders: readonly FloorOrder[], now: number): void {
    const fresh = [...this.#known].filter(([, { heardAt }]) => now - heardAt < overlapMs);
    this.#known = new Map(orders.map((order) => [order.id, { order, heardAt: 0 }]));
    for (const [, { order, heardAt }] of fresh) this.#take(order, heardAt);
  }

  hear(orders: readonly FloorOrder[], now: number): void {
    for (const order of orders) this.#take(order, now);
    // What has ended is kept a moment, so that an older snapshot does not bring it back.
    for (const [id, { order, heardAt }] of this.#known) {
      if (order.endedAt !== null && now - heardAt >= overlapMs) this.#known.delete(id);
    }
  }

  /** The longest placed first. */
  get open(): FloorOrder[] {
    const all = [...this.#known.values()].map(({ order }) => order).filter(({ endedAt }) => endedAt === null);
    return all.toSorted((a, b) => (a.placedAt ?? "").localeCompare(b.placedAt ?? "") || a.id.localeCompare(b.id));
  }

  #take(order: FloorOrder, heardAt: number): void {
    const before = this.#known.get(order.id);
    if (before === undefined || before.order.seq < order.seq) this.#known.set(order.id, { order, heardAt });
  }
}
