import type { Hours } from "../../contracts/menu.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { isOpen, type LocalTime } from "../menu/availability.ts";

/** Whether anything can be had now, and until or from when. `on` null: always, or never in the coming week. */
export interface Opening {
  readonly isOpen: boolean;
  /** Days from now, and the wall's clock then. */
  readonly on: (LocalTime & { readonly days: number }) | null;
}

/** A venue is open while it is for one of its ways to get the food. */
export function openingAt({ hours, fulfilments }: VenueSettings, now: LocalTime): Opening {
  const ways = fulfilments.map((way) => hours[way]);
  const openAt = (at: LocalTime): boolean => ways.some((way) => isOpen(way, at));
  const isOpenNow = openAt(now);
  const edges = [...new Set(ways.flat().flatMap(({ from, until }) => [minuteOf(from), minuteOf(until) % 1440]))];
  edges.sort((a, b) => a - b);
  for (let days = 0; days <= 7; days += 1) {
    const weekday = ((now.weekday - 1 + days) % 7) + 1;
    const turn = edges.find((minute) => (days > 0 || minute > now.minute) && openAt({ weekday, minute }) !== isOpenNow);
    if (turn !== undefined) return { isOpen: isOpenNow, on: { weekday, minute: turn, days } };
  }
  return { isOpen: isOpenNow, on: null };
}

/** Days in a row with the same windows; no windows: closed. Minutes of the day, `until` 1440 for midnight. */
export interface OpeningDays {
  readonly first: number;
  readonly last: number;
  readonly windows: readonly { readonly from: number; readonly until: number }[];
}

/** A week of opening hours, Monday first; null where it is always open. */
export function weekOf(hours: readonly Hours[]): OpeningDays[] | null {
  if (hours.length === 0) return null;
  const week: OpeningDays[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const windows = hours
      .filter(({ weekdays }) => weekdays.includes(day))
      .map(({ from, until }) => ({ from: minuteOf(from), until: minuteOf(until) }))
      .toSorted((a, b) => a.from - b.from);
    const before = week.at(-1);
    const same = before !== undefined && JSON.stringify(before.windows) === JSON.stringify(windows);
    if (same) week[week.length - 1] = { ...before, last: day };
    else week.push({ first: day, last: day, windows });
  }
  return week;
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
