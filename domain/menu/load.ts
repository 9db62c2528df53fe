import type { Basket } from "../../contracts/basket.ts";
import type { CompiledMenu } from "../../contracts/menu.ts";

/**
 * What a basket takes of the capacity of whoever brings it, in loads: the sum of what the menu says of the things in it.
 * Null where it says nothing of any: an ordinary delivery.
 */
export function loadOf({ items }: Pick<CompiledMenu, "items">, lines: Basket): number | null {
  const load = lines.reduce((sum, { item, variation, quantity }) => {
    const known = items[item];
    const own = known?.variations.find(({ id }) => id === variation)?.load;
    return sum + quantity * (own ?? known?.load ?? 0);
  }, 0);
  return load === 0 ? null : load;
}
