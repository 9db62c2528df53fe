import type { MenuKey } from "../../contracts/ids.ts";
import type { Language, TaxClass } from "../../contracts/menu.ts";
import type { Cursor } from "./cursor.ts";
import type { DraftTax } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { assumedTax, type ImportHints } from "./import-hints.ts";
import { keyFrom } from "./menu-key.ts";
import { readFlag, readWords } from "./reading.ts";

/** A catalog's taxes as classes. Square puts any number of taxes on an item: each set of them is a class of its own. */
export interface SquareTaxes extends DraftTax {
  /** The class of an item by the ids of its taxes, made when first asked for; null where the file knows no taxes. */
  classOf(ids: Cursor): MenuKey | null;
}

export function readSquareTaxes(
  ats: readonly Cursor[],
  hints: ImportHints,
  language: Language,
  log: FaultLog,
): SquareTaxes {
  const taxes = ats.flatMap((at) => readTax(at, log) ?? []);
  if (taxes.length === 0) return { ...assumedTax(hints, language, "", log), classOf: () => null };
  const inclusive = taxes[0]?.inclusive ?? false;
  const kept = taxes.filter((tax) => {
    if (tax.inclusive === inclusive) return true;
    log.refused(tax.path, "tax-mixed", "Some taxes are in the prices and some are not.", "this one is left out");
    return false;
  });
  const classes: TaxClass[] = kept
    .slice(0, 49)
    .map(({ id, name, ratePpm }) => ({ id, name: { [language]: name }, ratePpm }));
  const classOf = (at: Cursor): MenuKey => {
    const ids = new Set(at.list().flatMap((each) => keyFrom(each.value) ?? []));
    const own = kept.filter(({ id }) => ids.has(id));
    const id = own.map((each) => each.id).join("+");
    const [single] = own;
    if (single !== undefined && own.length === 1) return single.id;
    const key = own.length === 0 ? "untaxed" : (keyFrom(id) ?? "untaxed");
    if (!classes.some((each) => each.id === key)) {
      const ratePpm = Math.min(
        1_000_000,
        own.reduce((sum, each) => sum + each.ratePpm, 0),
      );
      const name =
        own.length === 0
          ? "untaxed"
          : own
              .map((each) => each.name)
              .join(" + ")
              .slice(0, 200)
              .trim();
      classes.push({ id: key, name: { [language]: name }, ratePpm });
    }
    return key;
  };
  return { inclusive, classes, says: "taxes", classOf };
}

function readTax(at: Cursor, log: FaultLog) {
  const data = at.at("tax_data");
  if (!readFlag(data.at("enabled"), true, log)) {
    log.noted(at.path, "tax-disabled", "The tax is switched off in Square.", "left out");
    return null;
  }
  const { value } = data.at("percentage");
  const percentage = /^\s*(\d{1,3})(?:\.(\d{1,4}))?0*\s*%?\s*$/.exec(
    typeof value === "number" ? String(value) : typeof value === "string" ? value : "",
  );
  const id = keyFrom(at.at("id").value);
  const ratePpm = Number(`${percentage?.[1] ?? ""}${(percentage?.[2] ?? "").padEnd(4, "0")}`);
  if (percentage === null || id === null || ratePpm > 1_000_000) {
    log.refused(at.path, "tax-unreadable", `${data.at("percentage").shown()} is no tax rate.`, "the tax is left out");
    return null;
  }
  const name = readWords(data.at("name"), 200, log) ?? id;
  return { path: at.path, id, name, ratePpm, inclusive: data.at("inclusion_type").value === "INCLUSIVE" };
}
