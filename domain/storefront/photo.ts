import type { Item } from "../../contracts/menu.ts";

/** Where our own origin serves the picture of an item, or null where the menu has none. A new menu has new addresses. */
export function photoPath(venue: string, version: number, { id, photo }: Pick<Item, "id" | "photo">): string | null {
  return photo === null ? null : `/-/photos/${venue}/${version}/${encodeURIComponent(id)}`;
}
