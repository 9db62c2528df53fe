import { expect, it } from "vitest";
import { keptAfterAll } from "./pending-kept.ts";
import type { Outcome, PendingAction } from "./pending.ts";

const done = (key: string): PendingAction => ({
  key,
  name: "bump",
  label: "A1",
  params: {},
  body: {},
  at: 0,
  waited: true,
});
const told = (key: string): Outcome => ({ action: done(key), problem: null });
const keysOf = (kept: ReturnType<typeof keptAfterAll>) => ({
  waiting: kept.waiting.map(({ key }) => key),
  outcomes: kept.outcomes.map(({ action }) => action.key),
});

it("loses nothing that was done in the seconds before the browser was killed, nor what was done since", () => {
  const first = { waiting: [done("a")], outcomes: [] };
  const last = { waiting: [done("a"), done("b"), done("c")], outcomes: [] };
  const now = { waiting: [done("a"), done("d")], outcomes: [] };
  expect(keysOf(keptAfterAll(first, last, now))).toEqual({ waiting: ["a", "b", "c", "d"], outcomes: [] });
});

it("sends and tells nothing again that was settled and read before the browser was killed", () => {
  const first = { waiting: [done("a"), done("b")], outcomes: [told("read")] };
  const last = { waiting: [done("b")], outcomes: [told("a")] };
  expect(keysOf(keptAfterAll(first, last, first))).toEqual({ waiting: ["b"], outcomes: ["a"] });
  expect(keysOf(keptAfterAll(first, { waiting: [], outcomes: [] }, first))).toEqual({ waiting: [], outcomes: [] });
});

it("leaves settled and read what was so while the device was still asked what it had kept", () => {
  const first = { waiting: [done("a"), done("b")], outcomes: [told("read")] };
  const last = { waiting: [done("a"), done("b"), done("c")], outcomes: [told("read"), told("other")] };
  const now = { waiting: [done("b")], outcomes: [told("a")] };
  expect(keysOf(keptAfterAll(first, last, now))).toEqual({ waiting: ["b", "c"], outcomes: ["other", "a"] });
});
