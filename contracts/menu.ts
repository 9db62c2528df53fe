import { z } from "zod";
import { chosenId, MenuKey } from "./ids.ts";
import { Currency } from "./money.ts";

/** How deep options nest: an option, its options, theirs, and theirs. */
export const deepestOptions = 4;

/** The highest price a menu may carry, in minor units. Keeps every sum of an order a safe integer. */
export const highestPrice = 10_000_000_000;

/** A BCP 47 language tag such as `de`, `pt-BR`, or `und-Cyrl` where only the script is known. */
export const Language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, "a language tag such as de or pt-BR");
export type Language = string;

const textOf = (longest: number) =>
  z
    .record(Language, z.string().trim().min(1).max(longest))
    .refine((text) => Object.keys(text).length > 0, "at least one language");

/** What people read, by language: { "de": "Apfelkuchen", "en": "Apple cake" }. Never empty. */
export const Text = textOf(200);
export type Text = Record<Language, string>;

/** The fourteen allergens of EU Regulation 1169/2011, Annex II. */
export const Allergen = z.enum([
  "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk",
  "nuts", "celery", "mustard", "sesame", "sulphites", "lupin", "molluscs",
]); // prettier-ignore
export type Allergen = z.infer<typeof Allergen>;

export const Diet = z.enum([
  "vegetarian", "vegan", "halal", "kosher", "gluten-free", "lactose-free", "nut-free", "organic", "spicy", "alcohol",
]); // prettier-ignore
export type Diet = z.infer<typeof Diet>;

const Clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "HH:MM");

/** When something is sold, in the venue's own time. ISO weekdays, 1 = Monday. `until` not after `from` runs past midnight. */
export const Hours = z.strictObject({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: Clock,
  until: Clock,
});
export type Hours = z.infer<typeof Hours>;

const Price = z.int().min(0).max(highestPrice);
const Stock = z.int().min(0).max(1_000_000).nullable();
const Groups = z.array(MenuKey).max(50);

/** A kind of taxation; 19 % is ratePpm 190000. */
export const TaxClass = z.strictObject({ id: MenuKey, name: Text, ratePpm: z.int().min(0).max(1_000_000) });
export type TaxClass = z.infer<typeof TaxClass>;

/** What is common to all that can be sold out: an item, a variation, an option. `stock` null is not counted. */
const sellable = { available: z.boolean().default(true), stock: Stock.default(null) };

/** The heaviest thing on a menu, in loads. */
export const heaviestLoad = 1_000;

/**
 * How many ordinary deliveries one of it is worth to whoever brings it: a platter for twenty is 5. Left out: it goes with
 * the rest. A variation's own counts before its item's.
 */
const load = z.int().min(1).max(heaviestLoad).optional();

/** A size or kind of an item, with a price of its own and, where it needs, option groups of its own. Its id is unique in its item. */
export const Variation = z.strictObject({
  id: MenuKey,
  name: Text,
  price: Price,
  groups: Groups.default([]),
  load,
  ...sellable,
});
export type Variation = z.infer<typeof Variation>;

/**
 * One thing to choose in a group; its id is unique in its group. `price` is added for each one taken,
 * or `priceByVariation` where the line's variation is named there. `maximum` is how many of it one may take.
 * `default` is a suggestion to the screen: nothing is ever added to a basket that the basket does not name.
 * `taxClass` null is the item's.
 */
export const Option = z.strictObject({
  id: MenuKey,
  name: Text,
  price: Price.default(0),
  priceByVariation: z.record(MenuKey, Price).default({}),
  maximum: z.int().min(1).max(99).default(1),
  default: z.boolean().default(false),
  groups: Groups.default([]),
  allergens: z.array(Allergen).default([]),
  taxClass: MenuKey.nullable().default(null),
  ...sellable,
});
export type Option = z.infer<typeof Option>;

/** Minimum and maximum count what is taken in all, quantities included. Stored once, shared by many items and options. */
export const OptionGroup = z.strictObject({
  id: MenuKey,
  name: Text,
  minimum: z.int().min(0).max(99).default(0),
  maximum: z.int().min(1).max(99),
  options: z.array(Option).min(1).max(500),
});
export type OptionGroup = z.infer<typeof OptionGroup>;

/** Where in the kitchen something is made, as the crew calls it: Grill. Left out where a menu does not say. */
const station = z.string().trim().min(1).max(40).optional();

/** `price` is null where there are variations, which then carry the prices. `taxClass` null is the menu's first. */
export const Item = z.strictObject({
  id: MenuKey,
  name: Text,
  description: textOf(2000).nullable().default(null),
  photo: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .default(null),
  price: Price.nullable().default(null),
  variations: z.array(Variation).max(250).default([]),
  groups: Groups.default([]),
  allergens: z.array(Allergen).default([]),
  diet: z.array(Diet).default([]),
  taxClass: MenuKey.nullable().default(null),
  hours: z.array(Hours).max(50).default([]),
  station,
  load,
  ...sellable,
});
export type Item = z.infer<typeof Item>;

/** A heading and its items by id; an item may stand under several. No hours: always. */
export const Category = z.strictObject({
  id: MenuKey,
  name: Text,
  description: textOf(2000).nullable().default(null),
  items: z.array(MenuKey).max(5000),
  hours: z.array(Hours).max(50).default([]),
  /** Of those items that name none themselves. */
  station,
});
export type Category = z.infer<typeof Category>;

const Tax = z.strictObject({ inclusive: z.boolean(), classes: z.array(TaxClass).min(1).max(50) });

/**
 * Comanda's own menu file. Prices are integer minor units of `currency`; `languages` begins with the default.
 * The ids of items and groups are unique together. `check` in `domain/menu/` judges what this shape cannot say.
 */
export const MenuDocument = z.strictObject({
  comanda: z.literal("menu/1"),
  currency: Currency,
  languages: z.array(Language).min(1).max(50),
  tax: Tax,
  categories: z.array(Category).max(1000),
  items: z.array(Item).max(5000),
  groups: z.array(OptionGroup).max(5000).default([]),
});
export type MenuDocument = z.infer<typeof MenuDocument>;
/** The file as people write it: what has a default may be left out. */
export type MenuFile = z.input<typeof MenuDocument>;

/**
 * What is counted and sold out: `item`, `item/variation` or `group/option`.
 * Unambiguous because an item and a group never share an id.
 */
export const StockKey = chosenId(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,95}(?:\/[A-Za-z0-9][A-Za-z0-9._:-]{0,95})?$/);
export type StockKey = string;

export function variationKey(item: MenuKey, variation: MenuKey): StockKey {
  return `${item}/${variation}`;
}

export function optionKey(group: MenuKey, option: MenuKey): StockKey {
  return `${group}/${option}`;
}

/** A menu made ready for serving and pricing: by id, tax classes resolved, `tracked` the first count of all that is counted. */
export const CompiledMenu = z.object({
  currency: Currency,
  languages: z.array(Language),
  tax: Tax,
  categories: z.array(Category),
  items: z.record(MenuKey, Item.extend({ taxClass: MenuKey })),
  groups: z.record(MenuKey, OptionGroup),
  tracked: z.record(StockKey, z.int().min(0)),
});
export type CompiledMenu = z.infer<typeof CompiledMenu>;

/**
 * One fault of an imported menu file. `path` is a JSON Pointer into the file as it was sent (a CSV's is /row/column,
 * row 1 being the header). Refused: not imported. Mended: imported otherwise than it stood. Noted: imported as it stood.
 */
export const MenuFault = z.object({
  path: z.string(),
  code: z.string(),
  severity: z.enum(["refused", "mended", "noted"]),
  detail: z.string(),
  action: z.string(),
});
export type MenuFault = z.infer<typeof MenuFault>;

/** The text in the first language it has: those preferred, then whichever it was written in. */
export function textIn(text: Text, preferred: readonly Language[]): string {
  for (const language of preferred) {
    const exact = text[language] ?? text[language.split("-")[0] ?? language];
    if (exact !== undefined) return exact;
  }
  return Object.values(text)[0] ?? "";
}
