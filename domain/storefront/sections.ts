import type { Category, CompiledMenu, Item, Text } from "../../contracts/menu.ts";
import { textIn } from "../../contracts/menu.ts";
import type { Minor } from "../../contracts/money.ts";
import { type Moment, type Orderable, whyNot } from "../menu/availability.ts";
import { entry } from "../menu/compile.ts";

/** One line of the menu as it is shown. */
export interface Dish {
  readonly item: Item;
  /** The price, or the least of several. */
  readonly least: Minor;
  /** Whether there are several. */
  readonly differs: boolean;
  /** Why it cannot be had; null where it can. */
  readonly gone: "soldOut" | "notNow" | null;
}

export interface Section {
  readonly category: Category;
  readonly dishes: readonly Dish[];
}

/** The menu in the order of its categories, those without a dish left out. */
export function sectionsOf(menu: CompiledMenu, moment: Moment, orderable: Orderable): Section[] {
  return menu.categories
    .map((category) => ({
      category,
      dishes: category.items.flatMap((id) => {
        const item = entry(menu.items, id);
        return item === undefined ? [] : [dishOf(menu, item, moment, orderable)];
      }),
    }))
    .filter(({ dishes }) => dishes.length > 0);
}

/** So many dishes make a menu long: what is out of sight of it need not be laid out. */
const long = 120;

export function isLong(sections: readonly Section[]): boolean {
  return sections.reduce((sum, { dishes }) => sum + dishes.length, 0) > long;
}

function dishOf(menu: CompiledMenu, item: Item, moment: Moment, orderable: Orderable): Dish {
  const prices = item.variations.map(({ price }) => price);
  const least = prices.length === 0 ? (item.price ?? 0) : Math.min(...prices);
  let gone: Dish["gone"] | undefined;
  return {
    item,
    least,
    differs: new Set(prices).size > 1,
    // Asked when it is shown: of hundreds of dishes, for each of which it has to look into groups, a few are at first.
    get gone() {
      if (gone === undefined) gone = orderable.item(item) ? null : goneOf(menu, item, moment);
      return gone;
    },
  };
}

function goneOf(menu: CompiledMenu, item: Item, moment: Moment): Dish["gone"] {
  return whyNot(menu, item, moment) === "not sold at this hour" ? "notNow" : "soldOut";
}

/** A text of the menu, and its language where that is not the page's, so that it is read out and set as what it is. */
export interface Said {
  readonly text: string;
  readonly lang: string | undefined;
}

/** `languages` are those preferred, `page` is the one in which all the rest is said. */
export function saidIn(text: Text, languages: readonly string[], page: string): Said {
  const said = textIn(text, languages);
  const lang = Object.keys(text).find((tag) => text[tag] === said);
  return { text: said, lang: lang === undefined || lang.split("-")[0] === page ? undefined : lang };
}
