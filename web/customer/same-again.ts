import type { OrderView } from "../../contracts/order.ts";
import { storefrontRoutes } from "../../contracts/storefront-routes.ts";
import { ask } from "../shared/api.ts";
import { askMenu } from "./menu-answer.ts";
import { go } from "./place.ts";
import { reorder } from "./reorder.ts";

/** Puts what was ordered into the basket again, by today's menu, and goes there. Whether the menu could be had. */
export async function sameAgain(tenant: string, order: OrderView): Promise<boolean> {
  const params = { venue: order.venue };
  const [venue, menu] = await Promise.all([ask(storefrontRoutes.read, { params }), askMenu(order.venue)]);
  if (!venue.ok || !menu.ok || order.bill === null) return false;
  reorder(order, order.bill, menu.value, venue.value, Date.now());
  go(`/${tenant}/${order.venue}`);
  return true;
}
