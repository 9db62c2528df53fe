import { times } from "../shared/format.ts";
import { locale } from "../shared/language.ts";

/** An RFC 3339 instant with day and time, on this device's clock: 21 Nov 2026, 18:05. */
export function moment(instant: string): string {
  const shown = { dateStyle: "medium", timeStyle: "short" } as const;
  return times(shown).format(new Date(instant));
}

/** The same to the second, for logs. */
export function momentExactly(instant: string): string {
  const shown = { dateStyle: "medium", timeStyle: "medium" } as const;
  return times(shown).format(new Date(instant));
}

/** "3 min ago", "2 days ago"; of what is to come "in 3 min". */
export function ago(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale.value, { numeric: "auto", style: "short" }).format(
    Math.round(seconds / size),
    unit,
  );
}

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
