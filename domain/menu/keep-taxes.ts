import type { MenuDocument, TaxClass } from "../../contracts/menu.ts";
import type { DraftTax } from "./draft.ts";
import { isAssumed } from "./import-hints.ts";

/** No menu has more classes than this. */
const mostClasses = 50;

/**
 * The taxes of a venue after a file that says only part of them: a file that names none leaves the venue's as they are,
 * one that names rates adds them. The venue's first class stays first, for it taxes what names no class; and no class
 * goes of which the file does not speak, for the venue's delivery fee may name it.
 */
export function keptTax(was: MenuDocument["tax"], now: DraftTax): DraftTax {
  switch (now.says) {
    case "nothing":
      return { ...was, says: "nothing" };
    case "rates":
      // What was assumed for want of anything better gives way to what is known.
      return isAssumed(was) ? now : { ...now, inclusive: was.inclusive, classes: together(was.classes, now.classes) };
    case "taxes":
      return isAssumed(was) ? now : { ...now, classes: together(was.classes, now.classes) };
    case "all":
      return now;
  }
}

function together(was: readonly TaxClass[], now: readonly TaxClass[]): TaxClass[] {
  const named = new Map(now.map((each) => [each.id, each]));
  const known = new Set(was.map(({ id }) => id));
  return [...was.map((each) => named.get(each.id) ?? each), ...now.filter(({ id }) => !known.has(id))].slice(
    0,
    mostClasses,
  );
}

/** The menu with the tax class that an item or option had before, where the file names none for it. */
export function keepTaxClasses(existing: MenuDocument, document: MenuDocument): MenuDocument {
  const classes = new Set(document.tax.classes.map(({ id }) => id));
  const known = (id: string | null | undefined): string | null =>
    id !== null && id !== undefined && classes.has(id) ? id : null;
  const items = new Map(existing.items.map((each) => [each.id, each.taxClass]));
  const options = new Map(
    existing.groups.flatMap((group) => group.options.map((each) => [`${group.id} ${each.id}`, each.taxClass] as const)),
  );
  return {
    ...document,
    items: document.items.map((each) => ({ ...each, taxClass: each.taxClass ?? known(items.get(each.id)) })),
    groups: document.groups.map((group) => ({
      ...group,
      options: group.options.map((each) => ({
        ...each,
        taxClass: each.taxClass ?? known(options.get(`${group.id} ${each.id}`)),
      })),
    })),
  };
}
