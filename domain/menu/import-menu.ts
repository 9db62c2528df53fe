import type { MenuDocument, MenuFault } from "../../contracts/menu.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { parseCsv } from "./csv.ts";
import { csvColumn } from "./csv-columns.ts";
import { Cursor } from "./cursor.ts";
import type { DraftTax } from "./draft.ts";
import { FaultLog } from "./fault-log.ts";
import { fileText, type FileText, startOf, whatElse } from "./file-text.ts";
import { readComanda } from "./import-comanda.ts";
import { readCsv } from "./import-csv.ts";
import type { ImportHints } from "./import-hints.ts";
import { readSquare } from "./import-square.ts";
import { readVendor } from "./import-vendor.ts";
import { keepTaxClasses, keptTax } from "./keep-taxes.ts";
import { merge } from "./merge.ts";
import { languageTag } from "./reading.ts";
import { settle } from "./settle.ts";
import { isSquareFile } from "./square-objects.ts";
import { isVendor } from "./vendor-file.ts";

export type MenuFormat = "comanda" | "csv" | "square" | "vendor";

/** What came of a file. `document` is null where nothing in it can be sold; the faults say why. */
export interface ImportedMenu {
  readonly format: MenuFormat;
  readonly document: MenuDocument | null;
  readonly faults: readonly MenuFault[];
}

/**
 * Imports a menu file of any known format: its bytes, its text, or JSON already parsed. Never throws, and the same file gives the
 * same menu. A platform's file says little and holds one language; given the venue's `existing` menu, the rest stays.
 * Of any format, the venue's taxes stay as far as the file does not speak of them.
 */
export function importMenu(source: unknown, told: ImportHints, existing: MenuDocument | null): ImportedMenu | Refusal {
  const hints = { ...told, language: languageTag(told.language) ?? undefined };
  const file = opened(source);
  if ("refused" in file) return file;
  const { format } = file;
  const log = new FaultLog();
  if (typeof file.writtenIn === "string") {
    log.noted("", "not-utf-8", "The file is not written in UTF-8.", `read as ${file.writtenIn}`);
  }
  const draft = read(file, hints, log);
  if (draft === null) return { format, document: null, faults: log.faults };
  // A tax given with the request replaces the venue's; otherwise its own stays, and nothing is assumed.
  const keeps = existing !== null && hints.tax === undefined;
  const document = settle(keeps ? { ...draft, tax: keptTax(existing.tax, draft.tax) } : draft, log);
  if (document === null || existing === null) return { format, document, faults: log.faults };
  const faults = keeps ? log.faults.filter(({ code }) => code !== "tax-missing") : log.faults;
  return { format, document: afterExisting(format, existing, document, draft.tax.says), faults };
}

function afterExisting(format: MenuFormat, existing: MenuDocument, document: MenuDocument, says: DraftTax["says"]) {
  if (format === "vendor") return merge({ ...existing, tax: document.tax }, document);
  return says === "all" ? document : keepTaxClasses(existing, document);
}

/** The format of a file, told by its content alone. */
export function detectFormat(source: unknown): MenuFormat | Refusal {
  const file = opened(source);
  return "refused" in file ? file : file.format;
}

type OpenedFile = { writtenIn?: FileText["writtenIn"] } & (
  | { format: "csv"; text: string }
  | { format: Exclude<MenuFormat, "csv">; root: Cursor }
);

function read(file: OpenedFile, hints: ImportHints, log: FaultLog) {
  switch (file.format) {
    case "csv":
      return readCsv(file.text, hints, log);
    case "comanda":
      return readComanda(file.root, hints, log);
    case "square":
      return readSquare(file.root, hints, log);
    case "vendor":
      return readVendor(file.root, hints, log);
  }
}

function opened(source: unknown): OpenedFile | Refusal {
  if (source instanceof Uint8Array) {
    const read = fileText(source);
    return read === null ? unreadable(startOf(source)) : { ...openedText(read.text), writtenIn: read.writtenIn };
  }
  return typeof source === "string" ? openedText(source) : recognised(new Cursor(source));
}

function openedText(source: string): OpenedFile | Refusal {
  const text = source.replace(/^\ufeff/, "");
  if (!/^\s*[[{]/.test(text)) return openedCsv(text);
  try {
    const json: unknown = JSON.parse(text);
    return recognised(new Cursor(json));
  } catch (error) {
    return refuse("malformed-body", `The file is not JSON: ${error instanceof Error ? error.message : "unreadable"}`);
  }
}

function openedCsv(text: string): OpenedFile | Refusal {
  const { columns } = parseCsv(text.slice(0, 10_000));
  const found = columns.map(csvColumn);
  if (found.includes("name") && found.includes("price")) return { format: "csv", text };
  return unreadable(text.slice(0, 1_000), columns);
}

function unreadable(start: string, columns: readonly string[] = []): Refusal {
  const unknown = "The file is neither JSON nor CSV with the columns name and price";
  const first = JSON.stringify(columns.join(", ").slice(0, 100).toWellFormed());
  return refuse(
    "invalid-value",
    whatElse(start) ?? (columns.length === 0 ? `${unknown}.` : `${unknown}; its first row is ${first}.`),
  );
}

function recognised(root: Cursor): OpenedFile | Refusal {
  const { value } = root.at("comanda");
  if (value === "menu/1") return { format: "comanda", root };
  if (value !== undefined)
    return refuse("invalid-value", `Comanda menu files are menu/1, not ${root.at("comanda").shown()}.`);
  if (isVendor(root)) return { format: "vendor", root };
  if (isSquareFile(root)) return { format: "square", root };
  if (root.at("items").isList && root.at("categories").isList) return { format: "comanda", root };
  return refuse(
    "invalid-value",
    "The file is no menu of a format known here: Comanda, CSV, Square catalog, delivery platform.",
  );
}
