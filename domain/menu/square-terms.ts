import type { Cursor } from "./cursor.ts";
import type { FaultLog } from "./fault-log.ts";
import { type PriceNotation, readPrice } from "./price-reading.ts";
import { readFlag, readList } from "./reading.ts";

/** The amount of a Square `Money` in the menu's currency; null, reported, where it cannot be charged. */
export function readMoney(at: Cursor, notation: PriceNotation, loss: string, log: FaultLog): number | null {
  const { value } = at.at("currency");
  if (typeof value === "string" && value.trim() !== "" && value.trim().toUpperCase() !== notation.currency) {
    log.refused(at.at("currency").path, "currency-other", `The menu's prices are in ${notation.currency}.`, loss);
    return null;
  }
  return readPrice(at.at("amount"), notation, loss, log);
}

/**
 * Whether it is to be had, as far as Square's locations say. A catalog is for all of them and a menu for one, which the
 * file does not name: it is sold out where it is so everywhere, and what only some say is reported.
 */
export function readLocations(data: Cursor, log: FaultLog): boolean {
  const overrides = readList(data.at("location_overrides"), log);
  const soldOut = overrides.map((at) => readFlag(at.at("sold_out"), false, log));
  overrides.forEach((at, index) => {
    const price = at.at("price_money");
    if (!price.missing)
      log.noted(price.path, "price-by-location", "One location has its own price.", "the general price is used");
    if (soldOut[index] === true) {
      const everywhere = soldOut.every(Boolean);
      const action = everywhere ? "imported as sold out" : "imported as available, since others have it";
      log.noted(at.at("sold_out").path, "sold-out-by-location", "It is sold out at a location.", action);
    }
  });
  return !(soldOut.length > 0 && soldOut.every(Boolean));
}

/** Kinds of product that are no food to be ordered. Source: Square Catalog API, CatalogItemProductType. */
const otherGoods = new Set<unknown>(["GIFT_CARD", "APPOINTMENTS_SERVICE", "DONATION", "EVENT", "DIGITAL"]);

/** Whether an item is something that can be ordered here; what cannot is logged. */
export function isOrdered(at: Cursor, log: FaultLog): boolean {
  const data = at.at("item_data");
  if (readFlag(data.at("is_archived"), false, log)) {
    log.noted(at.path, "archived", "It is archived in Square.", "left out");
    return false;
  }
  const kind = data.at("product_type");
  if (!otherGoods.has(kind.value)) return true;
  const what = String(kind.value).toLowerCase().replaceAll("_", " ");
  log.refused(kind.path, "not-food", `It is of the kind ${what}, which no kitchen makes.`, "the item is left out");
  return false;
}
