import type { MenuKey } from "../../contracts/ids.ts";
import type { Language, OptionGroup } from "../../contracts/menu.ts";
import type { DraftReference } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";

/** The most choices that may be required at one place, so that a basket can always hold them. */
const mostRequired = 100;

/** What holds for the whole menu: its tax classes, and the language in which what has no name is named. */
export interface Terms {
  readonly taxClasses: ReadonlySet<MenuKey>;
  readonly language: Language;
}

/** What became of the groups of a file. */
export class SettledGroups {
  readonly byId = new Map<MenuKey, OptionGroup>();
  /** Groups that had no options to begin with: nothing is missed where they are left out. */
  readonly empty = new Set<MenuKey>();
  /** Groups that had options, none of which can be sold: what requires one of them cannot be sold either. */
  readonly lost = new Map<MenuKey, { required: boolean }>();
  readonly #levels = new Map<MenuKey, number>();

  keep(group: OptionGroup): void {
    this.byId.set(group.id, group);
    const nested = group.options.flatMap((option) => option.groups);
    this.#levels.set(group.id, 1 + Math.max(0, ...nested.map((id) => this.levels(id))));
  }

  /** How many levels of options a group holds: 1 where its options have none of their own. */
  levels(id: MenuKey): number {
    return this.#levels.get(id) ?? 0;
  }

  /** Those of the references that can be asked for. What cannot is logged, unless its group was reported already. */
  usable(references: readonly DraftReference[], log: FaultLog): MenuKey[] {
    const usable = new Set<MenuKey>();
    for (const { path, id } of references) {
      if (usable.has(id)) log.mended(path, "group-repeated", `${id} is asked for twice here.`, "asked for once");
      else if (this.byId.has(id) && usable.size < 50) usable.add(id);
      else if (this.byId.has(id)) log.mended(path, "groups-too-many", "More than 50 groups here.", "left out");
      else if (!this.empty.has(id) && !this.lost.has(id)) {
        log.mended(path, "group-unknown", `There is no option group ${id}.`, "sold without it");
      }
    }
    return [...usable];
  }

  /** Why what names these groups, of which some are usable, cannot be sold; null where it can. */
  unfillable(references: readonly DraftReference[], usable: readonly MenuKey[]): string | null {
    const broken = references.find(({ id }) => this.lost.get(id)?.required === true);
    if (broken !== undefined) return `It requires a choice in ${broken.id}, where nothing can be sold.`;
    const required = usable.reduce((sum, id) => sum + (this.byId.get(id)?.minimum ?? 0), 0);
    return required > mostRequired ? `It requires ${required} choices; at most ${mostRequired} are possible.` : null;
  }
}
