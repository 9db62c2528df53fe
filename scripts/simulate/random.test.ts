import { expect, test } from "vitest";
import { planOrder } from "./order-plan.ts";
import { randomFrom } from "./random.ts";

test("the same seeds give the same numbers, others give others", () => {
  const draw = (...seeds: (string | number)[]) => Array.from({ length: 5 }, randomFrom(...seeds));
  expect(draw("a", 1)).toEqual(draw("a", 1));
  expect(draw("a", 1)).not.toEqual(draw("a", 2));
  expect(draw("a", 1)).not.toEqual(draw("a1"));
});

test("numbers of neighbouring seeds are evenly spread", () => {
  const firsts = Array.from({ length: 10_000 }, (_, seed) => randomFrom("order", seed)());
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const inIt = firsts.filter((number) => Math.floor(number * 10) === tenth).length;
    expect(inIt).toBeGreaterThan(850);
    expect(inIt).toBeLessThan(1_150);
  }
});

test("an order's plan depends on its seed alone, and keeps to the shares", () => {
  const span = { from: 100, to: 200 };
  const delays = { accept: span, cook: span, collect: span, think: span, travel: span, regret: span };
  const shares = {
    pickup: 0.5,
    cash: 0.1,
    declinedCard: 0.1,
    cancel: 0.2,
    reject: 0.1,
    declineOffer: 0.1,
    basket: 0.1,
    follow: 0.1,
    wrongPin: 0.1,
    cutSocket: 0.1,
  };
  const plans = Array.from({ length: 2_000 }, (_, number) => planOrder(randomFrom("seed", number), shares, delays));
  expect(planOrder(randomFrom("seed", 7), shares, delays)).toEqual(plans[7]);
  const cancelled = plans.filter(({ cancelAfter }) => cancelAfter !== null).length;
  expect(Math.abs(cancelled - 400)).toBeLessThan(60);
  expect(plans.every(({ kitchen }) => kitchen.acceptAfter >= 100 && kitchen.acceptAfter <= 200)).toBe(true);
});
