import type { Text } from "../../contracts/menu.ts";
import { textIn } from "../../contracts/menu.ts";
import { decimal, type Minor } from "../../contracts/money.ts";
import { locale, textLanguages } from "./language.ts";

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Making a format takes longer than all it is used for, and a full board tells hundreds of times a second. */
function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat, O>(
  kind: (new (language: string, options: O) => T) & { readonly prototype: T },
  options: O,
): T {
  const name = `${locale.value} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known instanceof kind) return known;
  const made = new kind(locale.value, options);
  formats.set(name, made);
  return made;
}

/** How numbers are written in the language of the screen. */
export function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(Intl.NumberFormat, options);
}

/** How instants are written in the language of the screen. */
export function times(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(Intl.DateTimeFormat, options);
}

/** An amount in minor units as people write it here: € 12.50, 12,50 €, ¥1,250. */
export function money(amount: Minor, currency: string): string {
  return numbers({ style: "currency", currency }).format(Number(decimal(amount, currency)));
}

/** The hour and minute of an RFC 3339 instant, on this device's clock or that of a time zone. */
export function clock(instant: string | number, timeZone?: string): string {
  const shown = { hour: "2-digit", minute: "2-digit", timeZone } as const;
  return times(shown).format(new Date(instant));
}

/** What the time of a time zone is called at an instant (epoch ms), which in the same place may be another in summer. */
export function zoneName(at: number, timeZone: string): string {
  const parts = times({ timeZone, timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/**
 * From one instant to another on the clock of a time zone, in whole minutes that hold both: 19:05–19:20. One minute is
 * one time.
 */
export function clockRange(from: string, to: string, timeZone?: string): string {
  const minute = 60_000;
  const shown = { hour: "2-digit", minute: "2-digit", timeZone } as const;
  const first = Math.floor(Date.parse(from) / minute) * minute;
  const last = Math.max(first, Math.ceil(Date.parse(to) / minute) * minute);
  return times(shown).formatRange(first, last);
}

/** An instant (epoch ms) in the past as people say it: the hour of today, else with its day. */
export function sinceWhen(at: number): string {
  const today = new Date().toDateString() === new Date(at).toDateString();
  return today ? clock(at) : `${times({ day: "numeric", month: "short" }).format(at)}, ${clock(at)}`;
}

/** The day of an instant in a time zone, as one speaks of days to come: Saturday, 21 Nov; with its year where asked. */
export function dayName(at: number, timeZone?: string, hasYear = false): string {
  const year = hasYear ? ({ year: "numeric" } as const) : {};
  return times({ weekday: "long", day: "numeric", month: "short", ...year, timeZone }).format(at);
}

/** The year of an instant (epoch ms) in a time zone. */
export function inYear(at: number, timeZone?: string): string {
  return times({ year: "numeric", timeZone }).format(at);
}

/** The day of an RFC 3339 instant, on this device's calendar or that of a time zone: 21 Nov 2026. */
export function day(instant: string, timeZone?: string): string {
  return times({ dateStyle: "medium", timeZone }).format(new Date(instant));
}

/** A share of one as people write it: 7.25 %. */
export function percent(share: number, maximumFractionDigits = 2): string {
  return numbers({ style: "percent", maximumFractionDigits }).format(share);
}

/** Whole minutes, never below zero, as "12 min". */
export function minutes(ms: number): string {
  const unit = { style: "unit", unit: "minute", unitDisplay: "short" } as const;
  return numbers(unit).format(Math.max(0, Math.round(ms / 60_000)));
}

/** 4:05 for four minutes and five seconds. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const fromTheRight = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A name to be put into a sentence: one from right to left keeps its own direction, and the sentence its order. */
export function inside(name: string): string {
  return fromTheRight.test(name) ? `\u2068${name}\u2069` : name;
}

/** A menu's text in the language of the screen, or in the menu's own. */
export function said(text: Text): string {
  return textIn(text, textLanguages.value);
}
