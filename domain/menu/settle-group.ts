import type { MenuKey } from "../../contracts/ids.ts";
import type { Option, OptionGroup } from "../../contracts/menu.ts";
import type { DraftGroup, DraftOption, DraftReference } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { distinct, keyFromName } from "./menu-key.ts";
import type { SettledGroups, Terms } from "./settled-groups.ts";

export interface GroupSurroundings {
  readonly settled: SettledGroups;
  readonly terms: Terms;
  /** Whether a reference must not be followed from here (it was logged). */
  readonly cut: (reference: DraftReference) => boolean;
}

/** Keeps the group in `settled` if anything can be chosen in it, and says there what became of it if not. */
export function settleGroup(id: MenuKey, draft: DraftGroup, around: GroupSurroundings, log: FaultLog): void {
  const { settled } = around;
  if (draft.options.length + draft.lost === 0) {
    log.mended(draft.path, "group-empty", "There is nothing to choose in it.", "left out, and sold without it");
    settled.empty.add(id);
    return;
  }
  const options = distinctOptions(draft, around, log);
  if (options.length === 0) {
    const required = draft.minimum > 0;
    const action = required ? "left out, with all that requires it" : "left out, and sold without it";
    log.refused(draft.path, "group-lost", "None of its options can be sold.", action);
    settled.lost.set(id, { required });
    return;
  }
  const named = Object.keys(draft.name).length > 0;
  if (!named) log.mended(draft.path, "name-missing", "The option group has no name.", "named Options");
  settled.keep({
    id,
    name: named ? draft.name : { [around.terms.language]: "Options" },
    ...bounds(draft, options, log),
    options,
  });
}

/**
 * Minimum and maximum that can be met. A minimum nobody can reach is lowered to all there is, because the dish is
 * meant to be sold; the customer then takes everything that is on offer.
 */
function bounds(
  draft: DraftGroup,
  options: readonly Option[],
  log: FaultLog,
): Pick<OptionGroup, "minimum" | "maximum"> {
  const { path } = draft;
  const most = Math.min(
    99,
    options.reduce((sum, option) => sum + option.maximum, 0),
  );
  let { minimum } = draft;
  if (minimum > most) {
    log.mended(path, "minimum-above-options", `At least ${minimum} wanted of ${most} possible.`, `lowered to ${most}`);
    minimum = most;
  }
  let maximum = draft.maximum ?? most;
  if (maximum < 1) {
    log.mended(path, "maximum-zero", "At most none may be taken.", "read as no limit");
    maximum = most;
  }
  if (maximum < minimum) {
    const detail = `At least ${minimum} wanted, at most ${maximum} allowed.`;
    log.mended(path, "maximum-below-minimum", detail, `at most ${minimum} allowed`);
    maximum = minimum;
  }
  if (maximum > most) {
    log.noted(path, "maximum-above-options", `At most ${maximum} allowed of ${most} possible.`, "kept as it is");
  }
  return { minimum, maximum: Math.min(99, maximum) };
}

function distinctOptions(draft: DraftGroup, around: GroupSurroundings, log: FaultLog): Option[] {
  const byId = new Map<MenuKey, Option>();
  const byName = new Map<string, Option[]>();
  for (const option of draft.options) {
    const settled = settleOption(option, around, log);
    if (settled === null) continue;
    const names = Object.entries(settled.name).map(([language, name]) => `${language} ${name.toLowerCase()}`);
    const namesakes = new Set(names.flatMap((name) => byName.get(name) ?? []));
    if (twinOf(settled, option, namesakes, log)) continue;
    if (byId.size >= 500) {
      log.refused(option.path, "options-too-many", "More than 500 options in a group.", "left out");
      continue;
    }
    const id = distinct(settled.id, byId);
    if (id !== settled.id) log.mended(option.path, "id-repeated", `${settled.id} was there before.`, `now ${id}`);
    const kept = { ...settled, id };
    byId.set(id, kept);
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), kept]);
  }
  return [...byId.values()];
}

/**
 * Whether an option of the same name is there already. One of the same price is no second choice: menus list it twice so
 * that it can be taken twice, so it becomes one that may. One of another price stays a choice of its own.
 */
function twinOf(option: Option, { path }: DraftOption, namesakes: ReadonlySet<Option>, log: FaultLog): boolean {
  const twins = [...namesakes].filter((other) => sameName(other, option));
  const twin = twins.find((other) => sameTerms(other, option));
  if (twin !== undefined) {
    twin.maximum = Math.min(99, twin.maximum + option.maximum);
    twin.available ||= option.available;
    const action = `made one that may be taken ${twin.maximum} times`;
    log.mended(path, "option-repeated", `${Object.values(option.name)[0]} was there before at the same price.`, action);
    return true;
  }
  if (twins.length > 0) {
    log.noted(
      path,
      "option-name-repeated",
      `${Object.values(option.name)[0]} was there before at another price.`,
      "both are sold",
    );
  }
  return false;
}

function sameName(one: Option, other: Option): boolean {
  const shared = Object.keys(one.name).filter((language) => other.name[language] !== undefined);
  const same = (language: string) => one.name[language]?.toLowerCase() === other.name[language]?.toLowerCase();
  return shared.length > 0 && shared.every(same);
}

function sameTerms(one: Option, other: Option): boolean {
  const terms = ({ price, priceByVariation, groups, allergens, taxClass, stock }: Option) =>
    JSON.stringify([price, Object.entries(priceByVariation).toSorted(), groups, allergens, taxClass, stock]);
  return terms(one) === terms(other);
}

function settleOption(draft: DraftOption, around: GroupSurroundings, log: FaultLog): Option | null {
  const first = Object.values(draft.name)[0];
  if (first === undefined) {
    log.refused(draft.path, "name-missing", "The option has no name.", "the option is left out");
    return null;
  }
  const references = draft.groups.filter((reference) => !around.cut(reference));
  const groups = around.settled.usable(references, log);
  const unfillable = around.settled.unfillable(references, groups);
  if (unfillable !== null) {
    log.refused(draft.path, "choice-impossible", unfillable, "the option is left out");
    return null;
  }
  const taxed = draft.taxClass === null || around.terms.taxClasses.has(draft.taxClass);
  if (!taxed) log.mended(draft.path, "tax-class-unknown", `There is no ${draft.taxClass}.`, "taxed as its item is");
  const { price, priceByVariation, maximum, allergens, available, stock } = draft;
  const id = draft.id ?? keyFromName(first, "option-");
  return {
    id,
    name: draft.name,
    price,
    priceByVariation: { ...priceByVariation },
    maximum,
    default: draft.default,
    groups,
    allergens,
    taxClass: taxed ? draft.taxClass : null,
    available,
    stock,
  };
}
