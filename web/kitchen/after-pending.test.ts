import { describe, expect, it } from "vitest";
import type { TicketView } from "../../contracts/kitchen.ts";
import type { PendingAction } from "../shared/pending.ts";
import { afterPending } from "./after-pending.ts";

const line = {
  item: "soup",
  name: { en: "Soup" },
  variation: null,
  quantity: 1,
  options: [],
  allergens: [],
  note: null,
  bumped: false,
};
const ticket: TicketView = {
  order: "ord_1",
  code: "AB12",
  status: "waiting",
  fulfilment: "pickup",
  customer: "Ada L.",
  lines: [line, line],
  note: null,
  allergens: [],
  placedAt: "2026-11-21T19:00:00.000Z",
  requestedFor: null,
  seenAt: "2026-11-21T19:00:01.000Z",
  answerBy: "2026-11-21T19:05:00.000Z",
  suggestedReadyAt: "2026-11-21T19:20:00.000Z",
  readyAt: null,
  driver: null,
  ended: null,
  open: true,
};
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

  it("keeps the promised time that was chosen", () => {
    const readyAt = "2026-11-21T19:40:00.000Z";
    expect(afterPending(ticket, [done("accept", { body: { readyAt } })]).readyAt).toBe(readyAt);
    expect(afterPending(ticket, [done("accept"), done("promise", { body: { readyAt } })]).readyAt).toBe(readyAt);
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
