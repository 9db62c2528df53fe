import type { MenuKey } from "../../contracts/ids.ts";
import { deepestOptions } from "../../contracts/menu.ts";
import type { DraftGroup, DraftReference } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { distinct, keyFromName } from "./menu-key.ts";
import { settleGroup } from "./settle-group.ts";
import { SettledGroups, type Terms } from "./settled-groups.ts";

/**
 * Settles groups from the innermost outwards, so that an option is judged when its own groups are. Where only circles
 * are left, or options nest too deep, the link is cut.
 */
export function settleGroups(drafts: readonly DraftGroup[], terms: Terms, log: FaultLog): SettledGroups {
  const settled = new SettledGroups();
  const waiting = byDistinctId(drafts, log);
  const cut = ({ path, id }: DraftReference) => {
    if (waiting.has(id)) {
      log.mended(path, "groups-in-a-circle", `${id} comes back to this group.`, "not asked for here");
      return true;
    }
    if (settled.levels(id) < deepestOptions) return false;
    log.mended(path, "nested-too-deep", `Options nest more than ${deepestOptions} deep here.`, "not asked for here");
    return true;
  };

  const { unsettled, namedBy } = links(waiting);
  const ready = [...waiting.keys()].filter((id) => unsettled.get(id) === 0);
  while (waiting.size > 0) {
    const [first] = waiting.keys();
    const id = ready.pop() ?? first;
    const draft = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || draft === undefined) continue;
    settleGroup(id, draft, { settled, terms, cut }, log);
    waiting.delete(id);
    for (const outer of namedBy.get(id) ?? []) {
      const left = (unsettled.get(outer) ?? 0) - 1;
      unsettled.set(outer, left);
      if (left === 0 && waiting.has(outer)) ready.push(outer);
    }
  }
  return settled;
}

/** For each group how many others its options name, and by which others it is named. */
function links(drafts: ReadonlyMap<MenuKey, DraftGroup>) {
  const unsettled = new Map<MenuKey, number>();
  const namedBy = new Map<MenuKey, MenuKey[]>();
  for (const [outer, draft] of drafts) {
    const named = new Set(
      draft.options.flatMap((option) => option.groups.map(({ id }) => id)).filter((id) => drafts.has(id)),
    );
    unsettled.set(outer, named.size);
    for (const id of named) {
      const outers = namedBy.get(id) ?? [];
      outers.push(outer);
      namedBy.set(id, outers);
    }
  }
  return { unsettled, namedBy };
}

function byDistinctId(drafts: readonly DraftGroup[], log: FaultLog): Map<MenuKey, DraftGroup> {
  const byId = new Map<MenuKey, DraftGroup>();
  for (const draft of drafts) {
    if (draft.id !== null && byId.has(draft.id)) {
      log.refused(draft.path, "id-repeated", `A group ${draft.id} was there before.`, "the first one is used");
      continue;
    }
    if (byId.size >= 5000) {
      log.refused(draft.path, "groups-too-many", "More than 5000 option groups.", "left out");
      continue;
    }
    const id = draft.id ?? distinct(keyFromName(Object.values(draft.name)[0] ?? "", "group-"), byId);
    byId.set(id, draft);
  }
  return byId;
}
