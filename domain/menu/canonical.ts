import type { MenuDocument } from "../../contracts/menu.ts";

/** The menu as one text that is the same for the same menu, whatever order its fields came in. Lists keep their order. */
export function canonical(document: MenuDocument): string {
  return canonicalText(document);
}

/** The same of any part of it. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
  );
}
