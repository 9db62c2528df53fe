import type { MenuKey } from "../../contracts/ids.ts";
import type { FieldDifference, MenuDifference } from "../../contracts/menu-difference.ts";
import type { Category, Item, MenuDocument, Option, OptionGroup, Text, Variation } from "../../contracts/menu.ts";

export type Json = FieldDifference["before"];

/** A part of a menu, or a reference to one: compared by its id, shown by its name. */
export interface Named {
  readonly id: MenuKey;
  readonly name: Text;
}

interface References {
  readonly field: string;
  readonly before: readonly Named[];
  readonly after: readonly Named[];
}

/** How two menus' parts of one kind are told apart. */
export interface Kind<P extends Named> {
  readonly part: MenuDifference["part"];
  readonly at: string;
  readonly of: Text | null;
  /** What a part says by itself. */
  fields(part: P): Readonly<Record<string, Json>>;
  /** What other parts it names, before and after. */
  references(was: P, is: P): readonly References[];
  /** What it holds, of which only the order is its own. */
  children(part: P): readonly Named[];
  /** Of a part that came or went what is worth telling. */
  headline(part: P): Readonly<Record<string, Json>>;
}

const none = () => [];

export function categoryKind(old: MenuDocument, now: MenuDocument): Kind<Category> {
  const [before, after] = [named(old.items), named(now.items)];
  return {
    part: "category",
    at: "/categories",
    of: null,
    fields: ({ name, description, hours, station = null }) => ({ name, description, hours, station }),
    references: (was, is) => [{ field: "items", before: was.items.map(before), after: is.items.map(after) }],
    children: none,
    headline: () => ({}),
  };
}

export function itemKind(old: MenuDocument, now: MenuDocument): Kind<Item> {
  return {
    part: "item",
    at: "/items",
    of: null,
    fields: ({
      name,
      description,
      price,
      photo,
      available,
      stock,
      allergens,
      diet,
      taxClass,
      hours,
      station = null,
      load = null,
    }) => ({
      name,
      description,
      price,
      available,
      stock,
      allergens: allergens.toSorted(),
      diet: diet.toSorted(),
      taxClass,
      hours,
      station,
      load,
      photo,
    }),
    references: groupsOf(old, now),
    children: ({ variations }) => variations,
    headline: ({ price, variations }) => ({ price, prices: pricesOf(variations) }),
  };
}

export function variationKind(item: Item, old: MenuDocument, now: MenuDocument): Kind<Variation> {
  return {
    part: "variation",
    at: `/items/${item.id}/variations`,
    of: item.name,
    fields: ({ name, price, available, stock, load = null }) => ({ name, price, available, stock, load }),
    references: groupsOf(old, now),
    children: none,
    headline: ({ price }) => ({ price }),
  };
}

export const groupKind: Kind<OptionGroup> = {
  part: "group",
  at: "/groups",
  of: null,
  fields: ({ name, minimum, maximum }) => ({ name, minimum, maximum }),
  references: none,
  children: ({ options }) => options,
  headline: ({ minimum, maximum, options }) => ({ minimum, maximum, prices: pricesOf(options) }),
};

export function optionKind(group: OptionGroup, old: MenuDocument, now: MenuDocument): Kind<Option> {
  return {
    part: "option",
    at: `/groups/${group.id}/options`,
    of: group.name,
    fields: ({ id: _, groups: __, allergens, ...option }) => ({ ...option, allergens: allergens.toSorted() }),
    references: groupsOf(old, now),
    children: none,
    headline: ({ price }) => ({ price }),
  };
}

function groupsOf(old: MenuDocument, now: MenuDocument) {
  const [before, after] = [named(old.groups), named(now.groups)];
  return (was: { groups: readonly MenuKey[] }, is: { groups: readonly MenuKey[] }) => [
    { field: "groups", before: was.groups.map(before), after: is.groups.map(after) },
  ];
}

function pricesOf(priced: readonly (Named & { readonly price: number })[]): Json {
  return priced.length === 0 ? null : priced.map(({ name, price }) => ({ name, price }));
}

function named(parts: readonly Named[]): (id: MenuKey) => Named {
  const byId = new Map(parts.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: byId.get(id) ?? { und: id } });
}
