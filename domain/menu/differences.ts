import type { FieldDifference, MenuDifference, MenuDifferences } from "../../contracts/menu-difference.ts";
import type { MenuDocument } from "../../contracts/menu.ts";
import { canonicalText } from "./canonical.ts";
import {
  categoryKind,
  groupKind,
  itemKind,
  type Json,
  type Kind,
  type Named,
  optionKind,
  variationKind,
} from "./menu-parts.ts";

/** So many are listed where the list goes over the wire; all are counted. */
const mostListed = 1_000;

/**
 * What publishing `after` in place of `before` (null: there is no menu yet) changes: the menu itself, its headings,
 * items and option groups, in the order of the new menu, what goes behind what stays. The same menu twice: nothing.
 */
export function menuDifferences(before: MenuDocument | null, after: MenuDocument): MenuDifference[] {
  const old = before ?? { ...after, categories: [], items: [], groups: [] };
  return [
    ...ofTheMenu(old, after),
    ...among(old.categories, after.categories, categoryKind(old, after)),
    ...among(old.items, after.items, itemKind(old, after), (was, is) =>
      among(was.variations, is.variations, variationKind(is, old, after)),
    ),
    ...among(old.groups, after.groups, groupKind, (was, is) =>
      among(was.options, is.options, optionKind(is, old, after)),
    ),
  ];
}

/** The same, counted, and listed as far as is fit for the wire. */
export function countedDifferences(before: MenuDocument | null, after: MenuDocument): MenuDifferences {
  const all = menuDifferences(before, after);
  const { added = [], removed = [], changed = [] } = Object.groupBy(all, ({ change }) => change);
  return { added: added.length, removed: removed.length, changed: changed.length, list: all.slice(0, mostListed) };
}

function ofTheMenu(before: MenuDocument, after: MenuDocument): MenuDifference[] {
  const [was, is] = [before, after].map((menu) => ({
    currency: menu.currency,
    languages: menu.languages,
    pricesIncludeTax: menu.tax.inclusive,
    taxClasses: menu.tax.classes.map(({ name, ratePpm }) => ({ name, ratePpm })),
  }));
  const fields = [...fieldsOf(was ?? {}, is ?? {}), ...moved(before.categories, after.categories)];
  return fields.length === 0 ? [] : [{ change: "changed", part: "menu", path: "", name: null, of: null, fields }];
}

function among<P extends Named>(
  before: readonly P[],
  after: readonly P[],
  kind: Kind<P>,
  within: (was: P, is: P) => MenuDifference[] = () => [],
): MenuDifference[] {
  const known = new Map(before.map((part) => [part.id, part]));
  const kept = new Set(after.map(({ id }) => id));
  const { part, at, of } = kind;
  const told = (change: MenuDifference["change"], { id, name }: P, fields: FieldDifference[]): MenuDifference => ({
    change,
    part,
    path: `${at}/${id}`,
    name,
    of,
    fields,
  });
  const there = after.flatMap((is) => {
    const was = known.get(is.id);
    if (was === undefined) return [told("added", is, fieldsOf({}, kind.headline(is)))];
    const fields = [
      ...fieldsOf(kind.fields(was), kind.fields(is)),
      ...kind.references(was, is).flatMap((each) => regrouped(each)),
      ...moved(kind.children(was), kind.children(is)),
    ];
    return [...(fields.length === 0 ? [] : [told("changed", is, fields)]), ...within(was, is)];
  });
  const gone = before.filter(({ id }) => !kept.has(id));
  return [...there, ...gone.map((was) => told("removed", was, fieldsOf(kind.headline(was), {})))];
}

/** The fields that are another; one that is missing on a side is null there. */
function fieldsOf(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): FieldDifference[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((field) => {
    const [was, is] = [before[field] ?? null, after[field] ?? null];
    return canonicalText(was) === canonicalText(is) ? [] : [{ field, before: was, after: is }];
  });
}

/** Of a hundred references those that went and those that came, by their names. */
function regrouped({ field, before, after }: ReturnType<Kind<Named>["references"]>[number]): FieldDifference[] {
  const went = before.filter(({ id }) => !after.some((one) => one.id === id));
  const came = after.filter(({ id }) => !before.some((one) => one.id === id));
  const rest = moved(before, after);
  if (went.length === 0 && came.length === 0) return rest;
  return [{ field, before: went.map(({ name }) => name), after: came.map(({ name }) => name) }, ...rest];
}

/** What is on both sides stands in another order: the names in the old one, and in the new. */
function moved(before: readonly Named[], after: readonly Named[]): FieldDifference[] {
  const [old, now] = [new Set(before.map(({ id }) => id)), new Set(after.map(({ id }) => id))];
  const [was, is] = [before.filter(({ id }) => now.has(id)), after.filter(({ id }) => old.has(id))];
  if (was.every(({ id }, at) => is[at]?.id === id)) return [];
  return [{ field: "order", before: was.map(({ name }) => name), after: is.map(({ name }) => name) }];
}
