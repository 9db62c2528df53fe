import { describe, expect, test } from "vitest";
import type { TicketView } from "../../contracts/kitchen.ts";
import { byUrgency, heatOf } from "./heat.ts";

const placed = Date.UTC(2026, 10, 14, 18, 0, 0);
const minute = 60_000;
const at = (minutes: number) => new Date(placed + minutes * minute).toISOString();
const ticket = (status: TicketView["status"], readyIn: number | null = null, placedIn = 0) => ({
  status,
  placedAt: at(placedIn),
  answerBy: at(5),
  readyAt: readyIn === null ? null : at(readyIn),
});

describe("a ticket presses", () => {
  test.for([
    ["waiting", null, 1, "calm"],
    ["waiting", null, 3, "soon"],
    ["waiting", null, 4.5, "late"],
    ["preparing", 20, 14, "calm"],
    ["preparing", 20, 15, "soon"],
    ["accepted", 20, 21, "late"],
    // A promise of four minutes is soon from its half on, one of two hours from its last ten minutes on.
    ["preparing", 4, 2, "soon"],
    ["preparing", 120, 100, "calm"],
    ["preparing", 120, 111, "soon"],
    ["ready", 20, 90, "calm"],
    ["withdrawn", 20, 90, "calm"],
  ] as const)("%s, promised in %s min, after %s min: %s", ([status, readyIn, after, heat]) => {
    expect(heatOf(ticket(status, readyIn), placed + after * minute)).toBe(heat);
  });

  test("and stands on the board in that order", () => {
    const late = ticket("preparing", 10);
    const due = ticket("accepted", 30);
    const [old, young] = [ticket("waiting", null, 1), ticket("waiting", null, 2)];
    const gone = ticket("withdrawn", null, 9);
    expect([ticket("ready", 5), due, young, late, gone, old].toSorted(byUrgency)).toEqual([
      gone, old, young, late, due, ticket("ready", 5),
    ]); // prettier-ignore
  });
});
