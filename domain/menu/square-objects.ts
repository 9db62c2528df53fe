import type { Cursor } from "./cursor.ts";

/** The objects of a Square catalog export, whichever way it is wrapped. Source: Square Catalog API, CatalogObject. */
export function squareObjects(file: Cursor): Cursor[] {
  if (file.isList) return file.list();
  return file.either("objects", "catalog_objects", "items").list();
}

/** Whether an object is of that type; exports without types are told by their data. */
export function isSquare(at: Cursor, type: string): boolean {
  return at.at("type").missing ? at.at(`${type.toLowerCase()}_data`).isObject : at.at("type").value === type;
}
