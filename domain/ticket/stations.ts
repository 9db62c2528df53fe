import type { MenuKey } from "../../contracts/ids.ts";
import type { CompiledMenu, Text } from "../../contracts/menu.ts";

/** A place in the kitchen where something is made. */
export interface Station {
  readonly id: string;
  readonly name: Text;
}

/** A kitchen's stations, and at which of them each thing on the menu is made. */
export interface Stations {
  readonly all: readonly Station[];
  readonly byItem: ReadonlyMap<MenuKey, string>;
}

/** As the menu says; where it names none at all, each of its headings is a station. */
export function stationsOf({ categories, items }: Pick<CompiledMenu, "categories" | "items">): Stations {
  const isNamed = [...categories, ...Object.values(items)].some(({ station }) => station !== undefined);
  const all = new Map<string, Station>();
  const byItem = new Map<MenuKey, string>();
  const put = (item: MenuKey, id: string, name: Text) => {
    if (byItem.has(item)) return;
    byItem.set(item, id);
    if (!all.has(id)) all.set(id, { id, name });
  };
  for (const category of categories) {
    for (const item of category.items) {
      const station = items[item]?.station ?? category.station;
      if (station !== undefined) put(item, station, { und: station });
      else if (!isNamed) put(item, category.id, category.name);
    }
  }
  return { all: [...all.values()], byItem };
}

interface Line {
  readonly item: MenuKey;
}

/**
 * Numbers of the lines that are made at one of these stations; null is the pass, which sees all. What the menu gives to
 * no station is everybody's, or nobody would cook it.
 */
export function linesAt(lines: readonly Line[], chosen: readonly string[] | null, { byItem }: Stations): number[] {
  return lines.flatMap(({ item }, number) => {
    const station = byItem.get(item);
    return chosen === null || station === undefined || chosen.includes(station) ? [number] : [];
  });
}

/** How far a station is with a ticket. */
export interface Progress {
  readonly station: Station;
  readonly lines: number;
  readonly done: number;
}

/** How far each station is that has something to make for a ticket, in the kitchen's order. */
export function progressOf(
  lines: readonly (Line & { readonly bumped: boolean })[],
  { all, byItem }: Stations,
): Progress[] {
  return all.flatMap((station) => {
    const own = lines.filter(({ item }) => byItem.get(item) === station.id);
    return own.length === 0 ? [] : [{ station, lines: own.length, done: own.filter(({ bumped }) => bumped).length }];
  });
}
