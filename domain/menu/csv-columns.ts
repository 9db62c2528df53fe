import { Cursor } from "./cursor.ts";
import type { Csv, CsvRow } from "./csv.ts";
import type { FaultLog } from "./fault-log.ts";
import { languageTag } from "./reading.ts";

/** The columns a menu may have; see `readCsv`. */
const columns = [
  "kind", "id", "category", "name", "description", "size", "price", "tax", "currency", "allergens", "diet", "group",
  "groups", "minimum", "maximum", "default", "available", "stock", "photo", "station", "load",
]; // prettier-ignore
const translated = ["name", "description", "size", "category", "group"];

/** Other names under which spreadsheets have our columns. */
const aliases: Readonly<Record<string, string>> = {
  type: "kind", item: "name", title: "name", product: "name", dish: "name", variation: "size", variant: "size", portion: "size",
  "unit price": "price", unit_price: "price", amount: "price", cost: "price", vat: "tax", "tax rate": "tax", tax_rate: "tax",
  image: "photo", "image url": "photo", image_url: "photo", section: "category", heading: "category", details: "description",
  "option group": "group", "option groups": "groups", options: "groups", min: "minimum", max: "maximum", sku: "id",
  posten: "station", "prep station": "station", printer: "station", artikel: "name", bezeichnung: "name", gericht: "name", speise: "name", preis: "price", kategorie: "category",
  beschreibung: "description", größe: "size", groesse: "size", mwst: "tax", währung: "currency", allergene: "allergens",
  nom: "name", plat: "name", prix: "price", catégorie: "category", categorie: "category", taille: "size", devise: "currency",
  nombre: "name", plato: "name", precio: "price", categoría: "category", descripción: "description", tamaño: "size",
  nome: "name", piatto: "name", prezzo: "price", preço: "price", categoria: "category", descrizione: "description",
  descrição: "description", naam: "name", gerecht: "name", prijs: "price", omschrijving: "description",
}; // prettier-ignore

/** The column meant by a heading: "Preis" → price, "Item Name" → name, "Price (GBP)" → price, "name:TH" → name:th. */
export function csvColumn(heading: string): string {
  const [whole = "", language] = heading.toLowerCase().split(":");
  const plain = whole.replace(inBrackets, "").trim();
  const bare = plain.replace(/^(?:item|product|menu|dish|food|category)[ _-](?=\w)/, "");
  const name =
    [plain, bare, plain.replace(/[ _-](?:name|title)$/, "")].map(known).find((each) => each !== null) ?? plain;
  return language === undefined ? name : `${name}:${languageTag(language) ?? language.trim()}`;
}

/** "(GBP)", "[eur]", "_gbp" after what the column is called. */
const inBrackets = /\s*(?:[([]\s*([a-z]{3}|[€£$¥฿])\s*[)\]]|(?<=price)[ _]([a-z]{3}))$/;

function known(name: string): string | null {
  if (columns.includes(name)) return name;
  return Object.hasOwn(aliases, name) ? (aliases[name] ?? null) : null;
}

/** The currency a price's heading names: GBP of "unit_price_gbp"; undefined where none does. */
export function currencyInHeading(headings: readonly string[]): string | undefined {
  const price = headings.find((heading) => csvColumn(heading) === "price") ?? "";
  const [, bracketed, tail] = inBrackets.exec(price.toLowerCase()) ?? [];
  return /^[a-z]{3}$/.test(bracketed ?? tail ?? "") ? (bracketed ?? tail)?.toUpperCase() : undefined;
}

const kinds = new Set(["", "item", "dish", "option", "modifier"]);

/** The rows with the columns' own names. A heading that is not known, or there a second time, is logged and left out. */
export function knownRows(csv: Csv, log: FaultLog): CsvRow[] {
  const headings = new Map<string, string>();
  // A column that has our own name is meant before one that has a name like it.
  for (const heading of csv.columns.toSorted((a, b) => Number(columns.includes(b)) - Number(columns.includes(a)))) {
    const column = meant(heading, csv);
    const [plain = "", language] = column.split(":");
    const path = new Cursor({}, "/1").at(heading).path;
    if (heading === "") continue;
    if (!columns.includes(plain) || (language !== undefined && !translated.includes(plain))) {
      log.noted(path, "column-unknown", `There is no column ${heading.slice(0, 60)} in a menu.`, "left out");
    } else if (headings.has(column)) {
      log.mended(
        path,
        "column-repeated",
        `It is the column ${column}, which was there before.`,
        "the first one is used",
      );
    } else headings.set(column, heading);
  }
  const named = [...headings];
  return csv.rows.map(({ number, cells }) => ({
    number,
    cells: Object.fromEntries(named.map(([column, heading]) => [column, cells[heading] ?? ""])),
  }));
}

/** A column "Type" that says Starter, Main, Dessert is a heading of the menu, not our kind of row. */
function meant(heading: string, { rows }: Csv): string {
  const column = csvColumn(heading);
  if (column !== "kind" || heading === "kind") return column;
  return rows.every(({ cells }) => kinds.has((cells[heading] ?? "").toLowerCase())) ? "kind" : "category";
}
