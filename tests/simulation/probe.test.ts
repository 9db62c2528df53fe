import { beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../contracts/address.ts";
import { tombstoneOf, type Envelope } from "../../contracts/envelope.ts";
import { chatterOn } from "./chatter.ts";
import { Actor } from "../../workers/shared/actor.ts";
import { Disk } from "../../workers/shared/testing/disk.ts";
import { envelopeOf } from "../../workers/shared/testing/envelopes.ts";
import { ObjectState } from "../../workers/shared/testing/object-state.ts";

const [order, board]: [Address, Address] = ["order/t/ord_1", "board/t/k"];
const Board = chatterOn(Actor, "board");

let disk: Disk;
let state: ObjectState;
let chokes: boolean;
let payable: boolean;

/** The board as it wakes: memory empty, disk as it was. */
function wake() {
  state = new ObjectState("t/k", disk);
  const carriers = { queues: { ordering: { send: async () => {} } as unknown as Queue }, objects: {} };
  const pay = async (): Promise<void> => {
    if (!payable) throw new Error("the bank is shut");
  };
  return new Board(state.asState, { carriers, pay, chokesOn: (text) => chokes && text.startsWith("poison") });
}

const fact = (sequence: number, text: string): Envelope => ({
  ...envelopeOf(order, board, sequence),
  data: { by: text },
  correlationid: "ord_1",
});

beforeEach(() => {
  disk = new Disk();
  chokes = true;
  payable = true;
});

describe("a rehearsal", () => {
  it("says what would be recorded, told and called, and changes nothing", async () => {
    const object = wake();
    expect(object.rehearse(fact(1, "echo hello"))).toEqual({
      outcome: "applied",
      events: ["heard", "said"],
      facts: [{ to: order, type: "ticket.started" }],
      calls: [],
    });
    expect(disk.rows("SELECT name FROM sqlite_master")).toEqual([]);
    await object.receive({ facts: [fact(1, "hello")], acks: [] });
    const before = disk.rows("SELECT * FROM events");
    expect(object.rehearse(fact(2, "hello"))).toMatchObject({ outcome: "applied", events: ["heard"] });
    expect([disk.rows("SELECT * FROM events"), object.standing(order)]).toEqual([before, { applied: 1, held: [] }]);
  });

  it("tells what would fail, be refused, be dropped as known, or wait for another", () => {
    const object = wake();
    expect(object.rehearse(fact(1, "poison"))).toEqual({ outcome: "failing", error: "Error: choked on poison" });
    expect(object.rehearse(fact(1, "ignore me"))).toEqual({ outcome: "refused", why: "not now" });
    expect(object.rehearse(fact(2, "hello"))).toEqual({ outcome: "waiting", next: 1 });
    expect(object.rehearse({ ...fact(1, "hello"), type: "comanda.tomorrow.v9" })).toMatchObject({ outcome: "failing" });
    expect(object.rehearse(tombstoneOf(fact(1, "poison")))).toMatchObject({ outcome: "applied", events: [] });
  });

  it("of a number that was applied says so", async () => {
    const object = wake();
    await object.receive({ facts: [fact(1, "hello")], acks: [] });
    expect(object.rehearse(fact(1, "poison"))).toEqual({ outcome: "repeated", applied: 1 });
  });
});

describe("a tombstone", () => {
  it("takes the place of a fact that fails, and what was held behind it is applied", async () => {
    const object = wake();
    const { failures } = await object.receive({
      facts: [fact(1, "poison"), fact(2, "two"), fact(3, "three")],
      acks: [],
    });
    expect(failures).toMatchObject([{ error: "Error: choked on poison" }]);
    expect(object.standing(order)).toEqual({ applied: 0, held: [2, 3] });
    const receipt = await object.receive({ facts: [tombstoneOf(fact(1, "poison"))], acks: [] });
    expect(receipt).toMatchObject({ positions: [{ from: order, to: board, upTo: 3 }], failures: [] });
    expect(disk.rows("SELECT count(*) AS n FROM events")).toEqual([{ n: 2 }]);
    // The sender goes on with the original until it hears of it.
    expect(await object.receive({ facts: [fact(1, "poison")], acks: [] })).toMatchObject({ failures: [] });
  });
});

describe("what an actor remembers of an order", () => {
  it("is nothing where it never was", () => {
    expect(wake().traceOf("ord_1")).toMatchObject({ actor: board, applied: [], events: 0, rowsRead: 0 });
    expect(disk.rows("SELECT name FROM sqlite_master")).toEqual([]);
  });

  it("is when each fact was written and applied, and what followed, for as long as its log goes back", async () => {
    const said = { ...fact(1, "echo hello"), time: new Date(1_700_000_000_000).toISOString() };
    await wake().receive({ facts: [said], acks: [] });
    const trace = wake().traceOf("ord_1");
    expect(trace.applied).toMatchObject([
      { from: order, sequence: 1, type: said.type, writtenAt: 1_700_000_000_000, events: ["heard", "said"] },
    ]);
    expect(trace).toMatchObject({ events: 2, writes: 1, streams: [{ peer: order, sent: 1, acked: 0, applied: 1 }] });
    expect(trace.waiting).toMatchObject([{ to: order, sequence: 1, order: "ord_1" }]);
    expect(trace.rowsRead).toBeGreaterThan(0);
    expect(wake().traceOf("ord_2")).toMatchObject({ applied: [], waiting: [], events: 0 });
  });

  it("has every time a fact was sent again, but not what was acknowledged in time", async () => {
    const object = wake();
    await object.receive({ facts: [fact(1, "echo one")], acks: [] });
    expect(disk.rows("SELECT 1 FROM sqlite_master WHERE name = 'resent'")).toEqual([]);
    const due = Number(disk.rows("SELECT retry_at FROM peers")[0]?.["retry_at"]);
    disk.database.exec(`UPDATE peers SET retry_at = retry_at - 3600000`);
    const again = wake();
    await again.alarm();
    await state.rest();
    expect(again.traceOf("ord_1").resent).toMatchObject([{ to: order, first: 1, last: 1 }]);
    expect(due).toBeGreaterThan(0);
  });

  it("has each call with its key, its attempts and its outcome", async () => {
    const object = wake();
    payable = false;
    await object.command({ type: "pay", text: "ord_1" }, "k");
    await state.rest();
    expect(object.traceOf("ord_1").outstanding).toMatchObject([
      { key: "pay ord_1", kind: "pay", attempts: 1, error: "Error: the bank is shut" },
    ]);
    payable = true;
    disk.database.exec("UPDATE effects SET next_at = 0");
    await object.alarm();
    await state.rest();
    expect(object.traceOf("ord_1")).toMatchObject({
      outstanding: [],
      made: [{ key: "pay ord_1", kind: "pay", attempts: 2, events: ["paid"] }],
    });
  });
});
