import type { MenuKey } from "../../contracts/ids.ts";
import type { Category, MenuDocument } from "../../contracts/menu.ts";
import { canonicalText } from "./canonical.ts";

/** A menu on which two have worked. `clashes` are the parts (`items/soup`) of which both changed the same: mine stand. */
export interface CarriedOver {
  readonly document: MenuDocument;
  readonly clashes: readonly string[];
}

/** What I changed of `base`, done to `theirs`, which somebody else made of the same `base` meanwhile. */
export function carriedOver(base: MenuDocument, mine: MenuDocument, theirs: MenuDocument): CarriedOver {
  const clashes: string[] = [];
  const pick = <T>(was: T, own: T, other: T): T => (same(was, own) ? other : own);
  const document: MenuDocument = {
    ...theirs,
    currency: pick(base.currency, mine.currency, theirs.currency),
    languages: pick(base.languages, mine.languages, theirs.languages),
    tax: pick(base.tax, mine.tax, theirs.tax),
    categories: parts("categories", base.categories, mine.categories, theirs.categories, clashes, headings),
    items: parts("items", base.items, mine.items, theirs.items, clashes),
    groups: parts("groups", base.groups, mine.groups, theirs.groups, clashes),
  };
  const sold = new Set(document.items.map(({ id }) => id));
  const categories = document.categories.map((one) => ({ ...one, items: one.items.filter((id) => sold.has(id)) }));
  return { document: { ...document, categories }, clashes };
}

interface Part {
  readonly id: MenuKey;
}

function parts<P extends Part>(
  where: string,
  base: readonly P[],
  mine: readonly P[],
  theirs: readonly P[],
  clashes: string[],
  both: (was: P, own: P, other: P) => P | null = fields,
): P[] {
  const [was, own, other] = [base, mine, theirs].map((list) => new Map(list.map((part) => [part.id, part])));
  const settled = (id: MenuKey): P[] => {
    const [a, b, c] = [was?.get(id), own?.get(id), other?.get(id)];
    if (same(a, b)) return c === undefined ? [] : [c];
    if (same(a, c) || same(b, c)) return b === undefined ? [] : [b];
    const merged = a === undefined || b === undefined || c === undefined ? null : both(a, b, c);
    if (merged !== null) return [merged];
    clashes.push(`${where}/${id}`);
    return b === undefined ? [] : [b];
  };
  return together(base.map(idOf), mine.map(idOf), theirs.map(idOf)).flatMap(settled);
}

/** A part of which each has changed something else: one its price, one its name. null where both changed the same. */
function fields<P extends Part>(was: P, own: P, other: P): P | null {
  const merged = { ...other };
  for (const field of new Set([...keysOf(was), ...keysOf(own), ...keysOf(other)])) {
    if (same(was[field], own[field]) || same(own[field], other[field])) continue;
    if (!same(was[field], other[field])) return null;
    merged[field] = own[field];
  }
  return merged;
}

/** A heading: which items stand under it is both's to say. */
function headings(was: Category, own: Category, other: Category): Category | null {
  const rest = fields({ ...was, items: [] }, { ...own, items: [] }, { ...other, items: [] });
  if (rest === null) return null;
  const came = own.items.filter((id) => !was.items.includes(id));
  const went = was.items.filter((id) => !own.items.includes(id));
  const items = together(was.items, own.items, other.items).filter(
    (id) => came.includes(id) || (other.items.includes(id) && !went.includes(id)),
  );
  return { ...rest, items };
}

/** All ids once: in their order, or in mine where I have moved something; what only one of us has behind it. */
function together(base: readonly MenuKey[], mine: readonly MenuKey[], theirs: readonly MenuKey[]): MenuKey[] {
  const common = (list: readonly MenuKey[]) => list.filter((id) => base.includes(id) && mine.includes(id));
  const first = same(common(base), common(mine)) ? theirs : mine;
  return [...new Set([...first, ...theirs, ...mine])];
}

const idOf = ({ id }: Part): MenuKey => id;

function keysOf<P extends object>(part: P): (keyof P)[] {
  return Object.keys(part) as (keyof P)[];
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b));
}
