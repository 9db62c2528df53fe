import { expect, test } from "vitest";
import { Fault, type Fate, Faults, fateOf } from "./faults.ts";

const requests = Array.from({ length: 10_000 }, (_, at) => `order-${at}:capture`);
const fatesOf = (fault: Fault): Fate[] => requests.map((request) => fateOf(fault, request, 1));
const shareOf = (fates: readonly Fate[], kind: Fate["kind"]): number =>
  fates.filter((fate) => fate.kind === kind).length / fates.length;

test("a peer without rates answers at once", () => {
  expect(new Set(fatesOf(Fault.parse({})).map(({ kind, delayMs }) => `${kind} ${delayMs}`))).toEqual(
    new Set(["answer 0"]),
  );
});

test("each rate is met over many requests", () => {
  const fates = fatesOf(Fault.parse({ seed: 7, errorRate: 0.2, timeoutRate: 0.1, loseAnswerRate: 0.05 }));
  expect(shareOf(fates, "error")).toBeCloseTo(0.2, 1);
  expect(shareOf(fates, "silence")).toBeCloseTo(0.1, 1);
  expect(shareOf(fates, "lost")).toBeGreaterThan(0.04);
  expect(shareOf(fates, "lost")).toBeLessThan(0.06);
});

test("the same seed brings the same fates, another seed others", () => {
  const fault = Fault.parse({ seed: 1, errorRate: 0.5, latencyMs: [0, 100] });
  expect(fatesOf(fault)).toEqual(fatesOf(fault));
  expect(fatesOf({ ...fault, seed: 2 })).not.toEqual(fatesOf(fault));
});

test("the second attempt at a request has a fate of its own", () => {
  const fault = Fault.parse({ errorRate: 0.5 });
  const changed = requests.filter((request) => fateOf(fault, request, 1).kind !== fateOf(fault, request, 2).kind);
  expect(changed.length / requests.length).toBeCloseTo(0.5, 1);
});

test("latency stays within its bounds and reaches both", () => {
  const delays = fatesOf(Fault.parse({ latencyMs: [20, 25] })).map(({ delayMs }) => delayMs);
  expect([...new Set(delays)].toSorted((a, b) => a - b)).toEqual([20, 21, 22, 23, 24, 25]);
});

test.for([
  ["a rate above one", { payments: { errorRate: 1.5 } }],
  ["rates that together pass one", { payments: { errorRate: 0.6, timeoutRate: 0.6 } }],
  ["latency the wrong way round", { payments: { latencyMs: [9, 1] } }],
  ["a peer that does not exist", { paiments: {} }],
  ["a fault that does not exist", { mail: { erorRate: 1 } }],
] as const)("%s is refused", ([, document]) => {
  expect(Faults.safeParse(document).success).toBe(false);
});
