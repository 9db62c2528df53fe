import { beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../contracts/address.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import { Outbox } from "./outbox.ts";
import { ActorStorage } from "./storage.ts";
import { Disk, steadyPower, storageOn } from "./testing/disk.ts";

const self: Address = "order/t/1";
const board: Address = "board/t/k";
const outlet: Address = "outlet/t/orders";
const now = 1_000_000;

let disk: Disk;
let storage: ActorStorage;
let outbox: Outbox;

function wake(): void {
  storage = new ActorStorage(storageOn(disk, steadyPower));
  outbox = new Outbox(storage, self);
}

const started = (by: string): Addressed => ({ type: "ticket.started", to: board, data: { by } });
const line = (seq: number): Addressed => ({ ...started(String(seq)), to: outlet });
const put = (at: number, ...facts: Addressed[]): Envelope[] =>
  storage.write(() => outbox.put(facts, { event: 1, at, traceparent: "" }));
const numbers = (envelopes: readonly Envelope[]): number[] => envelopes.map(({ sequence }) => sequence);
const rows = (): unknown[] => disk.rows("SELECT sequence FROM outbox").map(({ sequence }) => sequence);

beforeEach(() => {
  disk = new Disk();
  wake();
});

describe("an acknowledgement", () => {
  it("costs no write of its own: it is written with what is written next", () => {
    put(now, started("a"), started("b"));
    outbox.hear([{ from: self, to: board, upTo: 1 }], now);
    expect([rows(), outbox.depth(), numbers(outbox.unacknowledged(board))]).toEqual([[1, 2], 1, [2]]);
    storage.write(() => outbox.settle(now));
    expect([rows(), outbox.depth()]).toEqual([[2], 1]);
  });

  it("is written by the alarm at the latest, and what it tells of is not sent again", () => {
    put(now, started("a"));
    outbox.hear([{ from: self, to: board, upTo: 1 }], now);
    expect(outbox.overdue(now + 5_000)).toEqual([]);
    expect([rows(), outbox.nextRetryAt()]).toEqual([[], null]);
  });

  it("lost with the process costs one retransmission", () => {
    put(now, started("a"));
    outbox.hear([{ from: self, to: board, upTo: 1 }], now);
    wake();
    expect(numbers(outbox.overdue(now + 5_000))).toEqual([1]);
  });

  it("is written at once where an object that sleeps would have forgotten it when the alarm goes off", () => {
    put(now, line(1));
    expect(numbers(outbox.overdue(now + 8_000))).toEqual([1]);
    expect(outbox.nextRetryAt()).toBe(now + 24_000);
    outbox.hear([{ from: self, to: outlet, upTo: 1 }], now + 9_500);
    wake();
    expect(outbox.overdue(now + 24_000)).toEqual([]);
    expect([rows(), outbox.nextRetryAt()]).toEqual([[], null]);
  });

  it("of an older fact does not take back a newer one", () => {
    put(now, started("a"), started("b"));
    outbox.hear([{ from: self, to: board, upTo: 2 }], now);
    outbox.hear([{ from: self, to: board, upTo: 1 }], now);
    expect(outbox.depth()).toBe(0);
  });
});

describe("a read model", () => {
  it("is owed the newest line only", () => {
    put(now, line(0), line(1));
    put(now + 100, line(2), line(3));
    put(now + 200, line(4));
    expect(rows()).toEqual([5]);
    // It gathers lines before it writes them, so it is waited for longer than others.
    expect(outbox.nextRetryAt()).toBe(now + 8_000);
    expect(numbers(outbox.overdue(now + 8_000))).toEqual([5]);
    expect(outbox.nextRetryAt()).toBe(now + 8_000 + 16_000);
  });

  it("that has acknowledged an older line is told the newest all the same", () => {
    put(now, line(1));
    put(now + 100, line(2));
    outbox.hear([{ from: self, to: outlet, upTo: 1 }], now);
    expect(numbers(outbox.overdue(now + 4_000))).toEqual([]);
    expect(numbers(outbox.overdue(now + 9_000))).toEqual([2]);
    outbox.hear([{ from: self, to: outlet, upTo: 2 }], now + 10_000);
    expect(outbox.overdue(now + 60_000)).toEqual([]);
    expect(outbox.nextRetryAt()).toBeNull();
  });
});

it("a write that is undone leaves no number behind", () => {
  put(now, started("a"));
  const tooLarge = started("x".repeat(200_000));
  expect(() => put(now, started("b"), tooLarge)).toThrow("too large");
  expect(numbers(put(now, started("c")))).toEqual([2]);
});
