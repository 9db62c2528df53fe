import type { Language, Text } from "../../contracts/menu.ts";
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
import { type PriceNotation, readPrice } from "./price-reading.ts";
import { languageTag, readCount, readFlag, readPhoto, readWords } from "./reading.ts";
import { languageOf } from "./script.ts";

/**
 * Reads a vendor as a delivery platform publishes it: one language a file, prices in major units, products inside their
 * categories, option groups ("toppings") by id, named by each variation. Null: no currency.
 */
export function readVendor(file: Cursor, hints: ImportHints, log: FaultLog): Draft | null {
  const currency = readCurrency(file.at("currency"), hints.currency, log);
  if (currency === null) return null;
  const language = readLanguage(file.at("locale"), hints, log);
  const reader = new VendorReader(
    language,
    { currency, unit: "major", decimalMark: ".", text: false, fraction: "round" },
    log,
  );
  const toppings = file.at("toppings");
  const groups = (toppings.isList ? toppings.list().map((at) => ["", at] as const) : toppings.fields()).flatMap(
    ([key, at]) => reader.group(key, at) ?? [],
  );
  const categories = file
    .at("categories")
    .list()
    .flatMap((at) => reader.category(at) ?? []);
  if (!readFlag(file.at("vendor").at("is_active"), true, log)) {
    log.noted(
      "/vendor/is_active",
      "vendor-inactive",
      "The platform lists the vendor as inactive.",
      "imported all the same",
    );
  }
  const tax = assumedTax(hints, language, "", log);
  return { currency, languages: [language], tax, categories, items: categories.flatMap(({ items }) => items), groups };
}

function readLanguage(at: Cursor, hints: ImportHints, log: FaultLog): Language {
  const tag = languageTag(at.value);
  if (tag !== null) return tag;
  const language = hints.language ?? "en";
  log.mended(at.path, "language-missing", `${at.shown()} is no language tag.`, `taken as ${language}`);
  return language;
}

class VendorReader {
  readonly #language: Language;
  readonly #notation: PriceNotation;
  readonly #log: FaultLog;

  constructor(language: Language, notation: PriceNotation, log: FaultLog) {
    this.#language = language;
    this.#notation = notation;
    this.#log = log;
  }

  category(at: Cursor): DraftCategory | null {
    if (!this.#object(at, "category")) return null;
    return {
      path: at.path,
      id: keyFrom(at.at("id").value, "c"),
      name: this.#text(at.at("name"), 200),
      description: this.#text(at.at("description"), 2000),
      items: at
        .at("products")
        .list()
        .flatMap((each) => this.#item(each) ?? []),
      hours: [],
    };
  }

  #item(at: Cursor): DraftItem | null {
    if (!this.#object(at, "product")) return null;
    const sizes = at.at("product_variations").list();
    const variations = sizes.map((each) => this.#variation(each));
    const kept = variations.filter((each) => each !== null);
    const [only] = kept;
    // A platform gives every product a variation; one alone and without a name is the product itself.
    const plain = sizes.length === 1 && only !== undefined && Object.keys(only.name).length === 0 ? only : null;
    const price =
      sizes.length === 0 && !at.at("price").missing ? this.#price(at.at("price"), "the item is left out") : null;
    const groups = sharedGroups(kept);
    return {
      path: at.path,
      id: keyFrom(at.at("id").value, "p"),
      name: this.#text(at.at("name"), 200),
      description: this.#text(at.at("description"), 2000),
      photo: readPhoto(at.either("file_path", "image_url", "logo_path"), this.#log),
      price: plain?.price ?? price,
      variations: plain === null ? kept.map((each) => (groups === null ? each : { ...each, groups: [] })) : [],
      lost: variations.length - kept.length,
      groups: groups ?? [],
      allergens: [],
      diet: readFlag(at.at("is_alcoholic_item"), false, this.#log) ? ["alcohol"] : [],
      taxClass: null,
      hours: [],
      available: !readFlag(at.at("is_sold_out"), false, this.#log) && (plain?.available ?? true),
      stock: null,
    };
  }

  #variation(at: Cursor): DraftVariation | null {
    if (!this.#object(at, "variation")) return null;
    const price = this.#price(at.at("price"), "the variation is left out");
    if (price === null) return null;
    if (!at.at("price_before_discount").missing) {
      const before = at.at("price_before_discount");
      this.#log.noted(before.path, "discounted", `It used to cost ${before.shown()}.`, "sold at the price of today");
    }
    const container = at.at("container_price");
    const packed =
      container.missing || container.value === 0 ? 0 : this.#price(container, "sold without packaging charge");
    if (packed) this.#log.mended(container.path, "packaging", "Packaging is charged for apart.", "added to the price");
    return {
      path: at.path,
      id: keyFrom(at.at("id").value, "v"),
      name: this.#text(at.at("name"), 200),
      price: price + (packed ?? 0),
      groups: at
        .at("topping_ids")
        .list()
        .flatMap((each) => this.#reference(each)),
      available: !readFlag(at.at("is_sold_out"), false, this.#log),
      stock: null,
    };
  }

  /** `key` is the name it stands under, used where it does not say its id itself. */
  group(key: string, at: Cursor): DraftGroup | null {
    if (!this.#object(at, "option group")) return null;
    const options = at
      .at("options")
      .list()
      .map((each) => this.#option(each));
    const kept = options.filter((each) => each !== null);
    return {
      path: at.path,
      id: keyFrom(key, "g") ?? keyFrom(at.at("id").value, "g"),
      name: this.#text(at.at("name"), 200),
      minimum: readCount(at.at("quantity_minimum"), { low: 0, high: 99, otherwise: 0 }, this.#log),
      maximum: readCount(at.at("quantity_maximum"), { low: 0, high: 99, otherwise: null }, this.#log),
      options: kept,
      lost: options.length - kept.length,
    };
  }

  #option(at: Cursor): DraftOption | null {
    if (!this.#object(at, "option")) return null;
    const price = this.#price(at.at("price"), "the option is left out");
    if (price === null) return null;
    return {
      path: at.path,
      id: keyFrom(at.at("id").value, "o"),
      name: this.#text(at.at("name"), 200),
      price,
      priceByVariation: {},
      maximum: 1,
      default: false,
      groups: at
        .at("topping_ids")
        .list()
        .flatMap((each) => this.#reference(each)),
      allergens: [],
      taxClass: null,
      stock: null,
      available: !readFlag(at.at("is_sold_out"), false, this.#log),
    };
  }

  #reference(at: Cursor): DraftReference[] {
    const id = keyFrom(at.value, "g");
    if (id !== null) return [{ path: at.path, id }];
    this.#log.mended(at.path, "group-unknown", `${at.shown()} is no option group.`, "sold without it");
    return [];
  }

  #price(at: Cursor, loss: string): number | null {
    return readPrice(at, this.#notation, loss, this.#log);
  }

  #text(at: Cursor, longest: number): Text {
    const words = readWords(at, longest, this.#log);
    if (words === null) return {};
    const language = languageOf(words, this.#language);
    if (language !== this.#language) {
      const detail = `${JSON.stringify(words.slice(0, 40))} is not in ${this.#language}.`;
      this.#log.mended(at.path, "other-language", detail, `filed under ${language}`);
    }
    return { [language]: words };
  }

  #object(at: Cursor, what: string): boolean {
    if (!at.isObject) {
      this.#log.refused(at.path, "not-an-object", `${at.shown()} is no ${what}.`, `the ${what} is left out`);
    }
    return at.isObject;
  }
}

/** The groups all variations name alike, with which they belong to the item itself; null where the variations differ. */
function sharedGroups(variations: readonly DraftVariation[]): readonly DraftReference[] | null {
  const named = new Set(variations.map(({ groups }) => groups.map(({ id }) => id).join(" ")));
  return named.size > 1 ? null : (variations[0]?.groups ?? []);
}
