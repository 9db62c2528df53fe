import { z } from "zod";
import type { EventView } from "../../contracts/order.ts";

const Placed = z.object({
  order: z.object({ demand: z.array(z.object({ key: z.string(), quantity: z.int() })) }),
});

/** What an order takes from the shelf for good, by stock key: nothing where it ended before the food was made. */
export function takenBy(events: readonly Pick<EventView, "type" | "body">[]): Map<string, number> {
  const taken = new Map<string, number>();
  const placed = events.find(({ type }) => type === "placed");
  if (placed === undefined || givenBack(events.map(({ type }) => type))) return taken;
  const { order } = Placed.parse(JSON.parse(placed.body));
  for (const { key, quantity } of order.demand) taken.set(key, (taken.get(key) ?? 0) + quantity);
  return taken;
}

function givenBack(types: readonly string[]): boolean {
  const end = types.findIndex((type) => ["cancelled", "rejected", "failed"].includes(type));
  return end !== -1 && !types.slice(0, end).includes("ready");
}

/** Where what is left is not what was there less what was taken. */
export function missing(
  before: Readonly<Record<string, number>>,
  left: Readonly<Record<string, number>>,
  taken: readonly ReadonlyMap<string, number>[],
): string[] {
  return Object.entries(before).flatMap(([key, stock]) => {
    const expected = taken.reduce((rest, order) => rest - (order.get(key) ?? 0), stock);
    return left[key] === expected ? [] : [`of ${key} ${left[key]} are left, not ${expected} (there were ${stock})`];
  });
}
