import { numbers, times } from "../shared/format.ts";

/** An instant with day and time by the clock on a venue's wall: 21 Nov, 18:05; the year too, where it is another. */
export function momentIn(instant: string | number, timeZone = "UTC"): string {
  const at = new Date(instant);
  const isThisYear = at.getFullYear() === new Date().getFullYear();
  const shown = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone } as const;
  return times(isThisYear ? shown : { ...shown, year: "numeric" }).format(at);
}

/** Hours, minutes and seconds on that wall: 18:05:07. */
export function secondIn(instant: string | number, timeZone = "UTC"): string {
  const shown = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone } as const;
  return times(shown).format(new Date(instant));
}

/** How long something took, in its two largest units: 3 min 5 sec, 45 sec, 2 hr 10 min. */
export function lasted(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const parts = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3_600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  const from = parts.findIndex(([count]) => count > 0);
  const told = from < 0 ? [parts[3]] : parts.slice(from, from + 2).filter(([count]) => count > 0);
  return told.map(([count, unit]) => numbers({ style: "unit", unit, unitDisplay: "short" }).format(count)).join(" ");
}
