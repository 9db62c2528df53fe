import type { MenuKey } from "../../contracts/ids.ts";
import type { TicketLine, TicketOption } from "../../contracts/kitchen.ts";
import type { Allergen, CompiledMenu, OptionGroup, Text } from "../../contracts/menu.ts";

/**
 * In what a dish differs from how it is usually made. `chosen` is one of what has to be chosen anyway; `instead` names
 * what it takes the place of. `depth` counts options of options, from 0.
 */
export interface Modifier {
  readonly kind: "added" | "without" | "instead" | "chosen";
  readonly name: Text;
  readonly quantity: number;
  readonly usual: Text | null;
  readonly allergens: readonly Allergen[];
  readonly depth: number;
}

type Menu = Pick<CompiledMenu, "items" | "groups">;

/** The modifiers of a line, by the menu's groups and their order; by the names alone where no menu is at hand. */
export function modifiersOf(
  { item, variation, options }: Pick<TicketLine, "item" | "variation" | "options">,
  menu: Menu | null,
): Modifier[] {
  const known = menu?.items[item];
  const sized = known?.variations.find(({ id }) => id === variation?.id);
  return modifiersIn(options, [...(known?.groups ?? []), ...(sized?.groups ?? [])], menu, 0);
}

function modifiersIn(
  taken: readonly TicketOption[],
  asked: readonly MenuKey[],
  menu: Menu | null,
  depth: number,
): Modifier[] {
  const ids = [...new Set([...asked, ...taken.map(({ group }) => group)])];
  return ids.flatMap((id) => {
    const group = menu?.groups[id];
    const own = taken.filter((option) => option.group === id);
    const chosen = own.flatMap((option, place) => [
      modifierOf(option, group, place === 0 ? missing(own, group) : null, depth),
      ...modifiersIn(
        option.options,
        group?.options.find((each) => each.id === option.option)?.groups ?? [],
        menu,
        depth + 1,
      ),
    ]);
    return [...chosen, ...leftOut(own, group, depth)];
  });
}

/** What would usually be there, in a group of which something has to be taken and something else was. */
function missing(taken: readonly TicketOption[], group: OptionGroup | undefined): Text | null {
  if (group === undefined || !isChoice(group)) return null;
  const usual = group.options.find((each) => each.default);
  return usual === undefined || taken.some(({ option }) => option === usual.id) ? null : usual.name;
}

function isChoice({ minimum, maximum }: OptionGroup): boolean {
  return minimum > 0 || maximum === 1;
}

function modifierOf(option: TicketOption, group: OptionGroup | undefined, usual: Text | null, depth: number): Modifier {
  const { name, quantity, allergens } = option;
  const isUsual = group?.options.some((each) => each.id === option.option && each.default) ?? false;
  const said = { name, quantity, allergens, depth, usual: null };
  if (saysWithout(name)) return { ...said, kind: "without", name: withoutWord(name) };
  if (isUsual) return { ...said, kind: "chosen" };
  if (usual !== null) return { ...said, kind: "instead", usual };
  return { ...said, kind: (group?.minimum ?? 0) > 0 ? "chosen" : "added" };
}

/** What usually goes with it and was not taken, but for what something else takes the place of. */
function leftOut(taken: readonly TicketOption[], group: OptionGroup | undefined, depth: number): Modifier[] {
  if (group === undefined || (isChoice(group) && taken.length > 0)) return [];
  return group.options
    .filter((each) => each.default && !taken.some(({ option }) => option === each.id) && !saysWithout(each.name))
    .map(({ name }) => ({ kind: "without", name, quantity: 1, usual: null, allergens: [], depth }));
}

/** Menus say it in the name: "No onions", "ohne Zwiebeln". */
const without = /^(?:no|without|hold(?: the)?|ohne|kein|keine|sans|sin|sem|senza|zonder|uden|utan|bez|без)\s+/iu;

function saysWithout(name: Text): boolean {
  return Object.values(name).some((words) => without.test(words));
}

function withoutWord(name: Text): Text {
  return Object.fromEntries(Object.entries(name).map(([language, words]) => [language, words.replace(without, "")]));
}
