import { describe, expect, test } from "vitest";
import type { Addressed, TicketOrder } from "../../contracts/events.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import { boardRules, type Board, type BoardEvent } from "./board.ts";
import type { BoardCommand } from "./decide.ts";
import { ordered, orderId, senderOf, wire } from "./orders-for-tests.ts";
import { withdrawalShownMs, closedShownMs } from "./shown.ts";

const minute = 60_000;
const tablet = "device-1";
const order = orderId(1);

/** A board that lives: what it is told, what happens there, what it says to orders. */
class Kitchen {
  board: Board = boardRules.initial;
  now = Date.UTC(2026, 10, 14, 18, 0, 0);
  readonly said: Addressed[] = [];
  private seq = 0;

  give(command: BoardCommand): string[] | Refusal {
    const context = { now: this.now, self: "board/demo/demo-1", by: tablet } as const;
    const events = boardRules.decide(this.board, command, context);
    if (isRefusal(events)) return events;
    for (const event of events) this.record(event);
    return events.map(({ type }) => type);
  }

  news(
    type: "order.sent" | "order.withdrawn" | "order.driver-changed",
    data: object,
    from = order,
  ): string[] | Refusal {
    const command = boardRules.react(wire(type, data), senderOf(from), this.board);
    return command === null ? [] : this.give(command);
  }

  send(ticket: TicketOrder = ordered(1, this.now)): string[] | Refusal {
    return this.news("order.sent", ticket, ticket.order);
  }

  withdraw(reason = "customer-cancelled"): string[] | Refusal {
    return this.news("order.withdrawn", { reason, detail: "Changed my mind." });
  }

  ticket(id = order) {
    return this.board.tickets[id];
  }

  after(ms: number): void {
    this.now += ms;
    const due = Object.entries(boardRules.deadlines(this.board)).filter(([, at]) => at <= this.now);
    for (const [name] of due) this.give(boardRules.timeout(name));
  }

  /** Brought to a state by the shortest way. */
  static at(status: "waiting" | "accepted" | "preparing" | "ready" | "handed-over"): Kitchen {
    const kitchen = new Kitchen();
    kitchen.send();
    const steps: BoardCommand[] = [
      { type: "accept", order, when: null },
      { type: "start", order },
      { type: "ready", order },
      { type: "hand-over", order },
    ];
    for (const step of steps) {
      if (kitchen.ticket()?.status === status) break;
      kitchen.give(step);
    }
    kitchen.said.length = 0;
    return kitchen;
  }

  private record(event: BoardEvent): void {
    this.seq += 1;
    const step = { ...event, seq: this.seq, at: this.now, by: tablet };
    const before = this.board;
    this.board = boardRules.evolve(before, step);
    this.said.push(...boardRules.publish(step, this.board, before));
  }
}

function typesOf(said: readonly Addressed[]): string[] {
  return said.map(({ type }) => type);
}

describe("a ticket's way", () => {
  test("an order that was sent waits for the kitchen, and counts as unseen", () => {
    const kitchen = new Kitchen();
    expect(kitchen.send()).toEqual(["received"]);
    expect(kitchen.ticket()).toMatchObject({ status: "waiting", seenAt: null });
    expect(kitchen.said).toEqual([]);
  });

  test("is told to the order as seen once a tablet has shown it, and only the first time", () => {
    const kitchen = Kitchen.at("waiting");
    kitchen.now += 3_000;
    expect(kitchen.give({ type: "see", orders: [order, order] })).toEqual(["seen"]);
    expect(kitchen.give({ type: "see", orders: [order] })).toEqual([]);
    expect(kitchen.said).toEqual([
      { to: senderOf(order), type: "ticket.seen", data: { seenAt: kitchen.now, device: tablet } },
    ]);
  });

  test("is cooked and handed over, and the order hears of every step", () => {
    const kitchen = Kitchen.at("waiting");
    kitchen.give({ type: "accept", order, when: { inMinutes: 20 } });
    kitchen.give({ type: "start", order });
    kitchen.give({ type: "ready", order });
    kitchen.give({ type: "hand-over", order });
    expect(kitchen.ticket()).toMatchObject({ status: "handed-over", readyAt: kitchen.now + 20 * minute });
    expect(typesOf(kitchen.said)).toEqual([
      "ticket.seen",
      "ticket.accepted",
      "ticket.started",
      "ticket.ready",
      "ticket.handed-over",
    ]);
    expect(kitchen.said.every(({ to }) => to === senderOf(order))).toBe(true);
  });

  test("whoever accepts has seen it, and is not said to have seen it twice", () => {
    const kitchen = Kitchen.at("waiting");
    kitchen.give({ type: "see", orders: [order] });
    kitchen.give({ type: "accept", order, when: null });
    expect(typesOf(kitchen.said)).toEqual(["ticket.seen", "ticket.accepted"]);
  });

  test("accepted without a time, promises what the venue suggests, but never a time that has passed", () => {
    const inTime = Kitchen.at("accepted");
    expect(inTime.ticket()).toMatchObject({ readyAt: inTime.ticket()?.order.suggestedReadyAt });
    const late = Kitchen.at("waiting");
    late.now += 40 * minute;
    late.give({ type: "accept", order, when: null });
    expect(late.ticket()).toMatchObject({ readyAt: late.now });
  });

  test("accepted too late is still accepted: whether it counts is for the order to judge", () => {
    const kitchen = Kitchen.at("waiting");
    kitchen.now = kitchen.ticket()!.order.answerBy + minute;
    expect(kitchen.give({ type: "accept", order, when: null })).toEqual(["seen", "accepted"]);
  });

  test("a promise of yesterday or of next week is refused at its field", () => {
    const kitchen = Kitchen.at("waiting");
    for (const at of [kitchen.now - 2 * minute, kitchen.now + 25 * 60 * minute]) {
      expect(kitchen.give({ type: "accept", order, when: { at } })).toMatchObject({
        refused: "invalid-value",
        errors: [{ pointer: "/readyAt" }],
      });
    }
  });

  test("rejected with a reason, is over for the kitchen", () => {
    const kitchen = Kitchen.at("waiting");
    kitchen.give({ type: "reject", order, reason: "item-unavailable", detail: "No more lasagne." });
    expect(kitchen.ticket()).toMatchObject({ status: "rejected", reason: "item-unavailable" });
    expect(kitchen.said.at(-1)).toMatchObject({ type: "ticket.rejected", data: { detail: "No more lasagne." } });
  });

  test("promised for later, says so to the order; the same promise again says nothing", () => {
    const kitchen = Kitchen.at("preparing");
    const when = { at: kitchen.now + 45 * minute };
    expect(kitchen.give({ type: "promise", order, when })).toEqual(["promised"]);
    expect(kitchen.give({ type: "promise", order, when })).toEqual([]);
    expect(kitchen.ticket()).toMatchObject({ status: "preparing", readyAt: when.at });
  });

  test("made ready without having been started, was started", () => {
    const kitchen = Kitchen.at("accepted");
    expect(kitchen.give({ type: "ready", order })).toEqual(["started", "ready"]);
  });

  test("recalled, is cooked again with a new time, and can be ready again", () => {
    const kitchen = Kitchen.at("ready");
    kitchen.now += 60 * minute;
    expect(kitchen.give({ type: "recall", order, when: null })).toEqual(["recalled"]);
    expect(kitchen.ticket()).toMatchObject({ status: "preparing", readyAt: kitchen.now + 5 * minute });
    expect(kitchen.give({ type: "ready", order })).toEqual(["ready"]);
  });

  test("handed over stays handed over", () => {
    const kitchen = Kitchen.at("handed-over");
    expect(kitchen.give({ type: "recall", order, when: null })).toMatchObject({ refused: "conflict" });
  });

  test("a station's lines are bumped at once, or not at all", () => {
    const kitchen = Kitchen.at("accepted");
    expect(kitchen.give({ type: "bump", order, lines: [0, 7] })).toMatchObject({ refused: "not-found" });
    expect(kitchen.give({ type: "bump", order, lines: [1, 0, 1] })).toEqual(["started", "line-bumped", "line-bumped"]);
    expect(kitchen.give({ type: "unbump", order, lines: [0, 1] })).toEqual(["line-unbumped", "line-unbumped"]);
  });

  test("the first line bumped starts the cooking; a line can be taken back; there is no line 7", () => {
    const kitchen = Kitchen.at("accepted");
    expect(kitchen.give({ type: "bump", order, lines: [1] })).toEqual(["started", "line-bumped"]);
    expect(kitchen.give({ type: "bump", order, lines: [0] })).toEqual(["line-bumped"]);
    expect(kitchen.ticket()?.bumped).toEqual([0, 1]);
    expect(kitchen.give({ type: "unbump", order, lines: [1] })).toEqual(["line-unbumped"]);
    expect(kitchen.ticket()?.bumped).toEqual([0]);
    expect(kitchen.give({ type: "bump", order, lines: [7] })).toMatchObject({ refused: "not-found" });
    expect(typesOf(kitchen.said)).toEqual(["ticket.started"]);
  });
});

describe("what a tablet without a connection did, and says later", () => {
  test("counts from when it was done: what was undone at another tablet since then stays undone", () => {
    const kitchen = Kitchen.at("preparing");
    const doneAt = kitchen.now;
    kitchen.after(minute);
    kitchen.give({ type: "bump", order, lines: [0] });
    kitchen.after(minute);
    kitchen.give({ type: "unbump", order, lines: [0] });
    kitchen.after(minute);
    expect(kitchen.give({ type: "bump", order, lines: [0], doneAt })).toMatchObject({ refused: "conflict" });
    expect(kitchen.give({ type: "bump", order, lines: [0, 1], doneAt })).toEqual(["line-bumped"]);
    expect(kitchen.ticket()?.bumped).toEqual([1]);
    expect(kitchen.give({ type: "unbump", order, lines: [1], doneAt: doneAt + 1 })).toEqual(["line-unbumped"]);
  });

  test("and undid itself, both with their times, is undone", () => {
    const kitchen = Kitchen.at("preparing");
    const doneAt = kitchen.now;
    kitchen.after(5 * minute);
    expect(kitchen.give({ type: "bump", order, lines: [0], doneAt })).toEqual(["line-bumped"]);
    expect(kitchen.give({ type: "unbump", order, lines: [0], doneAt: doneAt + minute })).toEqual(["line-unbumped"]);
    expect(kitchen.give({ type: "ready", order, doneAt: doneAt + 2 * minute })).toEqual(["ready"]);
    expect(kitchen.give({ type: "recall", order, when: null, doneAt: doneAt + 3 * minute })).toEqual(["recalled"]);
  });

  test("does not make ready again what was recalled since, nor recall what was made ready again", () => {
    const kitchen = Kitchen.at("preparing");
    const [first] = [kitchen.now, kitchen.after(minute), kitchen.give({ type: "ready", order })];
    const [second] = [kitchen.now + 1, kitchen.after(minute), kitchen.give({ type: "recall", order, when: null })];
    expect(kitchen.give({ type: "ready", order, doneAt: first })).toMatchObject({ refused: "conflict" });
    kitchen.after(minute);
    kitchen.give({ type: "ready", order });
    expect(kitchen.give({ type: "recall", order, when: null, doneAt: second })).toMatchObject({ refused: "conflict" });
    // A tablet whose clock runs ahead is not in the right for ever.
    expect(kitchen.give({ type: "recall", order, when: null, doneAt: kitchen.now + 99 * minute })).toEqual([
      "recalled",
    ]);
    kitchen.after(minute);
    expect(kitchen.give({ type: "ready", order, doneAt: kitchen.now - 1 })).toEqual(["ready"]);
  });
});

describe("a wish", () => {
  const onion = { type: "change", order, line: 0, note: "no onion" } as const;

  test("of a dish that is cooked already has it cooked again, and is to be noticed beside what it was", () => {
    const kitchen = Kitchen.at("accepted");
    kitchen.give({ type: "bump", order, lines: [0, 1] });
    expect(kitchen.give(onion)).toEqual(["changed", "line-unbumped"]);
    expect(kitchen.ticket()?.bumped).toEqual([1]);
    expect(kitchen.ticket()?.order.lines[0]?.note).toBe("no onion");
    expect(kitchen.ticket()?.changes).toMatchObject([{ line: 0, from: "no basil", to: "no onion" }]);
    expect(kitchen.give({ type: "ready", order })).toEqual(["ready"]);
    expect(kitchen.give({ type: "notice-changes", order })).toEqual(["changes-noticed"]);
    expect(kitchen.ticket()?.changes).toEqual([]);
    expect(typesOf(kitchen.said)).toEqual(["ticket.started", "ticket.ready"]);
  });

  test("changed twice is compared with what was noticed last, and changed back is no news", () => {
    const kitchen = Kitchen.at("preparing");
    kitchen.give(onion);
    kitchen.give({ ...onion, note: null });
    expect(kitchen.ticket()?.changes).toMatchObject([{ from: "no basil", to: null }]);
    kitchen.give({ ...onion, note: "no basil" });
    expect(kitchen.ticket()?.changes).toEqual([]);
    kitchen.give({ ...onion, line: null, note: "two bags" });
    expect(kitchen.ticket()?.order.note).toBe("two bags");
    expect(kitchen.give({ ...onion, line: null, note: "two bags" })).toEqual([]);
  });

  test("comes too late for what is ready, and needs a line that is there", () => {
    expect(Kitchen.at("ready").give(onion)).toMatchObject({ refused: "conflict" });
    expect(Kitchen.at("waiting").give({ ...onion, line: 9 })).toMatchObject({ refused: "not-found" });
  });
});

describe("what the present state does not allow", () => {
  test("is refused, and the refusal says how the ticket stands", () => {
    const cases = [
      [Kitchen.at("waiting"), { type: "start", order }, "waits to be accepted or rejected"],
      [Kitchen.at("waiting"), { type: "hand-over", order }, "waits to be accepted or rejected"],
      [
        Kitchen.at("accepted"),
        { type: "reject", order, reason: "too-busy", detail: "" },
        "is accepted and not started",
      ],
      [Kitchen.at("accepted"), { type: "recall", order, when: null }, "is accepted and not started"],
      [Kitchen.at("preparing"), { type: "accept", order, when: null }, "is being prepared"],
      [Kitchen.at("ready"), { type: "start", order }, "is ready"],
      [Kitchen.at("ready"), { type: "bump", order, lines: [0] }, "is ready"],
      [Kitchen.at("handed-over"), { type: "ready", order }, "is handed over"],
      [Kitchen.at("ready"), { type: "acknowledge-withdrawal", order }, "is ready"],
    ] as const satisfies [Kitchen, BoardCommand, string][];
    for (const [kitchen, command, standing] of cases) {
      const before = kitchen.board;
      const refusal = kitchen.give(command);
      expect(refusal).toMatchObject({ refused: "conflict", detail: expect.stringContaining(standing) });
      expect(kitchen.board).toBe(before);
    }
  });

  test("asked of a ticket nobody knows, is not found", () => {
    const kitchen = new Kitchen();
    expect(kitchen.give({ type: "ready", order })).toMatchObject({ refused: "not-found" });
    expect(kitchen.give({ type: "see", orders: [order] })).toMatchObject({ refused: "not-found" });
  });

  test("but what holds already is no fault: a step taken twice changes nothing", () => {
    const cases = [
      [Kitchen.at("accepted"), { type: "accept", order, when: { inMinutes: 90 } }],
      [Kitchen.at("preparing"), { type: "start", order }],
      [Kitchen.at("ready"), { type: "ready", order }],
      [Kitchen.at("preparing"), { type: "recall", order, when: null }],
      [Kitchen.at("handed-over"), { type: "hand-over", order }],
      [Kitchen.at("preparing"), { type: "unbump", order, lines: [0] }],
    ] as const satisfies [Kitchen, BoardCommand][];
    for (const [kitchen, command] of cases) expect(kitchen.give(command)).toEqual([]);
  });
});

describe("a withdrawn order", () => {
  test("is shown as withdrawn with its reason, whatever the kitchen was at", () => {
    for (const status of ["waiting", "accepted", "preparing", "ready"] as const) {
      const kitchen = Kitchen.at(status);
      expect(kitchen.withdraw()).toEqual(["withdrawn"]);
      expect(kitchen.ticket()).toMatchObject({
        status: "withdrawn",
        reason: "customer-cancelled",
        acknowledgedAt: null,
      });
      expect(kitchen.give({ type: "start", order })).toMatchObject({
        detail: expect.stringContaining("was withdrawn"),
      });
      expect(kitchen.said).toEqual([]);
    }
  });

  test("stays until a tablet acknowledges it", () => {
    const kitchen = Kitchen.at("preparing");
    kitchen.withdraw();
    expect(kitchen.give({ type: "acknowledge-withdrawal", order })).toEqual(["withdrawal-acknowledged"]);
    expect(kitchen.give({ type: "acknowledge-withdrawal", order })).toEqual([]);
    kitchen.after(withdrawalShownMs);
    expect(kitchen.ticket()).toMatchObject({ status: "withdrawn", acknowledgedAt: expect.any(Number) });
  });

  test("goes by itself after five minutes", () => {
    const kitchen = Kitchen.at("preparing");
    kitchen.withdraw();
    kitchen.after(withdrawalShownMs - 1);
    expect(kitchen.ticket()).toBeDefined();
    kitchen.after(1);
    expect(kitchen.ticket()).toBeUndefined();
    expect(boardRules.deadlines(kitchen.board)).toEqual({});
  });

  test("shown for the first time when it is withdrawn already, is not said to have been seen", () => {
    const kitchen = Kitchen.at("waiting");
    kitchen.withdraw();
    expect(kitchen.give({ type: "see", orders: [order] })).toEqual([]);
  });

  test("is no news after the handover, after a rejection, or where the ticket never came", () => {
    expect(Kitchen.at("handed-over").withdraw()).toEqual([]);
    expect(new Kitchen().withdraw()).toEqual([]);
    const rejected = Kitchen.at("waiting");
    rejected.give({ type: "reject", order, reason: "too-busy", detail: "" });
    expect(rejected.withdraw("no-answer")).toEqual([]);
  });
});

describe("news from the order", () => {
  test("sent twice is one ticket, also when the kitchen has gone on meanwhile", () => {
    const kitchen = Kitchen.at("preparing");
    expect(kitchen.send()).toEqual([]);
    expect(kitchen.ticket()?.status).toBe("preparing");
  });

  test("of a driver is shown; the same news again is none", () => {
    const kitchen = Kitchen.at("preparing");
    const driver = { id: "driver-7", name: "Mina" };
    expect(kitchen.news("order.driver-changed", { driver, atVenue: false, pickedUp: false })).toEqual([
      "driver-changed",
    ]);
    expect(kitchen.news("order.driver-changed", { driver, atVenue: false, pickedUp: false })).toEqual([]);
    expect(kitchen.news("order.driver-changed", { driver, atVenue: true, pickedUp: false })).toEqual([
      "driver-changed",
    ]);
    expect(kitchen.ticket()?.driver).toEqual({ ...driver, atVenue: true });
    expect(kitchen.news("order.driver-changed", { driver: null, atVenue: false, pickedUp: false })).toEqual([
      "driver-changed",
    ]);
    expect(kitchen.ticket()?.driver).toBeNull();
  });

  test("that the driver has it closes the ticket without saying it back", () => {
    const kitchen = Kitchen.at("ready");
    const driver = { id: "driver-7", name: "Mina" };
    expect(kitchen.news("order.driver-changed", { driver, atVenue: true, pickedUp: true })).toEqual([
      "driver-changed",
      "picked-up",
    ]);
    expect(kitchen.ticket()?.status).toBe("handed-over");
    expect(kitchen.news("order.driver-changed", { driver, atVenue: true, pickedUp: true })).toEqual([]);
    expect(kitchen.said).toEqual([]);
  });

  test("meant for others is none", () => {
    expect(boardRules.react(wire("reservation.kept", {}), senderOf(order), boardRules.initial)).toBeNull();
  });
});

describe("what is over", () => {
  test("is kept for half an hour to look back at, and then cleared", () => {
    const kitchen = Kitchen.at("handed-over");
    kitchen.after(closedShownMs - 1);
    expect(kitchen.ticket()).toBeDefined();
    kitchen.after(minute);
    expect(kitchen.ticket()).toBeUndefined();
  });

  test("never fills the board: of a busy hour only the last are kept", () => {
    const kitchen = new Kitchen();
    for (let number = 1; number <= 400; number += 1) {
      const id = orderId(number);
      kitchen.now += 1_000;
      kitchen.send(ordered(number, kitchen.now));
      kitchen.give({ type: "accept", order: id, when: null });
      kitchen.give({ type: "ready", order: id });
      kitchen.give({ type: "hand-over", order: id });
      expect(Object.keys(kitchen.board.tickets).length).toBeLessThanOrEqual(98);
      expect(kitchen.ticket(id)).toBeDefined();
    }
    expect(kitchen.ticket(orderId(360))).toBeDefined();
    expect(kitchen.ticket(orderId(200))).toBeUndefined();
  });
});
