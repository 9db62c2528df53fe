import { z } from "zod";
import type { MenuKey } from "../../contracts/ids.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { keep, kept } from "../shared/storage.ts";
import { type Basket, billOf, dishKey } from "./basket.ts";
import type { PublishedMenu } from "./venue-data.ts";

/** What each dish of a basket cost when its owner last saw it, and by which menu. Money in minor units. */
const Seen = z.object({ version: z.int(), units: z.record(z.string(), z.int()) });
type Seen = z.infer<typeof Seen>;

/** What a new menu means for a basket that was filled from an older one. */
export type News =
  | { readonly type: "gone"; readonly item: MenuKey }
  | { readonly type: "price"; readonly item: MenuKey; readonly now: number; readonly before: number };

/** What has changed since the basket's owner saw it last; nothing where the menu is the same. `at` is epoch ms. */
export function newsOf(menu: PublishedMenu, venue: VenueView, basket: Basket, at: number): News[] {
  const seen = kept(nameOf(venue.id), Seen);
  if (seen === null || seen.version === menu.version) return [];
  return basket.lines.flatMap((line): News[] => {
    const before = seen.units[dishKey(line)];
    if (before === undefined) return [];
    const now = unitOf(menu, venue, line, at);
    if (now === null) return [{ type: "gone", item: line.item }];
    return now === before ? [] : [{ type: "price", item: line.item, now, before }];
  });
}

/** Notes that the basket has been seen as it stands. */
export function noteSeen(menu: PublishedMenu, venue: VenueView, basket: Basket, at: number): void {
  const units = basket.lines.flatMap((line) => {
    const unit = unitOf(menu, venue, line, at);
    return unit === null ? [] : [[dishKey(line), unit] as const];
  });
  const seen: Seen = { version: menu.version, units: Object.fromEntries(units) };
  keep(nameOf(venue.id), units.length === 0 ? null : seen);
}

function unitOf(menu: PublishedMenu, venue: VenueView, line: Basket["lines"][number], at: number): number | null {
  const bill = billOf(menu, venue, { fulfilment: "pickup", lines: [{ ...line, quantity: 1 }] }, at);
  return bill === null || isRefusal(bill) ? null : bill.subtotal;
}

function nameOf(venue: string): string {
  return `comanda.seen.${venue}`;
}
