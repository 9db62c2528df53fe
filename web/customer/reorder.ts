import type { BasketLine, Bill } from "../../contracts/basket.ts";
import type { OrderView } from "../../contracts/order.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { Text } from "../../contracts/menu.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { basketAt, billOf, changeBasket } from "./basket.ts";
import { type Reordered, reordered } from "./reordered.ts";
import type { PublishedMenu } from "./venue-data.ts";

/** Puts the lines of an order into the basket of its venue, as far as today's menu has them. `at` is epoch ms. */
export function reorder(order: OrderView, bill: Bill, menu: PublishedMenu, venue: VenueView, at: number): void {
  const missing: Text[] = [];
  const dearer: Reordered["dearer"][number][] = [];
  const lines: BasketLine[] = [];
  for (const [place, line] of order.lines.entries()) {
    const then = bill.lines[place];
    const now = billOf(menu, venue, { fulfilment: "pickup", lines: [line] }, at);
    const name = then?.name ?? { und: line.item };
    if (now === null || isRefusal(now)) {
      missing.push(name);
      continue;
    }
    if (then !== undefined && now.subtotal !== then.total) dearer.push({ name, now: now.subtotal, before: then.total });
    lines.push(line);
  }
  const fulfilment = venue.settings.fulfilments.includes(order.fulfilment)
    ? order.fulfilment
    : basketAt(venue.id).peek().fulfilment;
  changeBasket(venue.id, () => ({ fulfilment, lines }));
  reordered.value = { venue: venue.id, missing, dearer, currency: menu.currency };
}
