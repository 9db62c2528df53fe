import { expect, it } from "vitest";
import type { Errand } from "../../contracts/errand.ts";
import { offShift, type DriverState, type Task } from "../../domain/driver/driver.ts";
import { twinView } from "./driver-view.ts";

const place = { name: "Tasca", address: "Rua da Esquina 1", point: null };
const task = (order: string, pickupAt: number): Task => {
  const errand: Errand = {
    order, code: "KT47", venue: "tasca", pickup: place, dropoff: place, readyAt: 0, ready: true, pickupAt, dropoffAt: 0, cash: null,
  }; // prettier-ignore
  return { ...errand, from: "zone/t/main", stage: "to-venue" };
};

it("a phone shows when the customer expects what it is offered, as far as that can be said", () => {
  const { stage: _, ...offer } = { ...task("ord_a", 1_000), expiresAt: 30_000 };
  const shown = (more: object) => twinView("driver-1", 7, { ...offShift, offer: { ...offer, ...more } }).offer?.eta;
  expect(shown({ eta: { from: 0, best: 60_000, to: 120_000 } })).toEqual({
    from: "1970-01-01T00:00:00.000Z",
    best: "1970-01-01T00:01:00.000Z",
    to: "1970-01-01T00:02:00.000Z",
  });
  expect(shown({})).toBeUndefined();
});

it("a phone shows its tasks in the order they are to be fetched, as given and after the twin has slept", () => {
  const [a, b, c] = [task("ord_a", 3_000), task("ord_b", 1_000), task("ord_c", 1_000)];
  const shown = (tasks: DriverState["tasks"]): string[] =>
    twinView("driver-1", 7, { ...offShift, tasks }).tasks.map(({ order }) => order);
  expect(shown({ ord_a: a, ord_c: c, ord_b: b })).toEqual(["ord_b", "ord_c", "ord_a"]);
  // An object that wakes reads them by their keys.
  expect(shown({ ord_a: a, ord_b: b, ord_c: c })).toEqual(["ord_b", "ord_c", "ord_a"]);
});
