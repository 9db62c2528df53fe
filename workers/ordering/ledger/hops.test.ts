import { describe, expect, it } from "vitest";
import type { Address } from "../../../contracts/address.ts";
import type { Trace } from "../../../contracts/desk.ts";
import type { Hop } from "../../../contracts/ledger.ts";
import type { Row } from "../dead-letters/rows.ts";
import type { Account } from "./account.ts";
import { callsOf } from "./calls.ts";
import { costsOf } from "./costs.ts";
import { hopsOf, type Witnesses } from "./hops.ts";

const [order, board, venue]: [Address, Address, Address] = ["order/t/ord_1", "board/t/k", "venue/t/k"];
const at = 1_800_000_000_000;

const trace = (actor: string, more: Partial<Trace> = {}): Trace => ({
  actor, applied: [], made: [], outstanding: [], waiting: [], resent: [], streams: [], others: [],
  events: 0, writes: 0, oldest: 1, rowsRead: 0, ...more,
}); // prettier-ignore
const account = (more: Partial<Account> = {}): Account => ({
  seq: 4,
  said: [{ to: board, sequence: 1, type: "comanda.order.sent.v1", writtenAt: at }],
  asked: [],
  commands: 1,
  timers: 0,
  ...more,
});
const witnesses = (own: Partial<Trace>, others: readonly Trace[], more: Partial<Witnesses> = {}): Witnesses => ({
  order,
  account: account(),
  own: trace(order, own),
  others: new Map(others.map((one) => [one.actor, one])),
  letters: [],
  ...more,
});
const only = (of: Witnesses): Hop => {
  const [hop, ...more] = hopsOf(of);
  if (hop === undefined || more.length > 0) throw new Error("one fact was expected");
  return hop;
};
const stream = (peer: string, sent: number, acked: number, applied: number) => ({ peer, sent, acked, applied });
const received = { from: order, sequence: 1, type: "comanda.order.sent.v1", writtenAt: at, appliedAt: at + 40, events: ["received"] }; // prettier-ignore

describe("a fact in the ledger", () => {
  it("was applied when its receiver's log says so, acknowledged when its sender's stream does", () => {
    const hop = only(witnesses({ streams: [stream(board, 1, 1, 0)] }, [trace(board, { applied: [received] })]));
    expect(hop).toMatchObject({
      way: "queue", applied: "yes", effect: ["received"], handOffMs: 40, acknowledged: true,
      sent: [{ at: new Date(at).toISOString(), how: "first" }],
    }); // prettier-ignore
  });

  it("that changed nothing was applied all the same, at a time nobody knows", () => {
    const others = [trace(board, { streams: [stream(order, 0, 0, 1)] })];
    const hop = only(witnesses({ streams: [stream(board, 1, 0, 0)] }, others));
    expect(hop).toMatchObject({ applied: "yes", appliedAt: null, effect: [], handOffMs: null, acknowledged: false });
  });

  it("that has not arrived is not applied, and shows each sending of it and of no other", () => {
    const resent = [
      { to: board, at: at + 5_000, first: 1, last: 2 },
      { to: board, at: at + 9_000, first: 2, last: 2 },
      { to: venue, at: at + 9_000, first: 1, last: 1 },
    ];
    const hop = only(witnesses({ streams: [stream(board, 1, 0, 0)], resent }, [trace(board)]));
    expect(hop).toMatchObject({ applied: "no", acknowledged: false });
    expect(hop.sent.map(({ how }) => how)).toEqual(["first", "again"]);
  });

  it("whose receiver cannot be asked may be applied or not, unless it was acknowledged", () => {
    const hop = only(witnesses({ streams: [stream(board, 1, 1, 0)] }, []));
    expect(hop).toMatchObject({ applied: "yes", acknowledged: true });
    expect(only(witnesses({}, []))).toMatchObject({ applied: "unknown", acknowledged: null });
  });

  it("has its dead letter", () => {
    const letter = {
      id: `${order}>${board}#1`, state: "open", attempts: 4, error: "Error: no", firstAt: at, lastAt: at + 7_000,
    } as Row; // prettier-ignore
    const hop = only(witnesses({ streams: [stream(board, 1, 0, 0)] }, [trace(board)], { letters: [letter] }));
    expect(hop.letter).toMatchObject({ state: "open", attempts: 4, lastAt: new Date(at + 7_000).toISOString() });
  });

  it("that the order was told stands there with and without effect, and while it is still on its way", () => {
    const seen = { from: board, sequence: 2, type: "comanda.ticket.accepted.v1", writtenAt: at, appliedAt: at + 9, events: ["accepted"] }; // prettier-ignore
    const waiting = [{ to: order, sequence: 3, type: "comanda.ticket.started.v1", order: "ord_1", writtenAt: at + 20 }];
    const hops = hopsOf(
      witnesses({ streams: [stream(board, 0, 0, 2)], applied: [seen] }, [trace(board, { waiting })], {
        account: account({ said: [] }),
      }),
    );
    expect(hops.map(({ sequence, type, applied }) => ({ sequence, type, applied }))).toEqual([
      { sequence: 2, type: "comanda.ticket.accepted.v1", applied: "yes" },
      { sequence: 3, type: "comanda.ticket.started.v1", applied: "no" },
      { sequence: 1, type: null, applied: "yes" },
    ]);
  });
});

describe("a call in the ledger", () => {
  const asked = [{ key: "ord_1/void", kind: "void", askedAt: at }];

  it("is owed with its error, recorded with its outcome, or settled without effect", () => {
    const owed = { key: "ord_1/void", kind: "void", attempts: 3, nextAt: at + 1_000, error: "503" };
    const made = { key: "ord_1/void", kind: "void", attempts: 4, endedAt: at + 2_000, events: ["payment-voided"] };
    const of = (own: Partial<Trace>) => callsOf(account({ asked }), trace(order, own));
    expect(of({ outstanding: [owed] })).toMatchObject([{ outcome: "owed", attempts: 3, error: "503", endedAt: null }]);
    expect(of({ made: [made] })).toMatchObject([{ outcome: "recorded", attempts: 4, effect: ["payment-voided"] }]);
    expect(of({})).toMatchObject([{ outcome: "without effect", attempts: null }]);
  });
});

describe("what an order has cost", () => {
  it("counts what is recorded, and takes facts of one write for one service for one message", () => {
    const said = [
      { to: board, sequence: 1, type: "a", writtenAt: at },
      { to: board, sequence: 2, type: "b", writtenAt: at },
      { to: venue, sequence: 1, type: "c", writtenAt: at },
    ];
    const own = { streams: [stream(board, 2, 0, 0)], resent: [{ to: board, at: at + 5_000, first: 1, last: 2 }], events: 4, writes: 2 }; // prettier-ignore
    const others = [trace(board, { applied: [received], events: 1, writes: 1 })];
    const of = witnesses(own, others, { account: account({ said, asked: [], commands: 1, timers: 1 }) });
    const costs = costsOf(of, hopsOf(of), []);
    expect(costs).toMatchObject({
      commands: { count: 1, how: "counted" },
      timers: { count: 1, how: "counted" },
      events: { count: 5, how: "counted" },
      queueMessages: { count: 2, how: "estimated" },
      acknowledgements: { count: 1, how: "estimated" },
      queueOperations: { count: 9, how: "estimated" },
    });
  });
});
