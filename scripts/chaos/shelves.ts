import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";

/** Enough that it never runs out in a run. */
const plenty = 100_000;

/** What is left of what a venue counts, by stock key. Throws where it cannot be read. */
export async function stockOf(world: World, venue: string): Promise<Record<string, number>> {
  const reply = await world.api.call(venueRoutes.stock, { as: world.admin, params: { venue } });
  if (!reply.ok) throw new Error(`The stock of ${venue} cannot be read: ${describe(reply)}`);
  return reply.value.stock;
}

/** Fills every second place of the shelves, so that some things are fought for and others taken to the end. Gives what is there. */
export async function filled(world: World, shops: readonly Shop[]): Promise<Map<string, Record<string, number>>> {
  const all = await Promise.all(
    shops.map(async ({ id }) => {
      const params = { venue: id };
      const counted = Object.keys(await stockOf(world, id));
      for (const key of counted.filter((_, number) => number % 2 === 0)) {
        const set = await world.api.call(venueRoutes.setStock, {
          as: world.admin,
          params,
          body: { key, left: plenty },
        });
        if (!set.ok) throw new Error(`The stock of ${id} cannot be set: ${describe(set)}`);
      }
      return [id, await stockOf(world, id)] as const;
    }),
  );
  return new Map(all);
}
