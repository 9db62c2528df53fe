import {
  Allergen, Category, Diet, Hours, Item, type Language, MenuDocument, Option, OptionGroup, type TaxClass, Variation,
} from "../../contracts/menu.ts"; // prettier-ignore
import type { MenuKey } from "../../contracts/ids.ts";
import type { Currency } from "../../contracts/money.ts";
import type { Cursor } from "./cursor.ts";
import { readCurrency } from "./currency-reading.ts";
import type {
  Draft,
  DraftCategory,
  DraftGroup,
  DraftItem,
  DraftOption,
  DraftReference,
  DraftVariation,
} from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { assumedTax, type ImportHints } from "./import-hints.ts";
import { keyFrom } from "./menu-key.ts";
import { readPrice } from "./price-reading.ts";
import {
  languageTag,
  readCount,
  readFlag,
  readList,
  readLoad,
  readPhoto,
  readText,
  readWordsOf,
  readWords,
} from "./reading.ts";

/** Reads Comanda's own JSON, written by hand and therefore as forgiving as the other importers. Null: no currency. */
export function readComanda(file: Cursor, hints: ImportHints, log: FaultLog): Draft | null {
  const currency = readCurrency(file.at("currency"), hints.currency, log);
  if (currency === null) return null;
  const languages = readLanguages(file.at("languages"), hints, log);
  reportUnknown(file, Object.keys(MenuDocument.shape), log);
  const reader = new ComandaReader(currency, languages, log);
  const tax = reader.tax(file.at("tax"), hints);
  const items = readList(file.at("items"), log).flatMap((at) => reader.item(at) ?? []);
  const groups = readList(file.at("groups"), log).map((at) => reader.group(at));
  // The first of an id is the one that is meant; the map keeps the last it is given.
  const itemsById = new Map(items.toReversed().map((item) => [item.id, item]));
  const categories = readList(file.at("categories"), log).map((at) => reader.category(at, itemsById));
  return { currency, languages, tax, categories, items, groups };
}

function readLanguages(at: Cursor, hints: ImportHints, log: FaultLog): Language[] {
  const found = new Set<Language>();
  for (const each of readList(at, log)) {
    const tag = languageTag(each.value);
    if (tag === null) log.mended(each.path, "language-unknown", `${each.shown()} is no language tag.`, "left out");
    else found.add(tag);
  }
  if (found.size === 0) {
    const language = hints.language ?? "en";
    log.mended(at.path, "language-missing", "The file names no language.", `taken as ${language}`);
    return [language];
  }
  return [...found];
}

/** An unknown field is most often a known one misspelt, so it is never passed over in silence. */
function reportUnknown(at: Cursor, known: readonly string[], log: FaultLog): void {
  for (const [key, field] of at.fields()) {
    if (!known.includes(key)) log.mended(field.path, "field-unknown", `There is no field ${key} here.`, "left out");
  }
}

class ComandaReader {
  readonly #languages: readonly Language[];
  readonly #log: FaultLog;
  readonly #notation: Parameters<typeof readPrice>[1];

  constructor(currency: Currency, languages: readonly Language[], log: FaultLog) {
    this.#languages = languages;
    this.#log = log;
    this.#notation = { currency, unit: "minor", decimalMark: ".", text: false, fraction: "refuse" };
  }

  tax(at: Cursor, hints: ImportHints): Draft["tax"] {
    const classes: TaxClass[] = [];
    reportUnknown(at, ["inclusive", "classes"], this.#log);
    for (const each of readList(at.at("classes"), this.#log)) {
      const id = this.#key(each.at("id"));
      const ratePpm = readCount(each.at("ratePpm"), { low: 0, high: 1_000_000, otherwise: null }, this.#log);
      const name = readText(each.at("name"), this.#languages, 200, this.#log);
      if (id === null || ratePpm === null) {
        this.#log.mended(each.path, "tax-class-unusable", "It has no id or no rate.", "left out");
        continue;
      }
      classes.push({ id, name: Object.keys(name).length > 0 ? name : { [this.#languages[0] ?? "en"]: id }, ratePpm });
    }
    const inclusive = readFlag(at.at("inclusive"), hints.tax?.inclusive ?? true, this.#log);
    if (classes.length > 0) return { inclusive, classes: classes.slice(0, 50), says: "all" };
    return assumedTax(hints, this.#languages[0] ?? "en", at.path, this.#log);
  }

  item(at: Cursor): DraftItem | null {
    if (!this.#object(at, "item", Object.keys(Item.shape))) return null;
    const variations = readList(at.at("variations"), this.#log).map((each) => this.#variation(each));
    const kept = variations.filter((each) => each !== null);
    const priced = !at.at("price").missing;
    const price = priced ? readPrice(at.at("price"), this.#notation, "the item is left out", this.#log) : null;
    if (priced && price === null && variations.length === 0) return null;
    return {
      ...this.#sellable(at),
      description: readText(at.at("description"), this.#languages, 2000, this.#log),
      photo: readPhoto(at.at("photo"), this.#log),
      price,
      variations: kept,
      lost: variations.length - kept.length,
      groups: this.#references(at.at("groups")),
      allergens: this.#words(at.at("allergens"), Allergen.options),
      diet: this.#words(at.at("diet"), Diet.options),
      taxClass: this.#key(at.at("taxClass")),
      hours: this.#hours(at.at("hours")),
      ...this.#station(at),
      ...readLoad(at, this.#log),
    };
  }

  #variation(at: Cursor): DraftVariation | null {
    if (!this.#object(at, "variation", Object.keys(Variation.shape))) return null;
    const price = readPrice(at.at("price"), this.#notation, "the variation is left out", this.#log);
    if (price === null) return null;
    return { ...this.#sellable(at), price, groups: this.#references(at.at("groups")), ...readLoad(at, this.#log) };
  }

  group(at: Cursor): DraftGroup {
    reportUnknown(at, Object.keys(OptionGroup.shape), this.#log);
    const options = readList(at.at("options"), this.#log).map((each) => this.#option(each));
    const kept = options.filter((each) => each !== null);
    return {
      path: at.path,
      id: this.#key(at.at("id")),
      name: readText(at.at("name"), this.#languages, 200, this.#log),
      minimum: readCount(at.at("minimum"), { low: 0, high: 99, otherwise: 0 }, this.#log),
      maximum: readCount(at.at("maximum"), { low: 0, high: 99, otherwise: null }, this.#log),
      options: kept,
      lost: options.length - kept.length,
    };
  }

  #option(at: Cursor): DraftOption | null {
    if (!this.#object(at, "option", Object.keys(Option.shape))) return null;
    const loss = "the option is left out";
    const price = at.at("price").missing ? 0 : readPrice(at.at("price"), this.#notation, loss, this.#log);
    const priceByVariation: Record<MenuKey, number> = {};
    for (const [variation, field] of at.at("priceByVariation").fields()) {
      const key = keyFrom(variation);
      const own = readPrice(field, this.#notation, loss, this.#log);
      // Sold at its other price it would be sold at a wrong one.
      if (own === null) return null;
      if (key !== null) priceByVariation[key] = own;
    }
    if (price === null) return null;
    return {
      ...this.#sellable(at),
      price,
      priceByVariation,
      maximum: readCount(at.at("maximum"), { low: 1, high: 99, otherwise: 1 }, this.#log),
      default: readFlag(at.at("default"), false, this.#log),
      groups: this.#references(at.at("groups")),
      allergens: this.#words(at.at("allergens"), Allergen.options),
      taxClass: this.#key(at.at("taxClass")),
    };
  }

  category(at: Cursor, items: ReadonlyMap<MenuKey | null, DraftItem>): DraftCategory {
    reportUnknown(at, Object.keys(Category.shape), this.#log);
    const found = this.#references(at.at("items")).flatMap(({ path, id }) => {
      const item = items.get(id);
      if (item === undefined) this.#log.mended(path, "item-unknown", `No item ${id} was read.`, "left out");
      return item ?? [];
    });
    return {
      path: at.path,
      id: this.#key(at.at("id")),
      name: readText(at.at("name"), this.#languages, 200, this.#log),
      description: readText(at.at("description"), this.#languages, 2000, this.#log),
      items: found,
      hours: this.#hours(at.at("hours")),
      ...this.#station(at),
    };
  }

  #sellable(at: Cursor) {
    return {
      path: at.path,
      id: this.#key(at.at("id")),
      name: readText(at.at("name"), this.#languages, 200, this.#log),
      available: readFlag(at.at("available"), true, this.#log),
      stock: readCount(at.at("stock"), { low: 0, high: 1_000_000, otherwise: null }, this.#log),
    };
  }

  #object(at: Cursor, what: string, known: readonly string[]): boolean {
    if (at.isObject) reportUnknown(at, known, this.#log);
    else this.#log.refused(at.path, "not-an-object", `${at.shown()} is no ${what}.`, `the ${what} is left out`);
    return at.isObject;
  }

  #key(at: Cursor): MenuKey | null {
    const key = keyFrom(at.value);
    if (at.missing || key === at.value) return key;
    this.#log.mended(
      at.path,
      "id-unusable",
      `${at.shown()} cannot be an id.`,
      key === null ? "left out" : `now ${key}`,
    );
    return key;
  }

  #references(at: Cursor): DraftReference[] {
    return readList(at, this.#log).flatMap((each) => {
      const id = this.#key(each);
      return id === null ? [] : [{ path: each.path, id }];
    });
  }

  #words<T extends string>(at: Cursor, known: readonly T[]): T[] {
    return readWordsOf(readList(at, this.#log), known, this.#log);
  }

  #station(at: Cursor): { station?: string } {
    const station = readWords(at.at("station"), 40, this.#log);
    return station === null ? {} : { station };
  }

  #hours(at: Cursor): Hours[] {
    const hours = readList(at, this.#log).flatMap((each) => {
      const read = Hours.safeParse(each.value);
      if (read.success) return [read.data];
      this.#log.mended(each.path, "hours-unreadable", "These are no hours of sale.", "left out");
      return [];
    });
    return hours.slice(0, 50);
  }
}
