import type { Figures } from "../../contracts/floor.ts";
import { clock } from "../shared/format.ts";
import type { Bar } from "./bar-list.tsx";
import type { ColumnBar } from "./column-chart.tsx";
import { figuresWords } from "./figures-words.ts";
import { lasted } from "./moment-in.ts";

/** The hour of the day at an instant by the clock of a time zone, 0 to 23. */
function hourAt(instant: string, timeZone: string): number {
  const shown = { hour: "2-digit", hourCycle: "h23", timeZone } as const;
  return Number(new Intl.DateTimeFormat("en-US", shown).format(new Date(instant)));
}

/** Twenty-four columns; what was, beside it. Where the clocks go back, two hours are one column. */
export function hourBars(
  now: Figures,
  before: Figures | null,
  timeZone: string,
  of: (hour: Figures["hours"][number]) => number,
): ColumnBar[] {
  const summed = (figures: Figures): number[] => {
    const hours = Array<number>(24).fill(0);
    for (const hour of figures.hours) {
      const at = hourAt(hour.at, timeZone);
      hours[at] = (hours[at] ?? 0) + of(hour);
    }
    return hours;
  };
  const [today, then] = [summed(now), before === null ? null : summed(before)];
  return today.map((value, hour) => {
    const label = clock(Date.UTC(2026, 0, 1, hour), "UTC");
    return { key: String(hour), label, short: hour % 3 === 0 ? String(hour) : "", value, before: then?.[hour] ?? null };
  });
}

type Spread = Figures["acceptance"];

export function acceptanceBars(now: Spread, before: Spread | null): Bar[] {
  const t = figuresWords.value;
  return spreadBars(now, before, (least, below) =>
    below === null ? t.from(seconds(least ?? 0)) : t.below(seconds(below)),
  );
}

export function latenessBars(now: Spread, before: Spread | null): Bar[] {
  const t = figuresWords.value;
  return spreadBars(now, before, (least, below) => {
    if (below !== null && below < 0) return t.early(seconds(-below));
    if (below === 0) return t.inTime;
    if (below === null) return t.lateFrom(seconds(least ?? 0));
    return least === 0 ? t.lateUnder(seconds(below)) : t.lateBy(seconds(least ?? 0), seconds(below));
  });
}

function spreadBars(
  now: Spread,
  before: Spread | null,
  name: (least: number | null, below: number | null) => string,
): Bar[] {
  return now.buckets.map(({ below, orders }, at) => {
    const least = now.buckets[at - 1]?.below ?? null;
    const label = name(least, below);
    return { key: String(at), label, value: orders, before: before?.buckets[at]?.orders ?? null };
  });
}

function seconds(count: number): string {
  return lasted(count * 1_000);
}

/** Of the orders that were ready, how many were so more than five minutes after what was promised: 0 to 1. */
export function shareLate({ orders, buckets }: Spread): number | null {
  if (orders === 0) return null;
  const late = buckets.filter((_, at) => (buckets[at - 1]?.below ?? -Infinity) >= 300);
  return late.reduce((sum, each) => sum + each.orders, 0) / orders;
}
