import { expect, test } from "vitest";
import { follow } from "./sequence.ts";

test("numbers that go up by one are as they should be", () => {
  expect(follow(4, { type: "event", seq: 5 })).toEqual({ last: 5, fault: null });
});

test("a skipped number is a gap, and the stream goes on from there", () => {
  expect(follow(4, { type: "event", seq: 6 })).toEqual({ last: 6, fault: "gap" });
});

test("a number that came before is a regress, and does not set the stream back", () => {
  expect(follow(4, { type: "event", seq: 4 })).toEqual({ last: 4, fault: "regress" });
  expect(follow(4, { type: "event", seq: 1 })).toEqual({ last: 4, fault: "regress" });
});

test("a snapshot may jump ahead, never back", () => {
  expect(follow(4, { type: "snapshot", seq: 9 })).toEqual({ last: 9, fault: null });
  expect(follow(4, { type: "snapshot", seq: 4 })).toEqual({ last: 4, fault: null });
  expect(follow(4, { type: "snapshot", seq: 3 })).toEqual({ last: 4, fault: "regress" });
});

test("a socket opened without a number must begin with a snapshot", () => {
  expect(follow(null, { type: "snapshot", seq: 0 })).toEqual({ last: 0, fault: null });
  expect(follow(null, { type: "event", seq: 7 })).toEqual({ last: 7, fault: "gap" });
});

test("telemetry has no number and leaves the stream where it is", () => {
  expect(follow(4, { type: "position" })).toEqual({ last: 4, fault: null });
  expect(follow(null, { type: "position" })).toEqual({ last: null, fault: null });
});
