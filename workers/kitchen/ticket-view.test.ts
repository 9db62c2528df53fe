import { describe, expect, test } from "vitest";
import { BoardMessage, TicketView } from "../../contracts/kitchen.ts";
import { evolveTicket, newTicket } from "../../domain/ticket/ticket.ts";
import { ordered, senderOf } from "../../domain/ticket/orders-for-tests.ts";
import { ticketView } from "./ticket-view.ts";

const now = Date.UTC(2026, 10, 14, 18, 0, 0);
const order = ordered(1, now);
const waiting = newTicket(order, senderOf(order.order), now);

describe("what a tablet is shown of a ticket", () => {
  test("has its contract's shape in every state, and survives the wire unchanged", () => {
    const accepted = evolveTicket(waiting, { type: "accepted", order: order.order, readyAt: now + 60_000 }, now);
    const withdrawn = evolveTicket(
      accepted,
      { type: "withdrawn", order: order.order, reason: "too-busy", detail: "" },
      now,
    );
    for (const ticket of [waiting, accepted, withdrawn]) {
      const view = ticketView(ticket);
      expect(TicketView.parse(JSON.parse(JSON.stringify(view)))).toEqual(view);
    }
    const view = ticketView(withdrawn);
    expect(view.ended).toEqual({ reason: "too-busy", detail: "", at: "2026-11-14T18:00:00.000Z" });
    expect(BoardMessage.safeParse({ type: "snapshot", seq: 3, tickets: [view], counts: [] }).success).toBe(true);
  });

  test("names all allergens, of options too, the customer by the name to call out, and no price", () => {
    const view = ticketView(waiting);
    expect(view.allergens).toEqual(["gluten", "milk"]);
    expect(view.customer).toBe("Ada L.");
    expect(JSON.stringify(view)).not.toMatch(/1150|1400|taxClass|unit/);
  });

  test("says where the guests sit, when the driver is expected, and what was changed until it was noticed", () => {
    const seated = newTicket({ ...order, table: "12" }, senderOf(order.order), now);
    const driver = { id: "driver-7", name: "Mina", atVenue: false, arrivesAt: now + 60_000 };
    const coming = evolveTicket(seated, { type: "driver-changed", order: order.order, driver }, now);
    const changed = evolveTicket(coming, { type: "changed", order: order.order, line: 1, note: "no ice" }, now);
    const view = ticketView(changed);
    expect(TicketView.parse(JSON.parse(JSON.stringify(view)))).toEqual(view);
    expect(view).toMatchObject({
      table: "12",
      driver: { name: "Mina", arrivesAt: "2026-11-14T18:01:00.000Z" },
      changes: [{ line: 1, from: null, to: "no ice", at: "2026-11-14T18:00:00.000Z" }],
    });
    expect(ticketView(evolveTicket(changed, { type: "changes-noticed", order: order.order }, now))).not.toHaveProperty(
      "changes",
    );
  });

  test("marks the bumped lines", () => {
    const bumped = evolveTicket(waiting, { type: "line-bumped", order: order.order, line: 1 }, now);
    expect(ticketView(bumped).lines.map((line) => line.bumped)).toEqual([false, true]);
  });
});
