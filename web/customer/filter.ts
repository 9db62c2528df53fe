import { signal } from "@preact/signals";
import { z } from "zod";
import { Allergen, type CompiledMenu, Diet, type Item } from "../../contracts/menu.ts";
import { keep, kept } from "../shared/storage.ts";

/** What somebody eats, and must not eat: kept in this browser, for it is the same at every venue. */
const Filter = z.object({ diets: z.array(Diet), without: z.array(Allergen), hidesUnstated: z.boolean() });
export type Filter = z.infer<typeof Filter>;

export const noFilter: Filter = { diets: [], without: [], hidesUnstated: false };
const name = "comanda.filter";

/** Marks that say what something is rather than whom it suits. */
const noDiets: ReadonlySet<Diet> = new Set(["spicy", "alcohol"]);

export const filter = signal<Filter>(kept(name, Filter) ?? noFilter);

export function setFilter(chosen: Filter): void {
  filter.value = chosen;
  keep(name, isEmpty(chosen) ? null : chosen);
}

export function isEmpty({ diets, without }: Filter): boolean {
  return diets.length === 0 && without.length === 0;
}

/** Whether nothing is said of a dish's allergens: an empty list may mean none, and may mean that nobody has asked. */
export function isUnstated({ allergens }: Pick<Item, "allergens">): boolean {
  return allergens.length === 0;
}

export function suits(item: Pick<Item, "diet" | "allergens">, { diets, without, hidesUnstated }: Filter): boolean {
  const suited = diets.every(
    (diet) => item.diet.includes(diet) || (diet === "vegetarian" && item.diet.includes("vegan")),
  );
  if (!suited || without.some((allergen) => item.allergens.includes(allergen))) return false;
  return without.length === 0 || !hidesUnstated || !isUnstated(item);
}

/** What this menu can be filtered by: diets and allergens that it names at all. */
export function offeredBy({ items }: CompiledMenu): { diets: Diet[]; allergens: Allergen[] } {
  const all = Object.values(items);
  const named = new Set(all.flatMap(({ diet }) => diet));
  return {
    diets: Diet.options.filter((diet) => named.has(diet) && !noDiets.has(diet)),
    allergens: Allergen.options.filter((allergen) => all.some(({ allergens }) => allergens.includes(allergen))),
  };
}
