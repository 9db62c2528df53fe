import { expect, it } from "vitest";
import type { FloorOrder } from "../../contracts/floor.ts";
import { Floorbook } from "./floorbook.ts";

function line(id: string, seq: number, ended = false): FloorOrder {
  return {
    id, venue: "v", code: id, status: ended ? "collected" : "sent", fulfilment: "pickup", total: 100, currency: "EUR",
    placedAt: `2026-11-21T18:00:0${id}.000Z`, updatedAt: "2026-11-21T18:00:00.000Z", seq, sentAt: null, acceptedAt: null,
    promisedAt: null, readyAt: null, endedAt: ended ? "2026-11-21T18:10:00.000Z" : null, dueAt: null, reason: null,
    refunded: 0, attention: [],
  }; // prettier-ignore
}

const shown = (book: Floorbook) => book.open.map(({ id, seq }) => `${id}#${seq}`);

it("an older word about an order changes nothing", () => {
  const book = new Floorbook();
  book.begin([line("1", 5)], 0);
  book.hear([line("2", 3), line("1", 4)], 1_000);
  expect(shown(book)).toEqual(["1#5", "2#3"]);
});

it("a snapshot that was read before the last news does not take it back", () => {
  const book = new Floorbook();
  book.hear([line("1", 9, true), line("2", 3)], 1_000);
  book.begin([line("1", 8), line("2", 2), line("3", 1)], 2_000);
  expect(shown(book)).toEqual(["2#3", "3#1"]);
});

it("what a later snapshot does not have is over", () => {
  const book = new Floorbook();
  book.begin([line("1", 5)], 0);
  book.begin([line("2", 1)], 60_000);
  expect(shown(book)).toEqual(["2#1"]);
});
