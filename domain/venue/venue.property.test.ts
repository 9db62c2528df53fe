import fc from "fast-check";
import { expect, test } from "vitest";
import { isRefusal } from "../../contracts/problem.ts";
import { Place } from "./venue-for-tests.ts";

const keys = ["clams", "cheese", "size/large"] as const;
const tracked = { clams: 6, cheese: 3, "size/large": 10 };

/** An order as it buys: it holds, is placed on it or not, and may end without food. */
interface Buyer {
  readonly wants: Record<string, number>;
  until: number | null;
  placed: boolean;
  over: boolean;
}

const wants = fc.record({
  clams: fc.nat(3),
  cheese: fc.nat(2),
  "size/large": fc.nat(4),
});
const deed = fc.record({
  // Few buyers, so that much happens to each.
  buyer: fc.nat(1),
  wants,
  does: fc.constantFrom("hold", "hold", "place", "cancel", "told", "crash", "answer", "old-answer", "wait", "wait"),
  ms: fc.constantFrom(1_000, 95_000),
});

/** What was asked of orders and not answered yet; an answer may be on its way for long. */
interface Question {
  readonly order: string;
  readonly until: number;
  readonly placed: boolean;
}

test("whatever buyers, crashes, late answers and time do, portions are neither lost nor sold twice", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const place = Place.counting(tracked);
      const buyers = new Map<string, Buyer>();
      const untold: { order: string; back: boolean }[] = [];
      const answers: Question[] = [];
      const sold = (key: string): number =>
        [...buyers.values()].reduce((sum, one) => sum + (one.placed && !one.over ? (one.wants[key] ?? 0) : 0), 0);

      const hold = (name: string, wanted: Record<string, number>): void => {
        const buyer = buyers.get(name);
        if (buyer?.placed === true) return;
        const some = Object.fromEntries(Object.entries(wanted).filter(([, quantity]) => quantity > 0));
        if (isRefusal(place.reserve(name, some))) return;
        const until = place.venue.reservations[name]?.until ?? null;
        buyers.set(name, { wants: some, until, placed: false, over: false });
      };
      const tell = (): void => {
        const fact = untold.shift();
        if (fact === undefined) return;
        const demand = Object.entries(buyers.get(fact.order)?.wants ?? {});
        if (fact.back) {
          place.give({ type: "give-back", demand: demand.map(([key, quantity]) => ({ key, quantity })) });
        } else {
          place.give({ type: "keep", order: fact.order });
        }
      };
      const ask = (): void => {
        for (const { request } of place.asked.splice(0)) {
          const { order, until } = request as { order: string; until: number };
          answers.push({ order, until, placed: buyers.get(order)?.placed === true });
        }
      };
      const answer = (newest: boolean): void => {
        const given = newest ? answers.pop() : answers.shift();
        if (given !== undefined) place.give({ type: "answer-of-order", ...given });
      };

      for (const { buyer, wants: wanted, does, ms } of deeds) {
        const name = `order-${buyer}`;
        const one = buyers.get(name);
        switch (does) {
          case "hold":
            hold(name, wanted);
            break;
          case "place":
            // The order's own rule: not later than the venue holds its stock.
            if (one !== undefined && !one.placed && (one.until === null || place.now <= one.until)) {
              one.placed = true;
              untold.push({ order: name, back: false });
            }
            break;
          case "cancel":
            if (one?.placed === true && !one.over) {
              one.over = true;
              untold.push({ order: name, back: true });
            }
            break;
          case "told":
            tell();
            break;
          case "crash":
            // A try that got no further than the hold: nothing is known of it but at the venue.
            hold(name, wanted);
            if (buyers.get(name)?.placed !== true) buyers.delete(name);
            break;
          case "answer":
            answer(true);
            break;
          case "old-answer":
            answer(false);
            break;
          case "wait":
            place.after(ms);
            ask();
            break;
        }
        for (const key of keys) {
          expect(place.left(key), "never more promised than there is").toBeGreaterThanOrEqual(0);
          expect((place.left(key) ?? 0) + place.held(key)).toBeLessThanOrEqual(tracked[key]);
        }
      }

      // All facts arrive, all questions are answered: what is not sold is on the shelf.
      while (untold.length > 0) tell();
      for (let turns = 0; turns < 3; turns += 1) {
        place.after(95_000);
        ask();
        while (answers.length > 0) answer(false);
      }
      expect(place.venue.reservations).toEqual({});
      for (const key of keys) expect((place.left(key) ?? 0) + sold(key), key).toBe(tracked[key]);
    }),
    { numRuns: 1_500 },
  );
});
