import type { Cursor } from "./cursor.ts";
import type { FaultLog } from "./fault-log.ts";
import { readFlag } from "./reading.ts";

/** The objects of a Square catalog export, whichever way it is wrapped. Source: Square Catalog API, CatalogObject. */
export function squareObjects(file: Cursor): Cursor[] {
  // Who fetched the catalog page by page may have kept the pages as a list.
  if (file.isList) return file.list().flatMap((at) => (at.at("objects").isList ? squareObjects(at) : [at]));
  const main = file.at("object").isObject
    ? [file.at("object")]
    : file.either("objects", "catalog_objects", "items").list();
  return [...main, ...file.at("related_objects").list()];
}

/** Whether it has anything that only a Square catalog has. */
export function isSquareFile(file: Cursor): boolean {
  return squareObjects(file).some((at) =>
    ["item_data", "category_data", "modifier_list_data"].some((key) => at.at(key).isObject),
  );
}

/** Whether an object is of that type; exports without types are told by their data. */
export function isSquare(at: Cursor, type: string): boolean {
  return at.at("type").missing ? at.at(`${type.toLowerCase()}_data`).isObject : at.at("type").value === type;
}

/** Whether it is an object that still exists; what does not is logged. */
export function isLive(at: Cursor, log: FaultLog): boolean {
  if (!at.isObject) {
    log.refused(at.path, "not-an-object", `${at.shown()} is no catalog object.`, "left out");
    return false;
  }
  if (!readFlag(at.at("is_deleted"), false, log)) return true;
  log.noted(at.path, "deleted", "It was deleted in Square.", "left out");
  return false;
}

const read = [
  "ITEM", "ITEM_VARIATION", "CATEGORY", "MODIFIER_LIST", "MODIFIER", "TAX", "IMAGE", "ITEM_OPTION", "ITEM_OPTION_VAL",
  "MEASUREMENT_UNIT",
]; // prettier-ignore

/** Discounts change what is paid, so they are refused; the rest only describes. */
const charging = ["DISCOUNT", "PRICING_RULE", "PRODUCT_SET", "TIME_PERIOD", "SERVICE_CHARGE"];

export function reportUnread(file: Cursor, objects: readonly Cursor[], log: FaultLog): void {
  if (typeof file.at("cursor").value === "string" && file.at("cursor").value !== "") {
    const detail = "It is one page of a catalog, and there are more.";
    log.noted(file.at("cursor").path, "page-of-several", detail, "only this page is imported");
  }
  for (const at of objects) {
    const charged = charging.find((each) => isSquare(at, each));
    const { value } = at.at("type");
    if (charged !== undefined) {
      log.refused(at.path, "not-imported", `A ${charged.toLowerCase()} is no part of a menu.`, "left out");
    } else if (!read.some((each) => isSquare(at, each))) {
      const what = typeof value === "string" ? at.at("type").shown() : "An object of no known type";
      log.noted(at.path, "not-imported", `${what} is no part of a menu.`, "left out");
    }
  }
}
