import { expect, it } from "vitest";
import { z } from "zod";
import { Fulfilment } from "../../contracts/basket.ts";
import { EndReason } from "../../contracts/events.ts";
import { FloorOrder } from "../../contracts/floor.ts";
import { OrderStatus } from "../../contracts/order.ts";
import { sheetOf } from "./orders-sheet.ts";

const venues = new Map([["demo-1", { name: "=Tasca, the old one", timeZone: "Europe/Berlin" }]]);

const words = {
  head: {
    id: "Id", code: "Code", venue: "Venue", status: "State", fulfilment: "How", table: "Table", placed: "Placed",
    sent: "To the kitchen", accepted: "Accepted", promised: "Promised", ready: "Ready", ended: "Ended",
    timeZone: "Time zone", total: "Total", refunded: "Paid back", currency: "Currency", reason: "Reason",
    attention: "Needs somebody",
  },
  order: { status: named(OrderStatus.options), fulfilment: named(Fulfilment.options), reason: named(EndReason.options) },
  attention: (what: string) => what,
}; // prettier-ignore

function named<T extends string>(all: readonly T[]): Record<T, string> {
  const names = Object.fromEntries(all.map((name) => [name, name]));
  return z.record(z.enum(all), z.string()).parse(names);
}

function order(more: object = {}): FloorOrder {
  return FloorOrder.parse({
    id: `ord_${"0".repeat(26)}`, venue: "demo-1", code: "KT47", status: "collected", fulfilment: "dine-in", total: 1250,
    currency: "EUR", placedAt: "2026-07-01T22:30:05.000Z", updatedAt: "2026-07-01T23:00:00.000Z", seq: 9, open: false,
    sentAt: null, acceptedAt: null, promisedAt: null, readyAt: null, endedAt: null, dueAt: null, reason: null,
    refunded: 0, attention: [], ...more,
  }); // prettier-ignore
}

function cellsOf(...orders: FloorOrder[]): Record<string, string>[] {
  const [head = "", ...rows] = sheetOf(orders, venues, words).replace("\uFEFF", "").trimEnd().split("\r\n");
  return rows.map((row) => {
    const cells = row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, "")) ?? [];
    return Object.fromEntries(head.split(",").map((name, at) => [name, cells[at] ?? ""]));
  });
}

it("has times of the venue's clock and amounts to reckon with", () => {
  expect(cellsOf(order(), order({ currency: "JPY", table: "12" }))).toMatchObject([
    { Code: "KT47", Placed: "2026-07-02 00:30:05", "Time zone": "Europe/Berlin", Total: "12.5", Ended: "", Table: "" },
    { Total: "1250", Currency: "JPY", Table: "12" },
  ]);
});

it("takes no table and no venue for a formula", () => {
  expect(cellsOf(order({ table: "=1+1" }))).toMatchObject([{ Table: `"'=1+1"`, Venue: `"'=Tasca, the old one"` }]);
});
