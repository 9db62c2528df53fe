import type { MenuKey } from "../../contracts/ids.ts";
import {
  type CompiledMenu, type Hours, type Item, type Option, optionKey, type StockKey, type Variation, variationKey,
} from "../../contracts/menu.ts"; // prettier-ignore
import { entry } from "./compile.ts";

/** The wall clock at the venue: ISO weekday (1 = Monday) and the minute of the day. */
export interface LocalTime {
  readonly weekday: number;
  readonly minute: number;
}

/** What can be had at a moment: what is sold out, and the time where hours matter (left out: hours are not asked). */
export interface Moment {
  readonly soldOut: ReadonlySet<StockKey>;
  readonly local?: LocalTime | undefined;
}

/** Whether one of the windows is open; no windows: always. */
export function isOpen(hours: readonly Hours[], { weekday, minute }: LocalTime): boolean {
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return (
    hours.length === 0 ||
    hours.some(({ weekdays, from, until }) => {
      const [opens, closes] = [minuteOf(from), minuteOf(until)];
      const today = weekdays.includes(weekday) && minute >= opens && (minute < closes || closes <= opens);
      return today || (weekdays.includes(yesterday) && closes <= opens && minute < closes);
    })
  );
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** Why an item is not sold now, in words for the customer; null where it is. */
export function whyNot(menu: CompiledMenu, item: Item, moment: Moment): "sold out" | "not sold at this hour" | null {
  if (!item.available || moment.soldOut.has(item.id)) return "sold out";
  const { local } = moment;
  if (local === undefined) return null;
  const headings = menu.categories.filter(({ items }) => items.includes(item.id));
  const open = headings.length === 0 || headings.some(({ hours }) => isOpen(hours, local));
  return open && isOpen(item.hours, local) ? null : "not sold at this hour";
}

export function isVariationLeft(item: Pick<Item, "id">, variation: Variation, { soldOut }: Moment): boolean {
  return variation.available && !soldOut.has(variationKey(item.id, variation.id));
}

export function isOptionLeft(group: MenuKey, option: Option, { soldOut }: Moment): boolean {
  return option.available && !soldOut.has(optionKey(group, option.id));
}

/**
 * What of a menu can be ordered at a moment, looking into groups: an item whose required choice is sold out throughout
 * cannot. Answers are remembered, so ask one `Orderable` for a whole menu.
 */
export class Orderable {
  readonly #menu: CompiledMenu;
  readonly #moment: Moment;
  readonly #options = new Map<MenuKey, Option[]>();

  constructor(menu: CompiledMenu, moment: Moment) {
    this.#menu = menu;
    this.#moment = moment;
  }

  items(): CompiledMenu["items"][string][] {
    return Object.values(this.#menu.items).filter((item) => this.item(item));
  }

  item(item: Item): boolean {
    if (whyNot(this.#menu, item, this.#moment) !== null || !this.#fillable(item.groups)) return false;
    return item.variations.length === 0 || this.variations(item).length > 0;
  }

  variations(item: Item): Variation[] {
    return item.variations.filter(
      (each) => isVariationLeft(item, each, this.#moment) && this.#fillable([...item.groups, ...each.groups]),
    );
  }

  /** The options of a group that can be taken. */
  options(group: MenuKey): Option[] {
    const known = this.#options.get(group);
    if (known !== undefined) return known;
    const all = entry(this.#menu.groups, group)?.options ?? [];
    const left = all.filter((each) => isOptionLeft(group, each, this.#moment) && this.#fillable(each.groups));
    this.#options.set(group, left);
    return left;
  }

  #fillable(groups: readonly MenuKey[]): boolean {
    return groups.every((id) => {
      const most = this.options(id).reduce((sum, option) => sum + option.maximum, 0);
      return most >= (entry(this.#menu.groups, id)?.minimum ?? 0);
    });
  }
}
