import type { ChosenOption } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { Item, OptionGroup } from "../../contracts/menu.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { entry } from "../../domain/menu/compile.ts";

type Groups = Readonly<Record<MenuKey, OptionGroup>>;

/** The groups asked for an item in one of its variations. */
export function groupsOf(item: Item, variation: MenuKey | undefined): MenuKey[] {
  return [...item.groups, ...(item.variations.find(({ id }) => id === variation)?.groups ?? [])];
}

/** What the menu suggests to begin with, where it can be had. */
export function suggested(groups: Groups, asked: readonly MenuKey[], orderable: Orderable): ChosenOption[] {
  return asked.flatMap((id) => {
    const maximum = entry(groups, id)?.maximum ?? 0;
    const defaults = orderable.options(id).filter((option) => option.default);
    return defaults
      .slice(0, maximum)
      .map((option) => chosen(id, option.id, 1, suggested(groups, option.groups, orderable)));
  });
}

export function countIn(choice: readonly ChosenOption[], group: MenuKey): number {
  return choice.reduce((sum, each) => sum + (each.group === group ? each.quantity : 0), 0);
}

export function quantityOf(choice: readonly ChosenOption[], group: MenuKey, option: MenuKey): number {
  return choice.find((each) => each.group === group && each.option === option)?.quantity ?? 0;
}

/** Takes so many of an option, none to leave it. In a group of one, another choice replaces the first. */
export function take(
  choice: readonly ChosenOption[],
  group: OptionGroup,
  option: MenuKey,
  quantity: number,
  inner: ChosenOption[] = [],
): ChosenOption[] {
  const others = choice.filter((each) => each.group !== group.id || (group.maximum > 1 && each.option !== option));
  if (quantity <= 0) return others;
  const known = choice.find((each) => each.group === group.id && each.option === option);
  const taken = chosen(group.id, option, quantity, known?.options ?? inner);
  const at = choice.findIndex((each) => each.group === group.id && each.option === option);
  return at < 0 || group.maximum === 1
    ? [...others, taken]
    : choice.map((each, place) => (place === at ? taken : each));
}

/** Changes what is chosen below one option. */
export function within(
  choice: readonly ChosenOption[],
  group: MenuKey,
  option: MenuKey,
  options: ChosenOption[],
): ChosenOption[] {
  return choice.map((each) => (each.group === group && each.option === option ? { ...each, options } : each));
}

/** Only what the groups ask for: after another size was chosen, what belonged to the first one goes. */
export function keepAsked(choice: readonly ChosenOption[], asked: readonly MenuKey[]): ChosenOption[] {
  return choice.filter(({ group }) => asked.includes(group));
}

/** The first group that still lacks something, looked for where it is asked and below what was chosen. */
export function firstUnfilled(
  groups: Groups,
  asked: readonly MenuKey[],
  choice: readonly ChosenOption[],
): OptionGroup | null {
  for (const id of asked) {
    const group = entry(groups, id);
    if (group === undefined) continue;
    if (countIn(choice, id) < group.minimum) return group;
    for (const each of choice.filter((one) => one.group === id)) {
      const option = group.options.find((one) => one.id === each.option);
      const below = firstUnfilled(groups, option?.groups ?? [], each.options);
      if (below !== null) return below;
    }
  }
  return null;
}

function chosen(group: MenuKey, option: MenuKey, quantity: number, options: ChosenOption[]): ChosenOption {
  return { group, option, quantity, options };
}
