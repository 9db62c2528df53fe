import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Slack } from "../../contracts/eta.ts";
import { asFound, promised, taught, type Known } from "./promise.ts";

const now = 1_794_679_200_000;
const minute = 60_000;
const waiting: Extract<Known, { stage: "waiting" }> = {
  stage: "waiting", readyAt: now + 20 * minute, ready: false, certain: false, arriveAt: null, wayMs: 12 * minute, pressure: 0.5, waitedMs: 0,
}; // prettier-ignore

describe("what a customer is promised", () => {
  test("is a window with the best guess inside, never in the past, whatever is known", () => {
    fc.assert(
      fc.property(
        fc.record({
          readyAt: fc.integer({ min: -90, max: 90 }), ready: fc.boolean(), certain: fc.boolean(), way: fc.integer({ min: 0, max: 60 }),
          arrive: fc.option(fc.integer({ min: -30, max: 60 })), waited: fc.integer({ min: 0, max: 90 }), pressure: fc.double({ min: 0, max: 50, noNaN: true }),
        }), // prettier-ignore
        ({ readyAt, ready, certain, way, arrive, waited, pressure }) => {
          const arriveAt = arrive === null ? null : now + arrive * minute;
          const window = promised({ stage: "waiting", readyAt: now + readyAt * minute, ready, certain, arriveAt, wayMs: way * minute, pressure, waitedMs: waited * minute }, now); // prettier-ignore
          expect(window.from).toBeGreaterThanOrEqual(now);
          expect(window.best).toBeGreaterThanOrEqual(window.from);
          expect(window.to).toBeGreaterThanOrEqual(window.best);
        },
      ),
    );
  });

  test("is later and wider the more orders wait for each driver", () => {
    const [calm, busy] = [promised(waiting, now), promised({ ...waiting, pressure: 1.6 }, now)];
    expect(busy.best).toBeGreaterThan(calm.best);
    expect(busy.to - busy.from).toBeGreaterThan(calm.to - calm.from);
  });

  test("is narrower the more is known: the food, then the driver, then the way", () => {
    const width = (known: Known): number => {
      const { from, to } = promised(known, now);
      return to - from;
    };
    const asked = width(waiting);
    const taken = width({ ...waiting, arriveAt: now + 15 * minute });
    const ready = width({ ...waiting, ready: true, arriveAt: now + 2 * minute });
    const near = width({ stage: "picked-up", doorAt: now + 3 * minute });
    expect([asked, taken, ready, near]).toEqual([asked, taken, ready, near].toSorted((a, b) => b - a));
    expect(new Set([asked, taken, ready, near]).size).toBe(4);
  });
});

describe("a town's promises", () => {
  const delivered = (late: (n: number) => number): Slack => {
    let slack = asFound;
    for (let n = 0; n < 2_000; n += 1) {
      const window = promised({ ...waiting, slack }, now);
      slack = taught(slack, window, window.best + late(n) * minute);
    }
    return slack;
  };

  test("become wider where orders come later than they did on the days they were made of, and hold", () => {
    // Spread evenly over an hour and a half about the best guess: nine in ten come at most 36 minutes later.
    const wide = delivered((n) => ((n * 37) % 90) - 45);
    expect(wide.sooner).toBeGreaterThan(1.5);
    expect(wide.later).toBeGreaterThan(1.5);
    const { best, to } = promised({ ...waiting, slack: wide }, now);
    expect((to - best) / minute).toBeLessThan(45);
  });

  test("become narrower where every order comes to the minute, and never nothing", () => {
    const narrow = delivered(() => 0);
    expect(narrow).toEqual({ sooner: 0.5, later: 0.5 });
  });
});
