import type { BasketLine, ChosenOption } from "../../contracts/basket.ts";
import { type CompiledMenu, optionKey, type StockKey, variationKey } from "../../contracts/menu.ts";
import { entry } from "./compile.ts";

export interface Demand {
  readonly key: StockKey;
  readonly quantity: number;
}

/** How much of what is counted a basket needs, each key once, in the order of keys. */
export function demand(menu: CompiledMenu, lines: readonly BasketLine[]): Demand[] {
  const quantities = new Map<StockKey, number>();
  const need = (key: StockKey, quantity: number) => {
    if (entry(menu.tracked, key) === undefined) return;
    quantities.set(key, (quantities.get(key) ?? 0) + quantity);
  };
  const needOptions = (options: readonly ChosenOption[], times: number) => {
    for (const chosen of options) {
      need(optionKey(chosen.group, chosen.option), times * chosen.quantity);
      needOptions(chosen.options, times * chosen.quantity);
    }
  };
  for (const line of lines) {
    need(line.item, line.quantity);
    if (line.variation !== undefined) need(variationKey(line.item, line.variation), line.quantity);
    needOptions(line.options, line.quantity);
  }
  return [...quantities].map(([key, quantity]) => ({ key, quantity })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
