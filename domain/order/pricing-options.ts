import type { BillOption, ChosenOption } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import { type CompiledMenu, type Option, type OptionGroup, textIn } from "../../contracts/menu.ts";
import { isOptionLeft, type Moment } from "../menu/availability.ts";
import { entry } from "../menu/compile.ts";

/** One thing wrong with a basket. `gone` where it would be right at another time. */
export interface BasketFault {
  readonly pointer: string;
  readonly detail: string;
  readonly gone: boolean;
}

/** What choices are judged and priced by, for one line. Faults are added to `faults`. */
export interface ChoiceSurroundings {
  readonly menu: CompiledMenu;
  readonly moment: Moment;
  readonly taxClass: MenuKey;
  readonly variation: MenuKey | null;
  readonly faults: BasketFault[];
}

/** The options chosen from the groups asked at one place, and theirs, with names and prices. */
export function chargeOptions(
  groups: readonly MenuKey[],
  chosen: readonly ChosenOption[],
  pointer: string,
  around: ChoiceSurroundings,
): BillOption[] {
  const charged = chosen.flatMap((each, at) => chargeOption(groups, each, `${pointer}/${at}`, around) ?? []);
  for (const id of groups) {
    const group = entry(around.menu.groups, id);
    if (group !== undefined) judgeCounts(group, chosen, pointer, around);
  }
  return charged;
}

function chargeOption(
  groups: readonly MenuKey[],
  chosen: ChosenOption,
  pointer: string,
  around: ChoiceSurroundings,
): BillOption | null {
  const { menu, moment, faults, variation } = around;
  const fault = (field: string, detail: string, gone = false) => {
    faults.push({ pointer: `${pointer}${field}`, detail, gone });
    return null;
  };
  const group = groups.includes(chosen.group) ? entry(menu.groups, chosen.group) : undefined;
  if (group === undefined) return fault("/group", `There is no choice of ${chosen.group} here.`);
  const option = group.options.find(({ id }) => id === chosen.option);
  if (option === undefined) return fault("/option", `There is no ${chosen.option} in ${nameOf(group, menu)}.`);
  if (!isOptionLeft(group.id, option, moment)) fault("/option", `${nameOf(option, menu)} is sold out.`, true);
  return {
    group: group.id,
    option: option.id,
    name: option.name,
    quantity: chosen.quantity,
    unit: (variation === null ? undefined : entry(option.priceByVariation, variation)) ?? option.price,
    taxClass: option.taxClass ?? around.taxClass,
    allergens: option.allergens,
    options: chargeOptions(option.groups, chosen.options, `${pointer}/options`, around),
  };
}

function judgeCounts(
  group: OptionGroup,
  chosen: readonly ChosenOption[],
  pointer: string,
  { menu, faults }: ChoiceSurroundings,
): void {
  const inGroup = chosen.filter((each) => each.group === group.id);
  const count = inGroup.reduce((total, { quantity }) => total + quantity, 0);
  const name = nameOf(group, menu);
  if (count < group.minimum) {
    faults.push({ pointer, detail: `${name}: at least ${group.minimum} must be chosen, not ${count}.`, gone: false });
  }
  if (count > group.maximum) {
    faults.push({ pointer, detail: `${name}: at most ${group.maximum} may be chosen, not ${count}.`, gone: false });
  }
  for (const option of group.options) {
    const taken = inGroup.reduce((total, each) => total + (each.option === option.id ? each.quantity : 0), 0);
    if (taken <= option.maximum) continue;
    const detail = `${name}: ${nameOf(option, menu)} may be taken ${option.maximum} times, not ${taken}.`;
    faults.push({ pointer, detail, gone: false });
  }
}

function nameOf({ name }: Option | OptionGroup, menu: CompiledMenu): string {
  return textIn(name, menu.languages);
}
