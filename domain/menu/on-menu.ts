import type { CompiledMenu, StockKey } from "../../contracts/menu.ts";

/** Whether the menu has an item, `item/variation` or `group/option` of this key. */
export function isOnMenu({ items, groups }: CompiledMenu, key: StockKey): boolean {
  const [whole = "", part] = key.split("/");
  const item = Object.hasOwn(items, whole) ? items[whole] : undefined;
  if (part === undefined) return item !== undefined;
  const options = Object.hasOwn(groups, whole) ? groups[whole]?.options : undefined;
  return [...(item?.variations ?? []), ...(options ?? [])].some(({ id }) => id === part);
}
