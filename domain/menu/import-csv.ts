import type { MenuKey } from "../../contracts/ids.ts";
import { Allergen, Diet, type Language, type TaxClass, type Text } from "../../contracts/menu.ts";
import { type Csv, type CsvRow, parseCsv } from "./csv.ts";
import { currencyInHeading, knownRows } from "./csv-columns.ts";
import { Cursor } from "./cursor.ts";
import { readCurrency } from "./currency-reading.ts";
import type { Draft, DraftGroup, DraftItem, DraftOption, DraftReference } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { assumedTax, type ImportHints } from "./import-hints.ts";
import { keyFrom, keyFromName } from "./menu-key.ts";
import { type PriceNotation, readPrice } from "./price-reading.ts";
import { languageTag, readCount, readFlag, readLoad, readPhoto, readWords, readWordsOf } from "./reading.ts";

/**
 * Reads a menu from CSV with a heading row. Only `name` and `price` (major units, "12.50" or "12,50") must be there.
 *
 * kind: `item` (or empty) or `option` · id · category · name · description · size: a row for each size of the same id
 * or name · price · tax: a rate such as 19 or 19% · currency · allergens, diet, groups: several, with | between ·
 * available: yes or no · stock · photo · station: where it is made · load: how many
 * ordinary deliveries one of it is worth. For options: group (its name), minimum, maximum (of the group, on any of its
 * rows), groups (nested), default. Names in another language stand in `name:th`, `description:th`, `size:th`,
 * `category:th`, `group:th`.
 */
export function readCsv(text: string, hints: ImportHints, log: FaultLog): Draft | null {
  const csv = parseCsv(text);
  const rows = knownRows(csv, log);
  for (const { row, detail } of csv.faults) log.mended(`/${row}`, "csv-row", detail, "read as far as it goes");
  const first = new Cursor(rows[0]?.cells ?? {}, `/${rows[0]?.number ?? 2}`);
  const named = first.at("currency");
  const headed = named.missing || named.value === "" ? currencyInHeading(csv.columns) : undefined;
  const currency = readCurrency(headed === undefined ? named : new Cursor(headed, "/1"), hints.currency, log);
  if (currency === null) return null;
  const decimalMark = decimalMarkOf(csv, rows);
  const reader = new CsvReader(hints, { currency, unit: "major", decimalMark, text: true, fraction: "round" }, log);
  for (const row of rows) reader.row(row);
  return reader.draft();
}

function decimalMarkOf(csv: Csv, rows: readonly CsvRow[]): "." | "," {
  const prices = rows.map(({ cells }) => cells.price ?? "");
  if (prices.some((price) => /\d,\d{1,2}(\D|$)/.test(price))) return ",";
  return csv.delimiter === ";" && !prices.some((price) => /\d\.\d{1,2}(\D|$)/.test(price)) ? "," : ".";
}

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

class CsvReader {
  readonly #hints: ImportHints;
  readonly #notation: PriceNotation;
  readonly #log: FaultLog;
  readonly #language: Language;
  readonly #items = new Map<string, Growing<DraftItem>>();
  readonly #categories = new Map<MenuKey, { path: string; name: Text; items: Set<DraftItem> }>();
  readonly #groups = new Map<MenuKey, Growing<DraftGroup>>();
  readonly #classes = new Map<MenuKey, TaxClass>();

  constructor(hints: ImportHints, notation: PriceNotation, log: FaultLog) {
    this.#hints = hints;
    this.#notation = notation;
    this.#log = log;
    this.#language = hints.language ?? "en";
  }

  draft(): Draft {
    const categories = [...this.#categories].map(([id, { path, name, items }]) => ({
      path,
      id,
      name,
      description: {},
      hours: [],
      items: [...items],
    }));
    const classes = [...this.#classes.values()].slice(0, 50);
    const inclusive = this.#hints.tax?.inclusive ?? true;
    const tax: Draft["tax"] =
      classes.length > 0
        ? { inclusive, classes, says: "rates" }
        : assumedTax(this.#hints, this.#language, "", this.#log);
    const { currency } = this.#notation;
    const groups = [...this.#groups.values()];
    return { currency, languages: [this.#language], tax, categories, items: [...this.#items.values()], groups };
  }

  row({ number, cells }: CsvRow): void {
    const at = new Cursor(cells, `/${number}`);
    const kind = (cells.kind ?? "").toLowerCase();
    const currency = (cells.currency ?? "").toUpperCase();
    if (currency !== "" && currency !== this.#notation.currency) {
      const detail = `The menu's prices are in ${this.#notation.currency}.`;
      return this.#log.refused(at.at("currency").path, "currency-other", detail, "left out");
    }
    if (kind === "option" || kind === "modifier") return this.#option(at, cells);
    if (kind === "" || kind === "item" || kind === "dish") return this.#item(at, cells);
    this.#log.refused(
      at.at("kind").path,
      "kind-unknown",
      `${at.at("kind").shown()} is neither item nor option.`,
      "left out",
    );
  }

  #item(at: Cursor, cells: CsvRow["cells"]): void {
    const name = this.#text(at, cells, "name", 200);
    const size = this.#text(at, cells, "size", 200);
    const sized = Object.keys(size).length > 0;
    const id = keyFrom(cells.id) ?? (name[this.#language] ? keyFromName(name[this.#language] ?? "", "item-") : null);
    const identity = sized && id !== null ? `${id}` : `${id}\n${number(at)}`;
    const price = readPrice(
      at.at("price"),
      this.#notation,
      sized ? "the size is left out" : "the item is left out",
      this.#log,
    );
    const before = this.#items.get(identity);
    if (before === undefined && price === null && !sized) return;
    const item = before ?? this.#newItem(at, cells, { id, name });
    this.#items.set(identity, item);
    this.#place(at, cells, item);
    if (!sized) item.price = price;
    else if (price === null) item.lost += 1;
    else {
      const stock = this.#stock(at);
      const available = readFlag(at.at("available"), true, this.#log);
      const key = keyFromName(Object.values(size)[0] ?? "", "");
      item.variations.push({
        path: at.path,
        id: key,
        name: size,
        price,
        groups: [],
        available,
        stock,
        ...readLoad(at, this.#log),
      });
    }
  }

  #newItem(at: Cursor, cells: CsvRow["cells"], { id, name }: Pick<DraftItem, "id" | "name">): Growing<DraftItem> {
    const sized = (cells.size ?? "") !== "";
    const station = readWords(at.at("station"), 40, this.#log);
    return {
      path: at.path,
      id,
      name,
      description: this.#text(at, cells, "description", 2000),
      price: null,
      lost: 0,
      photo: readPhoto(at.at("photo"), this.#log),
      variations: [],
      groups: this.#references(at),
      allergens: readWordsOf(this.#several(at, "allergens"), Allergen.options, this.#log),
      diet: readWordsOf(this.#several(at, "diet"), Diet.options, this.#log),
      taxClass: this.#taxClass(at),
      hours: [],
      ...(station === null ? {} : { station }),
      ...(sized ? {} : readLoad(at, this.#log)),
      available: sized || readFlag(at.at("available"), true, this.#log),
      stock: sized ? null : this.#stock(at),
    };
  }

  #place(at: Cursor, cells: CsvRow["cells"], item: DraftItem): void {
    const name = this.#text(at, cells, "category", 200);
    const words = Object.values(name)[0];
    if (words === undefined) return;
    const id = keyFromName(words, "category-");
    const category = this.#categories.get(id) ?? { path: at.at("category").path, name, items: new Set() };
    category.items.add(item);
    this.#categories.set(id, category);
  }

  #option(at: Cursor, cells: CsvRow["cells"]): void {
    const names = this.#text(at, cells, "group", 200);
    const words = Object.values(names)[0];
    if (words === undefined) {
      this.#log.refused(at.at("group").path, "group-missing", "The option names no group.", "the option is left out");
      return;
    }
    const id = keyFromName(words, "group-");
    const group = this.#groups.get(id) ?? {
      path: at.path,
      id,
      name: names,
      minimum: 0,
      maximum: null,
      options: [],
      lost: 0,
    };
    this.#groups.set(id, group);
    group.minimum = readCount(at.at("minimum"), { low: 0, high: 99, otherwise: group.minimum }, this.#log);
    group.maximum = readCount(at.at("maximum"), { low: 0, high: 99, otherwise: group.maximum }, this.#log);
    const loss = "the option is left out";
    const price = at.at("price").value === "" ? 0 : readPrice(at.at("price"), this.#notation, loss, this.#log);
    if (price === null) {
      group.lost += 1;
      return;
    }
    const option: DraftOption = {
      path: at.path,
      id: keyFrom(cells.id),
      name: this.#text(at, cells, "name", 200),
      price,
      priceByVariation: {},
      maximum: 1,
      default: readFlag(at.at("default"), false, this.#log),
      groups: this.#references(at),
      allergens: readWordsOf(this.#several(at, "allergens"), Allergen.options, this.#log),
      taxClass: this.#taxClass(at),
      available: readFlag(at.at("available"), true, this.#log),
      stock: this.#stock(at),
    };
    group.options.push(option);
  }

  #references(at: Cursor): DraftReference[] {
    return this.#several(at, "groups").map(({ path, value }) => ({ path, id: keyFromName(String(value), "group-") }));
  }

  #taxClass(at: Cursor): MenuKey | null {
    const cell = at.at("tax");
    if (cell.missing || cell.value === "") return null;
    const rate = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(String(cell.value));
    const ratePpm = rate === null ? null : Number(`${rate[1]}${(rate[2] ?? "").padEnd(4, "0")}`);
    if (ratePpm === null || ratePpm > 1_000_000) {
      this.#log.mended(cell.path, "tax-class-unknown", `${cell.shown()} is no tax rate.`, "taxed as the first class");
      return null;
    }
    const id = `rate-${ratePpm}`;
    this.#classes.set(id, { id, name: { [this.#language]: `${ratePpm / 10_000} %` }, ratePpm });
    return id;
  }

  #stock(at: Cursor): number | null {
    return readCount(at.at("stock"), { low: 0, high: 1_000_000, otherwise: null }, this.#log);
  }

  #several(at: Cursor, column: string): Cursor[] {
    const cell = at.at(column);
    const words = typeof cell.value === "string" ? cell.value.split("|") : [];
    return words.map((each) => new Cursor(each.trim(), cell.path)).filter((each) => each.value !== "");
  }

  #text(at: Cursor, cells: CsvRow["cells"], column: string, longest: number): Text {
    const text: Text = {};
    const plain = readWords(at.at(column), longest, this.#log);
    if (plain !== null) text[this.#language] = plain;
    for (const name of Object.keys(cells)) {
      if (!name.startsWith(`${column}:`)) continue;
      const language = languageTag(name.slice(column.length + 1));
      const words = readWords(at.at(name), longest, this.#log);
      if (language !== null && words !== null) text[language] = words;
    }
    return text;
  }
}

function number(at: Cursor): string {
  return at.path.slice(1);
}
