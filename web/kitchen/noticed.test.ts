import { describe, expect, it } from "vitest";
import type { TicketView } from "../../contracts/kitchen.ts";
import { bumpKeyOf } from "./bump-keys.ts";
import { differencesOf, noticedOf } from "./noticed.ts";
import { houseRemedy, ticketRemedy } from "./remedy.ts";
import { ticket } from "./ticket-for-tests.ts";
import { partsAt, workFor } from "./work.ts";

const at = (minute: number) => `2026-11-21T19:${minute}:00.000Z`;
const cooking: TicketView = { ...ticket, status: "preparing", readyAt: at(20) };
const mina = { id: "driver-7", name: "Mina", atVenue: false };

describe("a ticket is another one", () => {
  it("where the time, the driver or a wish is not what people here know", () => {
    const known = noticedOf({ ...cooking, driver: mina });
    const changes = [{ line: 0, from: null, to: "no salt", at: at(10) }];
    expect(differencesOf({ ...cooking, readyAt: at(30), changes }, known)).toEqual([
      { what: "wish", line: 0, from: null, to: "no salt" },
      { what: "time", from: at(20), to: at(30) },
      { what: "driver", from: "Mina", to: null },
    ]);
  });

  it("but the first promise and the first driver are no news: what comes after them is", () => {
    const asNew = noticedOf(ticket);
    const known = noticedOf({ ...cooking, driver: mina }, asNew);
    expect(known).toEqual({ readyAt: at(20), driver: "Mina" });
    expect(differencesOf({ ...cooking, driver: mina }, asNew)).toEqual([]);
    expect(differencesOf({ ...cooking, readyAt: at(30) }, known)).toMatchObject([{ what: "time" }, { what: "driver" }]);
    expect(noticedOf({ ...cooking, readyAt: at(30) }, known)).toEqual(known);
  });

  it("not for a driver who begins to come or arrives, nor once it is over, nor where nobody knew it", () => {
    expect(differencesOf({ ...cooking, driver: mina }, noticedOf(cooking))).toEqual([]);
    const known = noticedOf({ ...cooking, driver: mina });
    expect(differencesOf({ ...cooking, driver: { ...mina, atVenue: true } }, known)).toEqual([]);
    expect(differencesOf({ ...cooking, status: "handed-over", readyAt: at(40) }, known)).toEqual([]);
    expect(differencesOf({ ...cooking, readyAt: at(40) }, undefined)).toEqual([]);
  });
});

describe("what was done last", () => {
  const now = Date.parse(at(15));

  it("is taken back as it was before", () => {
    expect(ticketRemedy("ready", cooking, {}, now)).toEqual({ name: "recall", body: { readyAt: at(20) } });
    expect(ticketRemedy("bumpLines", cooking, { lines: [0] }, now)).toEqual({
      name: "unbumpLines",
      body: { lines: [0] },
    });
    expect(ticketRemedy("change", cooking, { line: 1, note: "hot" }, now)).toEqual({
      name: "change",
      body: { line: 1, note: null },
    });
    expect(ticketRemedy("promise", cooking, { readyAt: at(40) }, now)).toEqual({
      name: "promise",
      body: { readyAt: at(20) },
    });
    expect(houseRemedy("sellOut", null, { key: "soup" })).toEqual({ name: "makeAvailable", body: { key: "soup" } });
  });

  it("is held back where the guest would be told for good, and stays where nothing takes it back", () => {
    expect(ticketRemedy("handover", cooking, {}, now)).toBe("hold");
    expect(ticketRemedy("reject", ticket, { reason: "too-busy" }, now)).toBe("hold");
    expect(ticketRemedy("accept", ticket, {}, now)).toBeNull();
    // A promise that has passed cannot be given again.
    expect(ticketRemedy("promise", cooking, { readyAt: at(40) }, Date.parse(at(25)))).toBeNull();
    expect(ticketRemedy("ready", cooking, {}, Date.parse(at(25)))).toEqual({ name: "recall", body: {} });
  });
});

describe("a tablet", () => {
  const stations = {
    all: [
      { id: "Grill", name: { und: "Grill" } },
      { id: "Cold", name: { und: "Cold" } },
    ],
    byItem: new Map([
      ["steak", "Grill"],
      ["soup", "Cold"],
    ]),
  };
  const [soup] = ticket.lines;
  const lines = soup === undefined ? [] : [soup, { ...soup, item: "steak", bumped: true }];
  const both = { ...cooking, lines, pending: false };
  const waiting = { ...ticket, order: "ord_2", pending: false };
  const ready = { ...both, order: "ord_3", status: "ready" as const };
  const settings = {
    stations: null, takesOrders: true, scale: "usual", volume: "usual", allDay: false,
    printer: "browser", paper: 80, printsAtOnce: false,
  } as const; // prettier-ignore
  const orders = (tickets: readonly TicketView[]) => tickets.map(({ order }) => order);
  const shownAt = (more: object) => workFor([both, waiting, ready], { ...settings, ...more }, stations);

  it("at the pass shows everything", () => {
    const { tickets, ready: done, elsewhere } = shownAt({});
    expect([orders(tickets), orders(done), orders(elsewhere)]).toEqual([["ord_1", "ord_2"], ["ord_3"], []]);
  });

  it("at a station shows what is still to be made there, and counts the new orders others answer", () => {
    const cold = shownAt({ stations: ["Cold"], takesOrders: false });
    expect([orders(cold.tickets), orders(cold.ready), orders(cold.elsewhere)]).toEqual([["ord_1"], [], ["ord_2"]]);
    expect(orders(shownAt({ stations: ["Grill"], takesOrders: false }).tickets)).toEqual([]);
    expect(partsAt([both], ["Cold"], stations)[0]?.lines).toHaveLength(1);
  });
});

describe("a bump bar", () => {
  it("sends keys, of any of the usual layouts", () => {
    expect(["1", "0", "Enter", "b", "ArrowLeft", "Backspace", "+"].map(bumpKeyOf)).toEqual([
      { does: "select", place: 1 },
      { does: "select", place: 10 },
      { does: "bump" },
      { does: "bump" },
      { does: "move", by: -1 },
      { does: "undo" },
      { does: "later" },
    ]);
    expect(["Tab", "Shift", "F5", " ", "z"].map(bumpKeyOf)).toEqual([null, null, null, null, null]);
  });
});
