import { describe, expect, it } from "vitest";
import type { PendingAction } from "../shared/pending.ts";
import { afterPending, shownOnce } from "./after-pending.ts";
import { ticket } from "./ticket-for-tests.ts";

const done = (name: string, more: Partial<PendingAction> = {}): PendingAction => ({
  key: name,
  name,
  label: "AB12",
  params: { order: "ord_1", venue: "demo-1" },
  body: {},
  at: 0,
  waited: true,
  ...more,
});

describe("a ticket on a tablet without a connection", () => {
  it("goes on as the crew works, and says that it is ahead of the board", () => {
    const bump = done("bump", { params: { order: "ord_1", line: "1" } });
    const shown = afterPending(ticket, [done("accept"), done("start"), bump]);
    expect(shown).toMatchObject({ status: "preparing", readyAt: ticket.suggestedReadyAt, pending: true });
    expect(shown.lines.map(({ bumped }) => bumped)).toEqual([false, true]);
    expect(afterPending(ticket, [done("accept"), done("ready")]).status).toBe("ready");
    expect(afterPending(ticket, [done("accept"), done("ready"), done("recall")]).status).toBe("preparing");
    expect(afterPending(ticket, [done("accept"), done("ready"), done("handover")]).open).toBe(false);
  });

  it("is the very same as long as nothing of it has changed, whatever is done to others", () => {
    const shownOf = shownOnce();
    const accept = done("accept");
    const shown = shownOf(ticket, [accept]);
    expect(shown.status).toBe("accepted");
    expect(shownOf(ticket, [done("accept", { params: { order: "ord_2" } }), accept])).toBe(shown);
    expect(shownOf(ticket, [accept, done("start")])).toMatchObject({ status: "preparing" });
    expect(shownOf(ticket, [])).toMatchObject({ status: "waiting", pending: false });
    expect(shownOf({ ...ticket, note: "No salt" }, [])).toMatchObject({ note: "No salt" });
  });

  it("keeps the promised time that was chosen", () => {
    const readyAt = "2026-11-21T19:40:00.000Z";
    expect(afterPending(ticket, [done("accept", { body: { readyAt } })]).readyAt).toBe(readyAt);
    expect(afterPending(ticket, [done("accept"), done("promise", { body: { readyAt } })]).readyAt).toBe(readyAt);
  });

  it("is promised in so many minutes from when the button was touched", () => {
    const touched = Date.parse("2026-11-21T19:02:00.000Z");
    const shown = afterPending(ticket, [done("accept", { body: { prepMinutes: 15 }, at: touched })]);
    expect(shown.readyAt).toBe("2026-11-21T19:17:00.000Z");
  });

  it("has a station's lines done at once, and a line with another wish to do again", () => {
    const station = [done("accept"), done("bumpLines", { body: { lines: [0, 1] } })];
    expect(afterPending(ticket, station).lines.map(({ bumped }) => bumped)).toEqual([true, true]);
    const wish = done("change", { body: { line: 1, note: "no salt" } });
    expect(afterPending(ticket, [...station, wish]).lines).toMatchObject([
      { bumped: true },
      { bumped: false, note: "no salt" },
    ]);
    expect(afterPending(ticket, [done("change", { body: { line: null, note: "two bags" } })]).note).toBe("two bags");
  });

  it("leaves when it was rejected or its cancellation understood", () => {
    expect(afterPending(ticket, [done("reject")]).open).toBe(false);
    expect(afterPending({ ...ticket, status: "withdrawn" }, [done("acknowledge")]).open).toBe(false);
  });

  it("believes the board where it knows better", () => {
    const withdrawn = { ...ticket, status: "withdrawn" } as const;
    expect(afterPending(withdrawn, [done("accept"), done("ready")])).toEqual({ ...withdrawn, pending: true });
    expect(afterPending(ticket, [done("handover")]).status).toBe("waiting");
  });

  it("is untouched by what was done to another", () => {
    expect(afterPending(ticket, [done("accept", { params: { order: "ord_2" } })])).toEqual({
      ...ticket,
      pending: false,
    });
  });
});
