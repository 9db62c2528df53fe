import { expect, it } from "vitest";
import type { TaskView } from "../../contracts/driver.ts";
import { stopsOf } from "./stops.ts";

const place = (name: string) => ({ name, address: "Street 1", point: null });

function task(order: string, stage: TaskView["stage"], venue: string, minutes: readonly [number, number]): TaskView {
  const at = (minute: number): string => `2026-11-21T19:${String(minute).padStart(2, "0")}:00.000Z`;
  return {
    order, stage, venue, code: order, pickup: place(venue), dropoff: place(`to ${order}`), readyAt: at(0), ready: true,
    pickupAt: at(minutes[0]), dropoffAt: at(minutes[1]), cash: null,
  }; // prettier-ignore
}

const keys = (tasks: readonly TaskView[]) => stopsOf(tasks).map(({ key, ahead }) => (ahead ? `(${key})` : key));

it("all that is fetched at one restaurant is one stop, and is brought in the order of its time", () => {
  const tasks = [task("a", "to-venue", "tasca", [10, 40]), task("b", "at-venue", "tasca", [12, 30])];
  expect(keys(tasks)).toEqual(["fetch/tasca", "(bring/b)", "(bring/a)"]);
  expect(stopsOf(tasks)[0]).toMatchObject({ at: "2026-11-21T19:10:00.000Z", tasks: [{ order: "a" }, { order: "b" }] });
});

it("what is left at the counter is fetched before anything is brought, however late it was to be fetched", () => {
  const tasks = [task("b", "at-venue", "tasca", [45, 50]), task("a", "to-customer", "tasca", [10, 30])];
  expect(keys(tasks)).toEqual(["fetch/tasca", "bring/a", "(bring/b)"]);
});

it("what can be done comes before what has to be fetched first, and what comes back comes last", () => {
  const tasks = [
    task("back", "returning", "tasca", [1, 2]),
    task("late", "to-customer", "tasca", [5, 50]),
    task("next", "to-venue", "sushi", [20, 25]),
  ];
  expect(keys(tasks)).toEqual(["fetch/sushi", "bring/late", "(bring/next)", "return/tasca"]);
  expect(keys([])).toEqual([]);
});
