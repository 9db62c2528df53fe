import type { MenuKey } from "../../contracts/ids.ts";
import type { Allergen, Diet, Language, Text } from "../../contracts/menu.ts";
import type { Cursor } from "./cursor.ts";
import { readCurrency } from "./currency-reading.ts";
import type { Draft, DraftCategory, DraftItem, DraftReference, DraftVariation } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import type { ImportHints } from "./import-hints.ts";
import { keyFrom } from "./menu-key.ts";
import type { PriceNotation } from "./price-reading.ts";
import { readFlag, readList, readPhoto, readWords } from "./reading.ts";
import { languageOf } from "./script.ts";
import { SquareLists } from "./square-lists.ts";
import { isLive, isSquare, reportUnread, squareObjects } from "./square-objects.ts";
import { readSquareTaxes, type SquareTaxes } from "./square-taxes.ts";
import { isOrdered, readLocations, readMoney } from "./square-terms.ts";

/** Reads a Square catalog: items with variations in integer cents, modifier lists, categories, taxes. Null: no currency. */
export function readSquare(file: Cursor, hints: ImportHints, log: FaultLog): Draft | null {
  const objects = squareObjects(file).filter((at) => isLive(at, log));
  const currency = readCurrency(firstCurrency(objects) ?? file.at("currency"), hints.currency, log);
  if (currency === null) return null;
  const language = hints.language ?? "en";
  const notation: PriceNotation = { currency, unit: "minor", decimalMark: ".", text: false, fraction: "round" };
  const taxes = readSquareTaxes(
    objects.filter((at) => isSquare(at, "TAX")),
    hints,
    language,
    log,
  );
  const lists = new SquareLists(objects, notation, language, log);
  const reader = new SquareReader(objects, { notation, language, taxes, lists }, log);
  const items = objects.filter((at) => isSquare(at, "ITEM")).flatMap((at) => reader.item(at) ?? []);
  const categories = reader.categories(objects.filter((at) => isSquare(at, "CATEGORY")));
  reportUnread(file, objects, log);
  return { currency, languages: [language], tax: taxes, categories, items, groups: lists.groups() };
}

function firstCurrency(objects: readonly Cursor[]): Cursor | null {
  for (const at of objects) {
    for (const each of [at, ...at.at("item_data").at("variations").list()]) {
      const currency = each.at("item_variation_data").at("price_money").at("currency");
      if (!currency.missing) return currency;
    }
  }
  return null;
}

interface SquareSurroundings {
  readonly notation: PriceNotation;
  readonly language: Language;
  readonly taxes: SquareTaxes;
  readonly lists: SquareLists;
}

class SquareReader {
  readonly #around: SquareSurroundings;
  readonly #log: FaultLog;
  readonly #photos = new Map<unknown, Cursor>();
  readonly #loose = new Map<unknown, Cursor[]>();
  readonly #choices = new Map<unknown, Cursor>();
  readonly #byCategory = new Map<MenuKey, DraftItem[]>();

  constructor(objects: readonly Cursor[], around: SquareSurroundings, log: FaultLog) {
    this.#around = around;
    this.#log = log;
    for (const at of objects) {
      if (isSquare(at, "IMAGE")) this.#photos.set(at.at("id").value, at.at("image_data").at("url"));
      for (const value of [at, ...at.at("item_option_data").at("values").list()]) {
        const named = value.at("item_option_value_data");
        if (named.isObject) this.#choices.set(value.at("id").value, named.at("name"));
      }
      // Some exports list variations beside their items instead of inside them.
      if (!isSquare(at, "ITEM_VARIATION")) continue;
      const item = at.at("item_variation_data").at("item_id").value;
      const others = this.#loose.get(item) ?? [];
      others.push(at);
      this.#loose.set(item, others);
    }
  }

  item(at: Cursor): DraftItem | null {
    const data = at.at("item_data");
    if (!isOrdered(at, this.#log)) return null;
    const nested = readList(data.at("variations"), this.#log);
    const sizes = (nested.length > 0 ? nested : (this.#loose.get(at.at("id").value) ?? [])).filter((each) =>
      isLive(each, this.#log),
    );
    const variations = sizes.map((each) => this.#variation(each));
    const kept = variations.filter((each) => each !== null);
    const [only] = kept;
    // Square gives every item a variation; one alone, with a name that says nothing, is the item itself.
    const plain = sizes.length === 1 && only !== undefined && saysNothing(only.name) ? only : null;
    const food = data.at("food_and_beverage_details");
    const item: DraftItem = {
      path: at.path,
      id: keyFrom(at.at("id").value),
      name: this.#text(data.at("name"), 200),
      description: this.#text(data.either("description_plaintext", "description", "description_html"), 2000),
      photo: readPhoto(this.#photo(at, data), this.#log),
      price: plain?.price ?? null,
      variations: plain === null ? kept : [],
      lost: variations.length - kept.length,
      groups: this.#references(data),
      allergens: this.#squareWords(food.at("ingredients"), allergens),
      diet: [...this.#squareWords(food.at("dietary_preferences"), diets), ...this.#alcohol(data)],
      taxClass: this.#around.taxes.classOf(data.at("tax_ids")),
      hours: [],
      available: plain?.available ?? true,
      stock: null,
    };
    for (const category of categoriesOf(data)) {
      const others = this.#byCategory.get(category) ?? [];
      others.push(item);
      this.#byCategory.set(category, others);
    }
    return item;
  }

  categories(objects: readonly Cursor[]): DraftCategory[] {
    const known = new Set<MenuKey | null>();
    const categories = objects.map((at) => {
      const id = keyFrom(at.at("id").value);
      known.add(id);
      const name = this.#text(at.at("category_data").at("name"), 200);
      const items = id === null ? [] : (this.#byCategory.get(id) ?? []);
      return { path: at.path, id, name, description: {}, items, hours: [] };
    });
    for (const [id, items] of this.#byCategory) {
      const path = items[0]?.path ?? "";
      if (!known.has(id)) this.#log.mended(path, "category-unknown", `There is no category ${id}.`, "left out of it");
    }
    return categories;
  }

  #variation(at: Cursor): DraftVariation | null {
    const data = at.at("item_variation_data");
    const loss = "the variation is left out";
    if (data.at("pricing_type").value === "VARIABLE_PRICING" && data.at("price_money").missing) {
      this.#log.refused(at.path, "price-variable", "Its price is made up at the till.", loss);
      return null;
    }
    const price = readMoney(data.at("price_money"), this.#around.notation, loss, this.#log);
    if (price === null) return null;
    const unit = data.at("measurement_unit_id");
    if (!unit.missing)
      this.#log.noted(unit.path, "sold-by-unit", "Its price is for a unit such as a kilogram.", "sold by the unit");
    const available = readLocations(data, this.#log) && readFlag(data.at("sellable"), true, this.#log);
    const own = this.#text(data.at("name"), 200);
    const name = Object.keys(own).length > 0 ? own : this.#chosen(data);
    return { path: at.path, id: keyFrom(at.at("id").value), name, price, groups: [], available, stock: null };
  }

  /** A variation without a name is named by the options that make it: "Small, Red". */
  #chosen(data: Cursor): Text {
    const words = readList(data.at("item_option_values"), this.#log).flatMap((each) => {
      const name = this.#choices.get(each.at("item_option_value_id").value);
      return name === undefined ? [] : (readWords(name, 60, this.#log) ?? []);
    });
    return words.length === 0
      ? {}
      : { [languageOf(words.join(", "), this.#around.language)]: words.join(", ").slice(0, 200) };
  }

  #references(data: Cursor): DraftReference[] {
    return readList(data.at("modifier_list_info"), this.#log).flatMap((each) => {
      const id = readFlag(each.at("enabled"), true, this.#log) ? this.#around.lists.use(each) : null;
      return id === null ? [] : [{ path: each.path, id }];
    });
  }

  #photo(at: Cursor, data: Cursor): Cursor {
    const ids = [
      at.at("image_id").value,
      ...data
        .at("image_ids")
        .list()
        .map((each) => each.value),
    ];
    const found = ids.map((id) => this.#photos.get(id)).find((photo) => photo !== undefined);
    return found ?? data.at("image_url");
  }

  #alcohol(data: Cursor): Diet[] {
    return readFlag(data.at("is_alcoholic"), false, this.#log) ? ["alcohol"] : [];
  }

  #squareWords<T>(at: Cursor, words: Readonly<Record<string, T>>): T[] {
    const found = at.list().flatMap((each) => {
      const { value } = each.at("standard_name");
      return typeof value === "string" && Object.hasOwn(words, value) ? (words[value] ?? []) : [];
    });
    return [...new Set(found)];
  }

  #text(at: Cursor, longest: number): Text {
    const words = readWords(at, longest, this.#log);
    return words === null ? {} : { [languageOf(words, this.#around.language)]: words };
  }
}

function categoriesOf(data: Cursor): MenuKey[] {
  const listed = data
    .at("categories")
    .list()
    .map((each) => each.at("id").value);
  const single = data.at("category_id").missing ? data.at("reporting_category").at("id") : data.at("category_id");
  const ids = listed.length > 0 ? listed : [single.value];
  return [...new Set(ids.flatMap((id) => keyFrom(id) ?? []))];
}

function saysNothing(name: Text): boolean {
  const words = Object.values(name)[0] ?? "";
  return words === "" || /^(regular|normal|standard|default)( price)?$/i.test(words);
}

const allergens: Readonly<Record<string, Allergen>> = {
  CELERY: "celery", CRUSTACEANS: "crustaceans", EGGS: "eggs", FISH: "fish", GLUTEN: "gluten", LUPIN: "lupin",
  MILK: "milk", MOLLUSCS: "molluscs", MUSTARD: "mustard", PEANUTS: "peanuts", SESAME: "sesame", SOY: "soybeans",
  SULPHITES: "sulphites", TREE_NUTS: "nuts",
}; // prettier-ignore

const diets: Readonly<Record<string, Diet>> = {
  DAIRY_FREE: "lactose-free", GLUTEN_FREE: "gluten-free", HALAL: "halal", KOSHER: "kosher", NUT_FREE: "nut-free",
  VEGAN: "vegan", VEGETARIAN: "vegetarian",
}; // prettier-ignore
