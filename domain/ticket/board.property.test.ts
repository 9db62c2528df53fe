import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Addressed } from "../../contracts/events.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { boardRules, type Board } from "./board.ts";
import type { BoardCommand } from "./decide.ts";
import { orderId, ordered, senderOf, wire } from "./orders-for-tests.ts";

const start = Date.UTC(2026, 10, 14, 18, 0, 0);
const numbers = fc.integer({ min: 1, max: 2 });
const order = numbers.map(orderId);
const when = fc.option(
  fc.oneof(
    fc.record({ inMinutes: fc.integer({ min: 0, max: 90 }) }),
    fc.record({ at: fc.integer({ min: start - 600_000, max: start + 7_200_000 }) }),
  ),
);

const fromTablet: fc.Arbitrary<BoardCommand> = fc.oneof(
  fc.record({ type: fc.constantFrom("accept", "promise", "recall"), order, when }),
  fc.record({
    type: fc.constantFrom("start", "ready", "hand-over", "acknowledge-withdrawal", "notice-changes"),
    order,
  }),
  fc.record({
    type: fc.constant("change"),
    order,
    line: fc.constantFrom(null, 0, 1, 2),
    note: fc.constantFrom(null, "no basil", "hot"),
  }),
  fc.record({
    type: fc.constantFrom("bump", "unbump"),
    order,
    lines: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant("reject"),
    order,
    reason: fc.constantFrom("too-busy", "closing"),
    detail: fc.constant(""),
  }),
  fc.record({ type: fc.constant("see"), orders: fc.array(order, { minLength: 1, maxLength: 4 }) }),
);
/** News of an order as the board takes it. */
function news(
  type: "order.sent" | "order.withdrawn" | "order.driver-changed",
  id: string,
  data: object,
): BoardCommand | null {
  return boardRules.react(wire(type, data), senderOf(id), boardRules.initial);
}

function arrival(number: number): BoardCommand | null {
  return news("order.sent", orderId(number), ordered(number, start));
}

const driver = fc.record({ has: fc.boolean(), atVenue: fc.boolean(), pickedUp: fc.boolean() });
const fromOrder: fc.Arbitrary<BoardCommand | null> = fc.oneof(
  numbers.map(arrival),
  order.map((id) => news("order.withdrawn", id, { reason: "no-answer", detail: "" })),
  fc
    .tuple(order, driver)
    .map(([id, { has, atVenue, pickedUp }]) =>
      news("order.driver-changed", id, { driver: has ? { id: "driver-7", name: "Mina" } : null, atVenue, pickedUp }),
    ),
);
const time = fc.constant<BoardCommand>({ type: "sweep" });
const steps = fc.array(
  fc.record({
    // What ends a ticket is rare, or hardly one would be cooked.
    command: fc.oneof(
      { weight: 16, arbitrary: fromTablet },
      { weight: 2, arbitrary: fromOrder },
      { weight: 1, arbitrary: time },
    ),
    passed: fc.constantFrom(0, 0, 500, 20_000, 400_000),
  }),
  { minLength: 20, maxLength: 80 },
);

/** All are there to begin with, or most of what follows would be asked of tickets that are not. */
const arrivals = [1, 2].map((number) => ({ command: arrival(number), passed: 0 }));

const ways: Readonly<Record<string, readonly string[]>> = {
  waiting: ["accepted", "rejected", "withdrawn", "handed-over"],
  accepted: ["preparing", "withdrawn", "handed-over"],
  preparing: ["ready", "withdrawn", "handed-over"],
  ready: ["preparing", "handed-over", "withdrawn"],
  "handed-over": [],
  rejected: [],
  withdrawn: [],
};
/** What an order may hear of one ticket, in this order. */
const story =
  /^(seen )?((rejected )|(accepted (promised )*(started (promised )*(ready (recalled (promised )*)?)*(handed-over )?)?)?)?$/;

describe("whatever tablets, orders and time do to a board", () => {
  test("tickets go the drawn ways only, orders hear a story that makes sense, and nothing counts twice", () => {
    fc.assert(
      fc.property(steps, (list) => {
        let board: Board = boardRules.initial;
        let now = start;
        let seq = 0;
        let received = 0;
        const said: Addressed[] = [];
        const give = (command: BoardCommand): number | null => {
          const events = boardRules.decide(board, command, { now, self: "board/demo/demo-1", by: "device-1" });
          if (isRefusal(events)) return null;
          for (const event of events) {
            const before = board;
            seq += 1;
            const step = { ...event, seq, at: now, by: "device-1" };
            board = boardRules.evolve(before, step);
            said.push(...boardRules.publish(step, board, before));
            if (event.type === "received") received += 1;
            for (const [id, ticket] of Object.entries(board.tickets)) {
              const was = before.tickets[id]?.status;
              if (was !== undefined && was !== ticket.status) expect(ways[was]).toContain(ticket.status);
              const { bumped, order: of } = ticket;
              expect(bumped).toEqual([...new Set(bumped)].filter((line) => line in of.lines).toSorted());
            }
          }
          return events.length;
        };
        for (const { command, passed } of [...arrivals, ...list]) {
          now += passed;
          if (command === null) continue;
          if (give(command) !== null) expect(give(command)).toBe(0);
          expect(JSON.parse(JSON.stringify(board))).toEqual(board);
        }
        for (const number of [1, 2]) {
          const heard = said.filter(({ to }) => to === senderOf(orderId(number)));
          // An order that was cleared and, against all rules, sent anew begins a new story.
          if (received <= 2)
            expect(heard.map(({ type }) => `${type.slice("ticket.".length)} `).join("")).toMatch(story);
        }
      }),
      { numRuns: 400 },
    );
  });
});
