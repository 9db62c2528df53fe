import { expect, test } from "vitest";
import { Moments } from "./hand-offs.ts";

function moments() {
  const arrived: [string, number][] = [];
  return { arrived, moments: new Moments((handOff, ms) => arrived.push([handOff, ms])) };
}

test("news is timed from the command to its arrival, once", () => {
  const { arrived, moments: order } = moments();
  order.note("accept", 100);
  order.note("customer:accepted", 130);
  order.note("customer:accepted", 500);
  order.note("driver:offered", 150);
  expect(arrived).toEqual([
    ["acceptToCustomer", 30],
    ["acceptToOffer", 50],
  ]);
});

test("what arrives without having been sent is not timed", () => {
  const { arrived, moments: order } = moments();
  order.note("customer:accepted", 130);
  expect(arrived).toEqual([]);
});
