import { z } from "zod";
import type { FieldDifference, MenuDifference, MenuDifferences } from "../../contracts/menu-difference.ts";

const marks = { added: "+", removed: "-", changed: "~" } as const;

/** What publishing would change, for people: a line for each part, its fields before and after. */
export function differencesText({ added, removed, changed, list }: MenuDifferences): string[] {
  const all = added + removed + changed;
  if (all === 0) return ["  No differences."];
  const left = all > list.length ? [`  … and ${all - list.length} more`] : [];
  return [`  ${added} added, ${removed} removed, ${changed} changed:`, ...list.map(line), ...left];
}

function line({ change, part, path, fields, name }: MenuDifference): string {
  const where = path === "" ? "/" : path;
  const what = fields.map((field) => fieldText(field, change)).join("; ");
  return `  ${marks[change]} ${where}${name === null ? ` ${part}` : ` ${JSON.stringify(firstOf(name))}`}${what === "" ? "" : `: ${what}`}`;
}

function fieldText({ field, before, after }: FieldDifference, change: MenuDifference["change"]): string {
  if (change === "added") return `${field} ${valueText(after)}`;
  if (change === "removed") return `${field} ${valueText(before)}`;
  return `${field} ${valueText(before)} → ${valueText(after)}`;
}

const Texts = z.array(z.record(z.string(), z.string()));

/** Lists of names are long in JSON and say little more. */
function valueText(value: FieldDifference["before"]): string {
  const names = Texts.safeParse(value);
  return names.success ? `[${names.data.map(firstOf).join(", ")}]` : JSON.stringify(value);
}

function firstOf(text: Readonly<Record<string, string>>): string {
  return Object.values(text)[0] ?? "";
}
