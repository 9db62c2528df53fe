import type { Fulfilment } from "../../contracts/basket.ts";
import { decimal, type Minor } from "../../contracts/money.ts";
import type { Hours } from "../../contracts/menu.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { type Opening, weekOf } from "./opening.ts";
import type { StorefrontWords } from "./words.ts";

/** Monday, 1 January 2024, midnight UTC: only hours and names of days are read from it. */
const someMonday = 1_704_067_200_000;
const dayMs = 86_400_000;

const kept = new Map<string, Formats>();

/** How a locale writes what the menu's page shows. Kept: making an `Intl` format costs more than a hundred uses of it. */
export function formatsOf(locale: string): Formats {
  const known = kept.get(locale);
  if (known !== undefined) return known;
  if (kept.size >= 50) kept.clear();
  const made = new Formats(locale);
  kept.set(locale, made);
  return made;
}

export class Formats {
  readonly #locale: string;
  readonly #money = new Map<string, Intl.NumberFormat>();
  readonly #minutes: Intl.NumberFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor(locale: string) {
    this.#locale = locale;
    this.#minutes = new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "short" });
    this.#clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
    this.#day = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  }

  /** An amount in minor units: € 12.50, 12,50 €, ¥1,250. */
  money(amount: Minor, currency: string): string {
    let format = this.#money.get(currency);
    if (format === undefined) {
      format = new Intl.NumberFormat(this.#locale, { style: "currency", currency });
      this.#money.set(currency, format);
    }
    return format.format(Number(decimal(amount, currency)));
  }

  minutes(ms: number): string {
    return this.#minutes.format(Math.max(0, Math.round(ms / 60_000)));
  }

  /** A minute of the day. */
  clock(minute: number): string {
    return this.#clock.format(someMonday + (minute % 1440) * 60_000);
  }

  /** An ISO weekday, or several. */
  days(first: number, last = first): string {
    const [from, to] = [first, last].map((day) => this.#day.format(someMonday + (day - 1) * dayMs));
    return first === last ? `${from}` : `${from}–${to}`;
  }

  /** Whether it is open, in a few words. */
  opening({ isOpen, on }: Opening, t: StorefrontWords): string {
    if (on === null) return isOpen ? t.alwaysOpen : t.closed;
    const day = on.days === 0 ? "" : `${this.days(on.weekday)} `;
    return isOpen ? t.openUntil(`${day}${this.clock(on.minute)}`) : t.opensAt(`${day}${this.clock(on.minute)}`);
  }

  /** The opening hours as lines of a table: the days, and their windows. */
  week(hours: readonly Hours[], t: StorefrontWords): { days: string; times: string }[] {
    const week = weekOf(hours) ?? [{ first: 1, last: 7, windows: [{ from: 0, until: 1440 }] }];
    return week.map(({ first, last, windows }) => ({
      days: this.days(first, last),
      times:
        windows.length === 0 ? t.closedDay : windows.map(({ from, until }) => this.#window(from, until, t)).join(", "),
    }));
  }

  #window(from: number, until: number, t: StorefrontWords): string {
    return until - from === 1440 ? t.allDay : `${this.clock(from)}–${this.clock(until)}`;
  }
}

export interface Timetable {
  /** Null where it is the same for every way to get the food. */
  readonly way: Fulfilment | null;
  readonly hours: readonly Hours[];
}

/** The opening hours of a venue: once where they are the same for every way to get the food, else for each. */
export function timetables({ hours, fulfilments }: VenueSettings): Timetable[] {
  const all = fulfilments.map((way) => ({ way, hours: hours[way] }));
  const same = new Set(all.map((one) => JSON.stringify(one.hours))).size === 1;
  return same ? [{ way: null, hours: all[0]?.hours ?? [] }] : all;
}
