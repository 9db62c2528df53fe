import type { OrderView } from "../../contracts/order.ts";
import { storefrontRoutes } from "../../contracts/storefront-routes.ts";
import { ask } from "../shared/api.ts";
import { keep, kept } from "../shared/storage.ts";
import { keepChoices } from "./choices.ts";
import { Details, detailsName } from "./details.ts";
import { serverNow } from "../shared/server-clock.ts";
import { askMenu } from "./menu-answer.ts";
import { go } from "./place.ts";
import { reorder } from "./reorder.ts";
import { reordered } from "./reordered.ts";

/** Puts what was ordered into the basket again, by today's menu, and goes there. Whether the menu could be had. */
export async function sameAgain(tenant: string, order: OrderView): Promise<boolean> {
  const isHad = await refill(order);
  if (isHad) go(`/${tenant}/${order.venue}`);
  return isHad;
}

/**
 * Takes an order that could not be paid back to the checkout as it was; by way of the menu, where something of it is not
 * what it was. Whether the menu could be had.
 */
export async function payAgain(tenant: string, order: OrderView): Promise<boolean> {
  if (!(await refill(order))) return false;
  const { missing = [], dearer = [] } = reordered.peek() ?? {};
  const isSame = missing.length === 0 && dearer.length === 0;
  if (isSame) reordered.value = null;
  const details = kept(detailsName, Details);
  if (details !== null) keep(detailsName, { ...details, note: order.note ?? "" });
  const wish = order.requestedFor === null ? "at once" : Date.parse(order.requestedFor);
  keepChoices(order.venue, { way: "card", wish });
  go(`/${tenant}/${order.venue}${isSame ? "/checkout" : ""}`, "replace");
  return true;
}

async function refill(order: OrderView): Promise<boolean> {
  const params = { venue: order.venue };
  const [venue, menu] = await Promise.all([ask(storefrontRoutes.read, { params }), askMenu(order.venue)]);
  if (!venue.ok || !menu.ok || order.bill === null) return false;
  reorder(order, order.bill, menu.value, venue.value, serverNow());
  return true;
}
