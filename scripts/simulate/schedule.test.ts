import { expect, test } from "vitest";
import { arrivals, replay } from "./schedule.ts";

const order = (number: string, at: string) => ({ number, at: Date.parse(`${at}:00Z`), lines: [], paid: 0n });
const friday = order("1", "2017-11-24T19:00");
const saturday = [order("2", "2017-11-25T18:00"), order("3", "2017-11-25T18:30"), order("4", "2017-11-25T20:00")];
const quietSaturday = [order("5", "2017-12-02T18:00"), order("6", "2017-12-02T19:00")];
const all = [friday, ...saturday, ...quietSaturday];
const numbers = (played: readonly { order: { number: string } }[]) => played.map((one) => one.order.number);

test("the same seed gives the same moments, at the rate asked for", () => {
  const times = arrivals("a", 5, 2_000);
  expect(arrivals("a", 5, 2_000)).toEqual(times);
  expect(arrivals("b", 5, 2_000)).not.toEqual(times);
  expect(times.at(-1)).toBeGreaterThan(360_000);
  expect(times.at(-1)).toBeLessThan(440_000);
});

test("one day is played with its gaps, so many times as fast", () => {
  const played = replay(all, { date: "2017-11-25", weekday: undefined, count: 1 }, 60, "a");
  expect(numbers(played)).toEqual(["2", "3", "4"]);
  // Half an hour and an hour and a half, each to the minute the till wrote down.
  expect(played[0]?.at).toBe(0);
  expect(Math.abs((played[1]?.at ?? 0) - 30_000)).toBeLessThan(1_000);
  expect(Math.abs((played[2]?.at ?? 0) - 120_000)).toBeLessThan(1_000);
});

test("of a weekday the busiest ones are played, in the order of their dates", () => {
  expect(numbers(replay(all, { weekday: "saturday", count: 1 }, 60, "a"))).toEqual(["2", "3", "4"]);
  expect(numbers(replay(all, { weekday: "saturday", count: 5 }, 60, "a"))).toEqual(["2", "3", "4", "5", "6"]);
});

test("without a choice everything is played, and a night lasts a minute", () => {
  const played = replay(all, { count: 1 }, 1, "a");
  expect(numbers(played)).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(played[1]?.at).toBe(60_000);
});
