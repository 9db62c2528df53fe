import { expect, test } from "vitest";
import { type Report, textOf } from "./report.ts";

const times = { count: 3, p50: 1.25, p95: 20, p99: 120.4, max: 120.4 };
const report: Report = {
  baseUrl: "http://127.0.0.1:1",
  seed: "1",
  seconds: 12.3,
  orders: { placed: 3, ended: 2, byOutcome: { collected: 2, hung: 1 } },
  latencyMs: { place: times, shown: times },
  troubles: { sockets: 0, requests: 0 },
  dropouts: 0,
  cpuSeconds: 0.4,
  brokenCount: 1,
  broken: [
    {
      kind: "hung",
      detail: "nothing for 60 s: accepted",
      order: "ord_1",
      venue: "demo-1",
      at: "2026-01-01T00:00:00.000Z",
    },
  ],
};

test("says what came of the orders, how long things took, and what is broken", () => {
  const text = textOf(report);
  expect(text).toContain("3 orders placed, 2 ended, in 12.3 s");
  expect(text).toMatch(/^ {2}hung +1$/m);
  expect(text).toMatch(/^place +3 +1\.3 +20\.0 +120 +120$/m);
  expect(text).toContain("  hung: demo-1 ord_1 nothing for 60 s: accepted");
});

test("says so when nothing is broken", () => {
  expect(textOf({ ...report, brokenCount: 0, broken: [] })).toContain("Nothing was broken.");
});
