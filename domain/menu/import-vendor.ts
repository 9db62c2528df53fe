import type { MenuKey } from "../../contracts/ids.ts";
import { deepestOptions, highestPrice, type Language, type Text } from "../../contracts/menu.ts";
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
import { distinct, keyFrom, keyFromName } from "./menu-key.ts";
import { type PriceNotation, readPrice } from "./price-reading.ts";
import { languageTag, readCount, readFlag, readList, readPhoto, readWords } from "./reading.ts";
import { languageOf } from "./script.ts";
import { vendorFile } from "./vendor-file.ts";

/**
 * Reads a vendor as a delivery platform publishes it: one language a file, prices in major units, products inside their
 * categories, option groups ("toppings") by id, named by each variation. Null: no currency.
 */
export function readVendor(source: Cursor, hints: ImportHints, log: FaultLog): Draft | null {
  const { root, categories: headings, groups: toppings } = vendorFile(source, log);
  const currency = readCurrency(root.at("currency"), hints.currency, log);
  if (currency === null) return null;
  const language = readLanguage(root.at("locale"), hints, log);
  const reader = new VendorReader(
    language,
    { currency, unit: "major", decimalMark: ".", text: false, fraction: "round" },
    log,
  );
  const groups = toppings.flatMap(([key, at]) => reader.group(key, at) ?? []);
  const categories = headings.flatMap((at) => reader.category(at) ?? []);
  const active = root.at("vendor").at("is_active");
  if (!readFlag(active, true, log)) {
    const detail = "The platform lists the vendor as inactive.";
    log.noted(active.path, "vendor-inactive", detail, "imported all the same");
  }
  const tax = assumedTax(hints, language, "", log);
  const items = categories.flatMap((category) => category.items);
  return { currency, languages: [language], tax, categories, items, groups: [...groups, ...reader.inline()] };
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
  readonly #inline = new Map<string, DraftGroup>();
  readonly #keys = new Set<MenuKey>();
  readonly #listed = new Set<MenuKey>();
  #depth = 0;

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
      items: readList(at.at("products"), this.#log).flatMap((each) => this.#item(each) ?? []),
      hours: [],
    };
  }

  #item(at: Cursor): DraftItem | null {
    if (!this.#object(at, "product")) return null;
    const sizes = readList(at.at("product_variations"), this.#log);
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
    if (price + (packed ?? 0) > highestPrice) {
      this.#log.refused(
        container.path,
        "price-too-high",
        "With it the price is too high.",
        "the variation is left out",
      );
      return null;
    }
    if (packed) this.#log.mended(container.path, "packaging", "Packaging is charged for apart.", "added to the price");
    return {
      path: at.path,
      id: keyFrom(at.at("id").value, "v"),
      name: this.#text(at.at("name"), 200),
      price: price + (packed ?? 0),
      groups: this.#references(at),
      available: !readFlag(at.at("is_sold_out"), false, this.#log),
      stock: null,
    };
  }

  /** `key` is the name it stands under, used where it does not say its id itself. */
  group(key: string, at: Cursor): DraftGroup | null {
    if (!this.#object(at, "option group")) return null;
    const group = this.#group(key, at);
    if (group.id !== null) for (const keys of [this.#keys, this.#listed]) keys.add(group.id);
    return group;
  }

  #group(key: string, at: Cursor): DraftGroup {
    const options = readList(at.at("options"), this.#log).map((each) => this.#option(each));
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
      groups: this.#references(at),
      allergens: [],
      taxClass: null,
      stock: null,
      available: !readFlag(at.at("is_sold_out"), false, this.#log),
    };
  }

  /** Groups named by id, or standing right where they are asked for. */
  #references(at: Cursor): DraftReference[] {
    const named = readList(at.at("topping_ids"), this.#log).flatMap((each) => this.#reference(each));
    const known = new Set(named.map(({ id }) => id));
    const inline = readList(at.at("toppings"), this.#log).flatMap((each) => this.#reference(each));
    return [...named, ...inline.filter(({ id }) => !known.has(id))];
  }

  #reference(at: Cursor): DraftReference[] {
    const id = at.isObject ? this.#inlineGroup(at) : keyFrom(at.value, "g");
    if (id !== null) return [{ path: at.path, id }];
    if (this.#depth >= deepestOptions && at.isObject) return [];
    this.#log.mended(at.path, "group-unknown", `${at.shown()} is no option group.`, "sold without it");
    return [];
  }

  /** The same group stands at every product that asks for it; another one under its id is a group of its own. */
  #inlineGroup(at: Cursor): MenuKey | null {
    const named = keyFrom(at.at("id").value, "g");
    if (at.at("options").missing || (named !== null && this.#listed.has(named))) return named;
    if (this.#depth >= deepestOptions) {
      const detail = `Options nest more than ${deepestOptions} deep here.`;
      this.#log.mended(at.path, "nested-too-deep", detail, "not asked for here");
      return null;
    }
    this.#depth += 1;
    const group = this.#group("", at);
    this.#depth -= 1;
    const text = JSON.stringify(group, (key, value: unknown) => (key === "path" ? undefined : value));
    const same = this.#inline.get(text);
    if (same !== undefined) return same.id;
    const id = distinct(named ?? keyFromName(Object.values(group.name)[0] ?? "", "group-"), this.#keys);
    this.#keys.add(id);
    this.#inline.set(text, { ...group, id });
    return id;
  }

  /** The groups that were found where they are asked for. */
  inline(): DraftGroup[] {
    return [...this.#inline.values()];
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
