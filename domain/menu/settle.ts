import type { MenuKey } from "../../contracts/ids.ts";
import type { Category, Language, MenuDocument, Text } from "../../contracts/menu.ts";
import type { Draft, DraftCategory, DraftItem } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { distinct, keyFromName } from "./menu-key.ts";
import { settleGroups } from "./settle-groups.ts";
import { settleItems } from "./settle-items.ts";

const mostCategories = 1000;

/**
 * Makes a menu of a draft in which everything can be ordered: mends what a restaurateur would mend, refuses what cannot
 * be sold, imports the rest and logs each of it. The same draft gives the same menu. Null when nothing is left to sell.
 */
export function settle(draft: Draft, log: FaultLog): MenuDocument | null {
  const classes = uniqueClasses(draft);
  const terms = { taxClasses: new Set(classes.map((each) => each.id)), language: draft.languages[0] ?? "en" };
  const groups = settleGroups(draft.groups, terms, log);
  const items = settleItems(draft.items, groups, terms, log);
  if (items.size === 0) {
    log.refused("", "nothing-to-sell", "No item is left that could be sold.", "the whole file is refused");
    return null;
  }
  const document: MenuDocument = {
    comanda: "menu/1",
    currency: draft.currency,
    languages: [...draft.languages],
    tax: { inclusive: draft.tax.inclusive, classes },
    categories: settleCategories(draft, items, log),
    items: [...new Set(items.values())],
    groups: inOrder(draft, groups.byId),
  };
  return { ...document, languages: languagesOf(document) };
}

/** Groups in the order of the file, whatever order they were settled in. */
function inOrder(draft: Draft, byId: ReadonlyMap<MenuKey, MenuDocument["groups"][number]>): MenuDocument["groups"] {
  const named = draft.groups.flatMap(({ id }) => (id === null ? [] : (byId.get(id) ?? [])));
  return [...new Set([...named, ...byId.values()])];
}

function uniqueClasses({ tax }: Draft): MenuDocument["tax"]["classes"] {
  const byId = new Map(tax.classes.map((each) => [each.id, each]));
  return [...byId.values()];
}

function settleCategories(
  draft: Draft,
  items: ReadonlyMap<DraftItem, MenuDocument["items"][number]>,
  log: FaultLog,
): Category[] {
  const byId = new Map<MenuKey, Category>();
  const placed = new Set<MenuKey>();
  const most =
    draft.categories.length > mostCategories || hasHomeless(draft, items) ? mostCategories - 1 : mostCategories;
  for (const category of draft.categories) {
    if (byId.size >= most) {
      log.mended(category.path, "categories-too-many", `More than ${most} headings.`, "left out, with all that follow");
      break;
    }
    const keys = [...new Set(category.items.flatMap((item) => items.get(item)?.id ?? []))];
    for (const key of keys) placed.add(key);
    if (keys.length === 0) {
      log.noted(category.path, "category-empty", "Nothing that is sold stands under this heading.", "left out");
      continue;
    }
    const same = category.id === null ? undefined : byId.get(category.id);
    if (same !== undefined) {
      log.mended(category.path, "category-repeated", `${same.id} was there before.`, "its items were put there");
      same.items = [...new Set([...same.items, ...keys])];
      continue;
    }
    const settled = settleCategory(category, keys, byId, draft.languages, log);
    byId.set(settled.id, settled);
  }
  const homeless = [...new Set([...items.values()].map((item) => item.id))].filter((id) => !placed.has(id));
  if (homeless.length > 0) {
    const detail = `Under no heading: ${homeless.slice(0, 5).join(", ")}${homeless.length > 5 ? ", …" : ""}.`;
    log.noted("", "items-without-category", detail, "put under a heading of their own, Other");
    const id = distinct("other", byId);
    byId.set(id, { id, name: inFirst(draft.languages, "Other"), description: null, items: homeless, hours: [] });
  }
  return [...byId.values()];
}

/** Whether a heading of their own is needed for items that stand under none. */
function hasHomeless({ categories }: Draft, items: ReadonlyMap<DraftItem, MenuDocument["items"][number]>): boolean {
  const placed = new Set(categories.flatMap((category) => category.items.map((item) => items.get(item)?.id)));
  return [...items.values()].some(({ id }) => !placed.has(id));
}

function settleCategory(
  category: DraftCategory,
  keys: MenuKey[],
  taken: ReadonlyMap<MenuKey, Category>,
  languages: readonly Language[],
  log: FaultLog,
): Category {
  const named = Object.keys(category.name).length > 0;
  if (!named) log.mended(category.path, "name-missing", "The heading has no name.", "named Menu");
  const name = named ? category.name : inFirst(languages, "Menu");
  const id = category.id ?? distinct(keyFromName(Object.values(name)[0] ?? "", "category-"), taken);
  const description = Object.keys(category.description).length > 0 ? category.description : null;
  const { hours, station } = category;
  return { id, name, description, items: keys, hours, ...(station === undefined ? {} : { station }) };
}

function inFirst(languages: readonly Language[], words: string): Text {
  return { [languages[0] ?? "en"]: words };
}

/** The languages the source names, then those its texts turned out to be in. */
function languagesOf(document: MenuDocument): Language[] {
  const found = new Set(document.languages);
  const see = (text: Text | null) => {
    for (const language of Object.keys(text ?? {})) found.add(language);
  };
  for (const category of document.categories) [category.name, category.description].forEach(see);
  for (const item of document.items) {
    [item.name, item.description, ...item.variations.map((each) => each.name)].forEach(see);
  }
  for (const group of document.groups) [group.name, ...group.options.map((each) => each.name)].forEach(see);
  return [...found].slice(0, 50);
}
