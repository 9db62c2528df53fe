import type { BasketLine, BillLine } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import { type CompiledMenu, textIn } from "../../contracts/menu.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { isVariationLeft, type Moment, whyNot } from "../menu/availability.ts";
import { entry } from "../menu/compile.ts";
import { highestTotal, optionAmount, sum, times } from "./pricing-amounts.ts";
import { type BasketFault, chargeOptions } from "./pricing-options.ts";

/** The basket's lines with the menu's names and prices, or a refusal with all that is wrong in any of them. */
export function chargeLines(
  menu: CompiledMenu,
  lines: readonly BasketLine[],
  moment: Moment,
): { lines: BillLine[] } | Refusal {
  const faults: BasketFault[] = [];
  const charged = lines.flatMap((line, at) => chargeLine(menu, line, `/lines/${at}`, moment, faults) ?? []);
  if (faults.length > 0) return refusalOf(faults);
  if (sum(charged.map(({ total }) => total)) > highestTotal) {
    return refuse("invalid-value", "The order is too large.", [
      { pointer: "/lines", detail: "The total is beyond all bounds." },
    ]);
  }
  return { lines: charged };
}

function refusalOf(faults: readonly BasketFault[]): Refusal {
  const errors = faults.map(({ pointer, detail }) => ({ pointer, detail }));
  return faults.every(({ gone }) => gone)
    ? refuse("sold-out", "Some of it is not to be had now.", errors)
    : refuse("invalid-value", "The basket is not one this menu can make.", errors);
}

function chargeLine(
  menu: CompiledMenu,
  line: BasketLine,
  pointer: string,
  moment: Moment,
  faults: BasketFault[],
): BillLine | null {
  const fault = (field: string, detail: string, gone = false) => {
    faults.push({ pointer: `${pointer}${field}`, detail, gone });
    return null;
  };
  const item = entry(menu.items, line.item);
  if (item === undefined) return fault("/item", `There is no item ${line.item}.`);
  const name = textIn(item.name, menu.languages);
  const reason = whyNot(menu, item, moment);
  if (reason !== null) fault("/item", `${name} is ${reason}.`, true);

  const variation = item.variations.find(({ id }) => id === line.variation);
  if (item.variations.length > 0 && line.variation === undefined) {
    return fault("/variation", `${name} comes in several variations; one must be named.`);
  }
  if (line.variation !== undefined && variation === undefined) {
    return fault("/variation", `${name} has no variation ${line.variation}.`);
  }
  if (variation !== undefined && !isVariationLeft(item, variation, moment)) {
    fault("/variation", `${name}, ${textIn(variation.name, menu.languages)}, is sold out.`, true);
  }

  const groups: MenuKey[] = [...item.groups, ...(variation?.groups ?? [])];
  const around = { menu, moment, taxClass: item.taxClass, variation: variation?.id ?? null, faults };
  const options = chargeOptions(groups, line.options, `${pointer}/options`, around);
  const unit = variation?.price ?? item.price ?? 0;
  return {
    item: item.id,
    name: item.name,
    variation: variation === undefined ? null : { id: variation.id, name: variation.name },
    quantity: line.quantity,
    unit,
    options,
    total: times(line.quantity, sum([unit, ...options.map(optionAmount)])),
    taxClass: item.taxClass,
    allergens: item.allergens,
    note: line.note === undefined || line.note === "" ? null : line.note,
  };
}
