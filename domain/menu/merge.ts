import type { Item, Language, MenuDocument, Option, OptionGroup, Text, Variation } from "../../contracts/menu.ts";

/**
 * The new menu with all it could not say itself taken from the existing one: words in languages it does not speak, taxes,
 * allergens, stock, hours. What is sold, its prices and its order are the new menu's; what it no longer has is gone.
 */
export function merge(existing: MenuDocument, document: MenuDocument): MenuDocument {
  const spoken = document.languages[0] ?? "en";
  const classes = new Set(existing.tax.classes.map(({ id }) => id));
  const before = { categories: byId(existing.categories), items: byId(existing.items), groups: byId(existing.groups) };
  return {
    ...document,
    languages: [...new Set([...existing.languages, ...document.languages])].slice(0, 50),
    tax: existing.tax,
    categories: document.categories.map((now) => {
      const was = before.categories.get(now.id);
      return { ...now, ...words(was, now, spoken), hours: kept(was?.hours, now.hours), ...madeAt(was, now) };
    }),
    items: document.items.map((now) => mergedItem(before.items.get(now.id), now, spoken, classes)),
    groups: document.groups.map((now) => mergedGroup(before.groups.get(now.id), now, spoken, classes)),
  };
}

function mergedItem(was: Item | undefined, fresh: Item, spoken: Language, classes: ReadonlySet<string>): Item {
  const now = withSoleVariation(was, fresh);
  const variations = byId<Variation>(was?.variations ?? []);
  return {
    ...now,
    ...words(was, now, spoken),
    photo: now.photo ?? was?.photo ?? null,
    variations: now.variations.map((each) => {
      const same = variations.get(each.id);
      return {
        ...each,
        name: translated(same?.name, each.name, spoken),
        stock: each.stock ?? same?.stock ?? null,
        ...heavy(same, each),
      };
    }),
    allergens: kept(was?.allergens, now.allergens),
    diet: kept(was?.diet, now.diet),
    taxClass: knownClass(now.taxClass ?? was?.taxClass, classes),
    hours: kept(was?.hours, now.hours),
    ...madeAt(was, now),
    ...heavy(was, now),
    stock: now.stock ?? was?.stock ?? null,
  };
}

interface Made {
  readonly station?: string | undefined;
}

function madeAt(was: Made | undefined, now: Made): { station?: string } {
  const station = now.station ?? was?.station;
  return station === undefined ? {} : { station };
}

function heavy(was: Pick<Item, "load"> | undefined, now: Pick<Item, "load">): { load?: number } {
  const load = now.load ?? was?.load;
  return load === undefined ? {} : { load };
}

/** One language's file may name the only size there is, "1 slice", and the other not: the name says more. */
function withSoleVariation(was: Item | undefined, now: Item): Item {
  const [sole, ...others] = was?.variations ?? [];
  if (sole === undefined || others.length > 0 || now.price === null) return now;
  return { ...now, price: null, variations: [{ ...sole, price: now.price, groups: [], available: true }] };
}

function mergedGroup(was: OptionGroup | undefined, now: OptionGroup, spoken: Language, classes: ReadonlySet<string>) {
  const options = byId<Option>(was?.options ?? []);
  return {
    ...now,
    name: translated(was?.name, now.name, spoken),
    options: now.options.map((each) => {
      const same = options.get(each.id);
      return {
        ...each,
        name: translated(same?.name, each.name, spoken),
        allergens: kept(same?.allergens, each.allergens),
        taxClass: knownClass(each.taxClass ?? same?.taxClass, classes),
        stock: each.stock ?? same?.stock ?? null,
      };
    }),
  };
}

function byId<T extends { id: string }>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((each) => [each.id, each]));
}

function kept<T>(was: T[] | undefined, now: T[]): T[] {
  return now.length > 0 ? now : (was ?? []);
}

function knownClass(id: string | null | undefined, classes: ReadonlySet<string>): string | null {
  return id !== null && id !== undefined && classes.has(id) ? id : null;
}

interface Described {
  readonly name: Text;
  readonly description: Text | null;
}

function words(was: Described | undefined, now: Described, spoken: Language): { name: Text; description: Text | null } {
  const { description } = now;
  const name = translated(was?.name, now.name, spoken);
  if (description === null) return { name, description: was?.description ?? null };
  return { name, description: translated(was?.description, description, spoken) };
}

/**
 * The new words win in the language their file is written in. In any other they are only words that strayed into that
 * file, and give way to those of a file of that language.
 */
function translated(was: Text | null | undefined, now: Text, spoken: Language): Text {
  const own = now[spoken];
  return { ...now, ...was, ...(own === undefined ? {} : { [spoken]: own }) };
}
