import { type CompiledMenu, optionKey, type StockKey, variationKey } from "../../contracts/menu.ts";
import { said } from "../shared/format.ts";

/** Something that can be counted and sold out: a dish, a size of it, an option. */
export interface Thing {
  readonly key: StockKey;
  readonly name: string;
  /** The dish of a size, the group of an option; null for a dish. */
  readonly of: string | null;
  readonly kind: "item" | "variation" | "option";
}

/** All that can be sold out, dishes in the menu's order with their sizes, then options. */
export function thingsOf({ categories, items, groups }: CompiledMenu): Thing[] {
  const standing = new Set([...categories.flatMap((category) => category.items), ...Object.keys(items)]);
  const dishes = [...standing].flatMap((id) => {
    const item = Object.hasOwn(items, id) ? items[id] : undefined;
    if (item === undefined) return [];
    const name = said(item.name);
    const sizes = item.variations.map((each): Thing => {
      return { key: variationKey(id, each.id), name: said(each.name), of: name, kind: "variation" };
    });
    return [{ key: id, name, of: null, kind: "item" } satisfies Thing, ...sizes];
  });
  const options = Object.values(groups).flatMap((group) =>
    group.options.map((each): Thing => {
      return { key: optionKey(group.id, each.id), name: said(each.name), of: said(group.name), kind: "option" };
    }),
  );
  return [...dishes, ...options];
}
