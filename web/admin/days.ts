/** A day as a calendar and `<input type="date">` write it: 2026-11-21. */
export type Day = string;

const dayMs = 24 * 3_600_000;

/** The day it is at an instant (epoch ms) by the calendar of a time zone. */
export function dayAt(at: number, timeZone: string): Day {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

/** When a day begins in a time zone (epoch ms): mostly at midnight, and later where the clocks skip that. */
export function startOfDay(day: Day, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Clocks are at most 14 hours ahead of UTC and 12 behind, and change at most once on the way.
  let [before, within] = [utc - 15 * 3_600_000, utc + 15 * 3_600_000];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayAt(middle, timeZone) < day) before = middle;
    else within = middle;
  }
  return within;
}

/** So many days later, or earlier. */
export function daysLater(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T12:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const shown = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const made = new Intl.DateTimeFormat("en-US", shown);
  formats.set(timeZone, made);
  return made;
}
