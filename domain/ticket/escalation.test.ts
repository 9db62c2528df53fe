import { describe, expect, it } from "vitest";
import { isRefusal } from "../../contracts/problem.ts";
import type { Addressed, TicketOrder } from "../../contracts/events.ts";
import { boardRules, type Board } from "./board.ts";
import type { BoardCommand } from "./decide.ts";
import { closedShownMs } from "./shown.ts";
import { ordered, orderId, senderOf, wire } from "./orders-for-tests.ts";

const second = 1_000;
const order = orderId(1);

/** A board on which time passes: what happens by itself, and what is said to others. */
class Kitchen {
  board: Board = boardRules.initial;
  now = Date.UTC(2026, 10, 14, 18);
  readonly said: Addressed[] = [];
  #seq = 0;

  give(command: BoardCommand): string[] {
    const events = boardRules.decide(this.board, command, { now: this.now, self: "board/demo/demo-1", by: "tablet" });
    if (isRefusal(events)) return [events.refused];
    return events.map((event) => {
      this.#seq += 1;
      const recorded = { ...event, seq: this.#seq, at: this.now, by: "tablet" };
      const before = this.board;
      this.board = boardRules.evolve(before, recorded);
      this.said.push(...boardRules.publish(recorded, this.board, before));
      return event.type === "escalated" ? `level ${event.level}` : event.type;
    });
  }

  send(change: Partial<TicketOrder> = {}): void {
    this.give({ type: "receive", order, sender: senderOf(order), ticket: { ...ordered(1, this.now), ...change } });
  }

  hear(data: object): string[] {
    const command = boardRules.react(wire("order.food-returning", data), senderOf(order), this.board);
    return command === null ? [] : this.give(command);
  }

  /** Time passes in one step, as for an object that slept. */
  after(ms: number): string[] {
    this.now += ms;
    const due = Object.entries(boardRules.deadlines(this.board)).filter(([, at]) => at <= this.now);
    return due.flatMap(([name]) => this.give(boardRules.timeout(name)));
  }
}

const unseen = ({ said }: Kitchen) => said.filter(({ type }) => type === "ticket.unseen");

describe("a ticket that no tablet shows", () => {
  it("is alarmed for louder and louder, and at last the venue hears of it, once", () => {
    const kitchen = new Kitchen();
    kitchen.send();
    const received = kitchen.now;
    expect([14, 1, 14, 1, 29].map((seconds) => kitchen.after(seconds * second))).toEqual([[], ["level 1"], [], ["level 2"], []]); // prettier-ignore
    expect(unseen(kitchen)).toEqual([]);
    expect(kitchen.after(second)).toEqual(["level 3"]);
    expect(unseen(kitchen)).toEqual([
      { to: "venue/demo/demo-1", type: "ticket.unseen", data: { order, code: "A1", since: received } },
    ]);
    expect(boardRules.deadlines(kitchen.board)).toEqual({});
    expect(kitchen.after(3_600 * second)).toEqual([]);
  });

  it("is as loud as it has to be at once when the board has slept through the rest", () => {
    const kitchen = new Kitchen();
    kitchen.send();
    expect(kitchen.after(300 * second)).toEqual(["level 3"]);
    expect(unseen(kitchen)).toHaveLength(1);
  });

  it("is alarmed for when the venue says", () => {
    const kitchen = new Kitchen();
    kitchen.send({ escalateAfterMs: [5_000, 7_000, 600_000] });
    expect([5, 2, 60].map((seconds) => kitchen.after(seconds * second))).toEqual([["level 1"], ["level 2"], []]);
  });

  it("is never alarmed for once it is seen, accepted, rejected or withdrawn", () => {
    const ends: BoardCommand[] = [
      { type: "see", orders: [order] },
      { type: "accept", order, when: null },
      { type: "reject", order, reason: "too-busy", detail: "" },
      { type: "withdraw", order, reason: "customer-cancelled", detail: "" },
    ];
    for (const end of ends) {
      const kitchen = new Kitchen();
      kitchen.send();
      kitchen.after(15 * second);
      kitchen.give(end);
      expect(boardRules.deadlines(kitchen.board)).not.toHaveProperty("escalate");
      kitchen.now += 60 * second;
      expect(kitchen.give({ type: "escalate" })).toEqual([]);
    }
  });
});

describe("food that could not be handed over", () => {
  const back = { detail: "Nobody there.", returned: false, confirmed: false, driver: "Bob" };

  it("is on its ticket until it is back, and half an hour longer", () => {
    const kitchen = new Kitchen();
    kitchen.send();
    for (const type of ["accept", "start", "ready", "hand-over"] as const)
      kitchen.give(type === "accept" ? { type, order, when: null } : { type, order });
    expect(kitchen.hear(back)).toEqual(["food-returning"]);
    expect(kitchen.hear(back)).toEqual([]);
    expect(kitchen.after(closedShownMs * 3)).toEqual([]);
    expect(kitchen.hear({ ...back, returned: true, confirmed: true })).toEqual(["food-returned"]);
    expect(kitchen.board.tickets[order]?.food).toMatchObject({
      driver: "Bob",
      detail: "Nobody there.",
      confirmed: true,
    });
    expect(kitchen.after(closedShownMs + 60 * second)).toEqual(["cleared"]);
  });

  it("is not made a ticket of where there is none any more", () => {
    expect(new Kitchen().hear(back)).toEqual([]);
  });
});
