import type { MenuKey } from "../../contracts/ids.ts";
import type { Item, Variation } from "../../contracts/menu.ts";
import type { DraftItem, DraftVariation } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { distinct, keyFromName } from "./menu-key.ts";
import type { SettledGroups, Terms } from "./settled-groups.ts";

/** The items that can be sold, by their drafts. Two drafts of one dish under two headings are the same item. */
export function settleItems(
  drafts: readonly DraftItem[],
  groups: SettledGroups,
  terms: Terms,
  log: FaultLog,
): Map<DraftItem, Item> {
  const settled = new Map<DraftItem, Item>();
  const byId = new Map<MenuKey, Item>();
  const taken = new Set<MenuKey>(groups.byId.keys());
  for (const draft of drafts) {
    const item = settleItem(draft, groups, terms, log);
    if (item === null) continue;
    const same = byId.get(item.id);
    if (same !== undefined && sameDish(same, item)) {
      log.noted(draft.path, "item-repeated", `${item.id} was there before, the same.`, "one item, under both headings");
      settled.set(draft, same);
      continue;
    }
    if (byId.size >= 5000) {
      log.refused(draft.path, "items-too-many", "More than 5000 items.", "left out, with all that follow");
      break;
    }
    const id = distinct(item.id, taken);
    if (id !== item.id) log.mended(draft.path, "id-repeated", `${item.id} is something else already.`, `now ${id}`);
    taken.add(id);
    byId.set(id, { ...item, id });
    settled.set(draft, byId.get(id) ?? item);
  }
  return settled;
}

function sameDish(one: Item, other: Item): boolean {
  return (
    JSON.stringify([one.name, one.price, one.variations]) ===
    JSON.stringify([other.name, other.price, other.variations])
  );
}

function settleItem(draft: DraftItem, settledGroups: SettledGroups, terms: Terms, log: FaultLog): Item | null {
  const refuse = (code: string, detail: string) => {
    log.refused(draft.path, code, detail, "the item is left out");
    return null;
  };
  const first = Object.values(draft.name)[0];
  if (first === undefined) return refuse("name-missing", "The item has no name.");
  const groups = settledGroups.usable(draft.groups, log);
  const unfillable = settledGroups.unfillable(draft.groups, groups);
  if (unfillable !== null) return refuse("choice-impossible", unfillable);
  const variations = settleVariations(draft, groups, settledGroups, terms, log);
  if (variations.length === 0 && draft.variations.length + draft.lost > 0) {
    return refuse("no-price", "None of its variations can be sold.");
  }
  if (variations.length === 0 && draft.price === null) return refuse("no-price", "It has no price.");
  if (variations.length > 0 && draft.price !== null) {
    log.mended(draft.path, "two-prices", "It has a price beside its variations.", "the variations' prices are used");
  }
  const taxed = draft.taxClass === null || terms.taxClasses.has(draft.taxClass);
  if (!taxed) log.mended(draft.path, "tax-class-unknown", `There is no ${draft.taxClass}.`, "taxed as the first class");
  const price = variations.length > 0 ? null : draft.price;
  if (price === 0 && !paidFor(groups, settledGroups)) log.noted(draft.path, ...free);
  const { photo, allergens, diet, hours, station, load, available, stock } = draft;
  const description = Object.keys(draft.description).length > 0 ? draft.description : null;
  return {
    id: draft.id ?? keyFromName(first, "item-"),
    name: draft.name,
    description,
    photo,
    price,
    variations,
    groups,
    allergens,
    diet,
    taxClass: taxed ? draft.taxClass : null,
    hours,
    ...(station === undefined ? {} : { station }),
    ...(load === undefined ? {} : { load }),
    available,
    stock,
  };
}

const free = ["free", "Its price is zero.", "sold for nothing"] as const;

/** Whether options chosen can make a price: platforms list "build your own" at zero. */
function paidFor(groups: readonly MenuKey[], settledGroups: SettledGroups): boolean {
  return groups.some((id) => settledGroups.byId.get(id)?.options.some((option) => option.price > 0));
}

function settleVariations(
  draft: DraftItem,
  itemGroups: readonly MenuKey[],
  settledGroups: SettledGroups,
  terms: Terms,
  log: FaultLog,
): Variation[] {
  const byId = new Map<MenuKey, Variation>();
  const byName = new Map<string, Variation>();
  for (const variation of draft.variations) {
    const settled = settleVariation(variation, draft, itemGroups, settledGroups, terms, log);
    if (settled === null) continue;
    const name = JSON.stringify(settled.name);
    const twin = byName.get(name);
    if (twin !== undefined && twin.price === settled.price && sameGroups(twin, settled)) {
      log.mended(variation.path, "variation-repeated", "It was there before at the same price.", "left out");
      twin.available ||= settled.available;
      continue;
    }
    if (twin !== undefined) {
      log.noted(variation.path, "variation-name-repeated", "Its name was there before.", "both are sold");
    }
    if (byId.size >= 250) {
      log.refused(variation.path, "variations-too-many", "More than 250 variations of an item.", "left out");
      continue;
    }
    const id = distinct(settled.id, byId);
    if (id !== settled.id) log.mended(variation.path, "id-repeated", `${settled.id} was there before.`, `now ${id}`);
    const kept = { ...settled, id };
    byId.set(id, kept);
    if (twin === undefined) byName.set(name, kept);
  }
  return [...byId.values()];
}

function sameGroups(one: Variation, other: Variation): boolean {
  return one.groups.join(" ") === other.groups.join(" ");
}

function settleVariation(
  draft: DraftVariation,
  item: DraftItem,
  itemGroups: readonly MenuKey[],
  settledGroups: SettledGroups,
  terms: Terms,
  log: FaultLog,
): Variation | null {
  const groups = settledGroups.usable(draft.groups, log).filter((id) => {
    if (!itemGroups.includes(id)) return true;
    log.mended(draft.path, "group-repeated", `Its item asks for ${id} already.`, "asked for once");
    return false;
  });
  const unfillable = settledGroups.unfillable([...item.groups, ...draft.groups], [...itemGroups, ...groups]);
  if (unfillable !== null) {
    log.refused(draft.path, "choice-impossible", unfillable, "the variation is left out");
    return null;
  }
  if (draft.price === 0 && !paidFor([...itemGroups, ...groups], settledGroups)) log.noted(draft.path, ...free);
  const named = Object.values(draft.name)[0] !== undefined;
  if (!named) log.mended(draft.path, "name-missing", "The variation has no name.", "named Regular");
  const name = named ? draft.name : { [terms.language]: "Regular" };
  const id = draft.id ?? keyFromName(Object.values(name)[0] ?? "", "");
  const { price, available, stock, load } = draft;
  return { id, name, price, groups, ...(load === undefined ? {} : { load }), available, stock };
}
