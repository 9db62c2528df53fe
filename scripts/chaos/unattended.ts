import { setTimeout as sleep } from "node:timers/promises";
import type { MenuFile } from "../../contracts/menu.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { Tokens } from "../client/tokens.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";

/** A venue where people order and nobody looks at the tablets. */
export interface Unattended {
  readonly venue: string;
  readonly orders: readonly string[];
  /** Nobody orders there any more. */
  leave(): Promise<void>;
}

const venue = "unattended";
const everyMs = 20_000;
const item = "soup";
const menu: MenuFile = {
  comanda: "menu/1",
  currency: "EUR",
  languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 190_000 }] },
  categories: [{ id: "all", name: { en: "All" }, items: [item] }],
  items: [{ id: item, name: { en: "Soup" }, price: 500 }],
};

/** Opens it like the first of the shops; somebody orders there now and then until they are told to leave. */
export async function openUnattended(world: World, [shop]: readonly Shop[]): Promise<Unattended> {
  if (shop === undefined) throw new Error("There are no venues.");
  const { api, admin } = world;
  const settings = { ...shop.settings, escalateAfter: ["PT5S", "PT6S", "PT7S"], answerWithin: "PT3M" };
  const params = { venue };
  const opened = await api.call(venueRoutes.write, { as: admin, params, body: settings });
  if (!opened.ok) throw new Error(`${venue} cannot be opened: ${describe(opened)}`);
  const published = await api.call(venueRoutes.writeMenu, { as: admin, params, body: menu });
  if (!published.ok) throw new Error(`${venue} gets no menu: ${describe(published)}`);
  const orders: string[] = [];
  const leaving = new AbortController();
  const ordering = (async () => {
    const guest = Tokens.ofGuest(api, world.tenant);
    while (!leaving.signal.aborted) {
      const lines = [{ item, quantity: 1 }];
      const checkout = { customer: { name: "Nobody" }, payment: { method: "cash" } } as const;
      const body = { venue, fulfilment: "pickup", lines, checkout } as const;
      const placed = await api.call(orderRoutes.create, { as: guest, body });
      if (placed.ok) orders.push(placed.value.id);
      else world.findings.add("refused", `ordering where nobody looks: ${describe(placed)}`, { venue });
      await sleep(everyMs, undefined, { signal: leaving.signal }).catch(() => {});
    }
  })();
  return { venue, orders, leave: () => (leaving.abort(), ordering) };
}
