import { clock, clockRange, dayName, inYear } from "../shared/format.ts";
import type { OrderWords } from "./words-order.ts";

/** From where an instant is spoken of. */
export interface Stance {
  /** Epoch ms, by the server's clock. */
  readonly now: number;
  /** The venue's, IANA; left out: this device's. */
  readonly timeZone?: string | undefined;
}

/** When something is, in a sentence: "at 18:40", "tomorrow at 00:20", "on Monday, 23 Nov at 18:40". `at` is RFC 3339. */
export function atMoment(at: string, { now, timeZone }: Stance, t: OrderWords): string {
  const time = clock(at, timeZone);
  const days = daysFrom(now, Date.parse(at), timeZone);
  if (days === 0) return t.at(time);
  return days in t.near ? t.nearAt(t.near[days] ?? "", time) : t.dateAt(dateOf(at, now, timeZone), time);
}

/** An instant by itself: "18:40", "tomorrow, 00:20", "Monday, 23 Nov, 18:40". */
export function moment(at: string, { now, timeZone }: Stance, t: OrderWords): string {
  const day = dayWords(at, now, timeZone, t);
  return day === "" ? clock(at, timeZone) : `${day}, ${clock(at, timeZone)}`;
}

/** From one instant to another: "18:40–18:55", "tomorrow, 00:05–00:20", "23:55 – tomorrow, 00:10". */
export function momentRange(from: string, to: string, stance: Stance, t: OrderWords): string {
  const { now, timeZone } = stance;
  // A window holds the whole minute in which it ends.
  const last = new Date(Math.ceil(Date.parse(to) / minuteMs) * minuteMs).toISOString();
  if (daysFrom(Date.parse(from), Date.parse(last), timeZone) > 0)
    return `${moment(from, stance, t)} – ${moment(last, stance, t)}`;
  const day = dayWords(from, now, timeZone, t);
  return day === "" ? clockRange(from, to, timeZone) : `${day}, ${clockRange(from, to, timeZone)}`;
}

const minuteMs = 60_000;

/** Empty for today. */
function dayWords(at: string, now: number, timeZone: string | undefined, t: OrderWords): string {
  const days = daysFrom(now, Date.parse(at), timeZone);
  return days === 0 ? "" : (t.near[days] ?? dateOf(at, now, timeZone));
}

function dateOf(at: string, now: number, timeZone?: string): string {
  const then = Date.parse(at);
  return inYear(then, timeZone) === inYear(now, timeZone) ? dayName(then, timeZone) : dayName(then, timeZone, true);
}

/** Whether this device's clock and calendar show something else at an instant (epoch ms) than those of a time zone. */
export function isElsewhere(at: number, timeZone: string): boolean {
  const parts = calendarParts(at, timeZone);
  const here = new Date(at);
  return parts.get("day") !== here.getDate() || parts.get("hour") !== here.getHours() || parts.get("minute") !== here.getMinutes(); // prettier-ignore
}

const calendars = new Map<string | undefined, Intl.DateTimeFormat>();

/** How many midnights lie between two instants (epoch ms) on the calendar of a time zone; negative for days past. */
function daysFrom(now: number, at: number, timeZone?: string): number {
  return dayNumber(at, timeZone) - dayNumber(now, timeZone);
}

function dayNumber(at: number, timeZone?: string): number {
  const parts = calendarParts(at, timeZone);
  return Date.UTC(parts.get("year") ?? 0, (parts.get("month") ?? 1) - 1, parts.get("day")) / 86_400_000;
}

/** Making a format takes long: one for each zone. */
function calendarParts(at: number, timeZone?: string): ReadonlyMap<string, number> {
  const day = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", hourCycle: "h23" } as const;
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, ...day, ...time });
  calendars.set(timeZone, calendar);
  return new Map(calendar.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
}
