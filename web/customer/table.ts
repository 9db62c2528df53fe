import type { Fulfilment } from "../../contracts/basket.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { changeBasket } from "./basket.ts";

/** As long as the API takes, and nothing a kitchen could not read out. */
const readable = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .#/-]{0,19}$/u;

/** The table that a link names (`?table=12`), as on a QR code that stands there; null where it names none. */
export function tableIn(search: string): string | null {
  const named = new URLSearchParams(search).get("table")?.trim().replaceAll(/ +/g, " ") ?? "";
  return readable.test(named) ? named : null;
}

/** Whoever comes by a table's link eats there: until the tab is closed, unless they choose otherwise. */
export function sitDown({ id, settings }: VenueView): void {
  const table = tableIn(location.search);
  if (table === null || !settings.fulfilments.includes("dine-in")) return;
  remember(id, table);
  changeBasket(id, (basket) => ({ ...basket, fulfilment: "dine-in" }));
}

/** At which table the order is wanted; null where it is not to be eaten here, or nobody knows. */
export function tableAt({ id, settings }: VenueView, fulfilment: Fulfilment): string | null {
  if (fulfilment !== "dine-in" || !settings.fulfilments.includes(fulfilment)) return null;
  return recalled(id);
}

const tables = new Map<string, string>();
const nameOf = (venue: string): string => `comanda.table.${venue}`;

function remember(venue: string, table: string): void {
  tables.set(venue, table);
  try {
    sessionStorage.setItem(nameOf(venue), table);
  } catch {
    // A browser that refuses storage knows it until the page is loaded again.
  }
}

function recalled(venue: string): string | null {
  const known = tables.get(venue);
  if (known !== undefined) return known;
  try {
    // Whatever else may have been put there is no table.
    return tableIn(String(new URLSearchParams({ table: sessionStorage.getItem(nameOf(venue)) ?? "" })));
  } catch {
    return null;
  }
}
