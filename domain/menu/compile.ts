import type { MenuKey } from "../../contracts/ids.ts";
import { type CompiledMenu, type MenuDocument, optionKey, type StockKey, variationKey } from "../../contracts/menu.ts";

/** Makes a menu ready for serving and pricing. The menu must have passed `check` or come from an import. */
export function compile(document: MenuDocument): CompiledMenu {
  const { currency, languages, tax, categories } = document;
  const standard = tax.classes[0]?.id ?? "standard";
  const items = document.items.map((item) => [item.id, { ...item, taxClass: item.taxClass ?? standard }] as const);
  const groups = document.groups.map((group) => [group.id, group] as const);
  return {
    currency,
    languages,
    tax,
    categories,
    items: Object.fromEntries(items),
    groups: Object.fromEntries(groups),
    tracked: tracked(document),
  };
}

function tracked({ items, groups }: MenuDocument): Record<StockKey, number> {
  const counts: Record<StockKey, number> = {};
  const count = (key: StockKey, stock: number | null) => {
    if (stock !== null) counts[key] = stock;
  };
  for (const item of items) {
    count(item.id, item.stock);
    for (const variation of item.variations) count(variationKey(item.id, variation.id), variation.stock);
  }
  for (const group of groups) for (const option of group.options) count(optionKey(group.id, option.id), option.stock);
  return counts;
}

/** The entry of that key, never something every object inherits: a basket may well name an item "constructor". */
export function entry<T>(record: Readonly<Record<MenuKey, T>>, key: MenuKey): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
