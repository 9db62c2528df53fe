import type { Cursor } from "./cursor.ts";
import type { FaultLog } from "./fault-log.ts";
import { readList } from "./reading.ts";

/** Where a delivery platform's file keeps what. */
export interface VendorFile {
  readonly root: Cursor;
  readonly categories: readonly Cursor[];
  /** Option groups, each with the name it stands under ("" in a list). */
  readonly groups: readonly (readonly [string, Cursor])[];
}

/** Whether a file is a delivery platform's: by what only such a file has. */
export function isVendor(file: Cursor): boolean {
  const root = innermost(file);
  const products = root
    .at("categories")
    .list()
    .some((at) => at.at("products").isList);
  const menus = menusOf(root).some((at) => !at.at("menu_categories").missing);
  return products || menus || root.at("toppings").isObject || root.at("vendor").isObject;
}

/** The vendor as a page of the platform has it, or as the platform's own service answers: in `data`, menu by menu. */
export function vendorFile(file: Cursor, log: FaultLog): VendorFile {
  const root = innermost(file);
  const menus = menusOf(root);
  const inMenus = menus.flatMap((at) => readList(at.either("menu_categories", "categories"), log));
  return {
    root,
    categories: [...readList(root.at("categories"), log), ...inMenus],
    groups: [root, ...menus].flatMap((at) => groupsOf(at.at("toppings"), log)),
  };
}

function innermost(file: Cursor): Cursor {
  const inner = file.at("data");
  return inner.isObject && file.at("categories").missing && file.at("menus").missing ? inner : file;
}

function menusOf(root: Cursor): Cursor[] {
  return [...root.at("menus").list(), ...root.at("vendor").at("menus").list()];
}

function groupsOf(at: Cursor, log: FaultLog): (readonly [string, Cursor])[] {
  return at.isObject ? at.fields() : readList(at, log).map((each) => ["", each] as const);
}
