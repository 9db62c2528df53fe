import { expect, test } from "vitest";
import type { Hop, Ledger } from "../../contracts/ledger.ts";
import { ledgerText } from "./ledger-text.ts";

const at = "2026-11-21T19:30:00.000Z";
const hop: Hop = {
  id: "order/demo/ord_1>board/demo/demo-1#1",
  type: "comanda.order.sent.v1",
  from: "order/demo/ord_1",
  to: "board/demo/demo-1",
  sequence: 1,
  way: "queue",
  writtenAt: at,
  sent: [{ at, how: "first" }],
  applied: "yes",
  appliedAt: at,
  effect: ["received"],
  handOffMs: 12,
  acknowledged: true,
  letter: null,
};
const counted = { count: 2, how: "counted" } as const;
const estimated = { count: 30, how: "estimated" } as const;
const ledger: Ledger = {
  order: "ord_1",
  seq: 4,
  facts: [hop],
  calls: [],
  costs: {
    commands: counted,
    timers: counted,
    outsideRequests: counted,
    actorRequests: estimated,
    queueMessages: estimated,
    acknowledgements: estimated,
    queueOperations: estimated,
    events: counted,
    rowsWritten: estimated,
    rowsRead: estimated,
  },
  look: { actors: 3, rowsRead: 40 },
  unknown: [],
};

test("a fact stands with when it was written and applied, and what followed", () => {
  const text = ledgerText(ledger);
  expect(text).toContain("comanda.order.sent.v1  (order/demo/ord_1>board/demo/demo-1#1, by queue)");
  expect(text).toContain(`applied ${at} after 12 ms → received, acknowledged`);
  expect(text).not.toContain("sent again");
});

test("what is estimated is marked, what is counted is not", () => {
  const text = ledgerText(ledger);
  expect(text).toMatch(/rows written +~30/);
  expect(text).toMatch(/commands +2/);
});

test("a fact that died stands with its letter, and a call with what went wrong", () => {
  const letter = { id: "abc", state: "open", attempts: 8, error: "Error: no", firstAt: at, lastAt: at } as const;
  const dead: Hop = {
    ...hop, applied: "no", appliedAt: null, effect: [], handOffMs: null, acknowledged: false, letter,
    sent: [{ at, how: "first" }, { at: "2026-11-21T19:30:05.000Z", how: "again" }],
  }; // prettier-ignore
  const call = {
    key: "ord_1/void", kind: "void", askedAt: at, attempts: 3, endedAt: null, outcome: "owed", effect: [],
    nextAt: at, error: "503",
  } as const; // prettier-ignore
  const text = ledgerText({ ...ledger, facts: [dead], calls: [{ ...call, effect: [] }] });
  expect(text).toContain("sent again 2026-11-21T19:30:05.000Z");
  expect(text).toContain("not applied, not acknowledged");
  expect(text).toContain("dead letter abc: open, 8 attempts");
  expect(text).toContain(`owed, 3 attempts, next ${at}: 503`);
});
