import { randomFrom } from "./random.ts";
import type { RecordedOrder } from "./takeaway.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
export type Weekday = (typeof weekdays)[number];

export function isWeekday(text: string): text is Weekday {
  return weekdays.some((day) => day === text);
}

/** When orders come, in milliseconds from the beginning: at random (a Poisson stream) at so many a second. */
export function arrivals(seed: string, perSecond: number, count: number): number[] {
  const random = randomFrom(seed, "arrivals");
  const times: number[] = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    times.push(at);
    at += (-Math.log(1 - random()) / perSecond) * 1000;
  }
  return times;
}

/** Which of the recorded days to play: one date, the busiest such weekdays, or all there is. */
export interface Days {
  readonly date?: string | undefined;
  readonly weekday?: Weekday | undefined;
  /** How many of the weekday, the busiest first; they are played in the order of their dates. */
  readonly count: number;
}

/** Between one played day's last order and the next one's first. */
const nightMs = 60_000;

/**
 * The chosen days' orders with their times from the beginning, `speed` times as fast; the gaps inside a day are the
 * recorded ones, and a night lasts a minute of the recorded clock. Orders of the same minute are spread over it.
 */
export function replay(
  orders: readonly RecordedOrder[],
  days: Days,
  speed: number,
  seed: string,
): { at: number; order: RecordedOrder }[] {
  const random = randomFrom(seed, "replay");
  let dayBegins = 0;
  return chosenDays(orders, days).flatMap((day) => {
    const spread = day.map((order) => ({ at: order.at + random() * 60_000, order })).toSorted((a, b) => a.at - b.at);
    const first = spread[0]?.at ?? 0;
    const played = spread.map(({ at, order }) => ({ at: (dayBegins + at - first) / speed, order }));
    dayBegins += (spread.at(-1)?.at ?? 0) - first + nightMs;
    return played;
  });
}

/** The orders of the chosen days, day by day. */
export function chosen<T extends { readonly at: number }>(orders: readonly T[], days: Days): T[] {
  return chosenDays(orders, days).flat();
}

function chosenDays<T extends { readonly at: number }>(orders: readonly T[], { date, weekday, count }: Days): T[][] {
  const byDate = Map.groupBy(orders, ({ at }) => new Date(at).toISOString().slice(0, 10));
  const inOrder = [...byDate].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (date !== undefined) return inOrder.filter(([day]) => day === date).map(([, day]) => day);
  if (weekday === undefined) return inOrder.map(([, day]) => day);
  const such = inOrder.filter(([day]) => weekdays[new Date(day).getUTCDay()] === weekday);
  const busiest = such.toSorted(([, a], [, b]) => b.length - a.length).slice(0, count);
  return busiest.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}
