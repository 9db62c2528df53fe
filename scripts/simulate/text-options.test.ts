import { expect, test } from "vitest";
import { shareOf, spanOf, unknownOptions } from "./text-options.ts";

test("spans of time are read with their units, alone or from one to another", () => {
  expect(spanOf("3")).toEqual({ from: 3_000, to: 3_000 });
  expect(spanOf("500ms")).toEqual({ from: 500, to: 500 });
  expect(spanOf("500ms-2s")).toEqual({ from: 500, to: 2_000 });
  expect(spanOf("1-5s")).toEqual({ from: 1_000, to: 5_000 });
  for (const wrong of ["", "fast", "5s-1s", "-3s", "3h"]) expect(() => spanOf(wrong)).toThrow("no span of time");
});

test("shares are parts or per cent", () => {
  expect(shareOf("0.05", "x")).toBe(0.05);
  expect(shareOf("5%", "x")).toBe(0.05);
  for (const wrong of ["", "2", "-1", "a few"]) expect(() => shareOf(wrong, "x")).toThrow("--x");
});

test("an option nobody knows is found", () => {
  expect(
    unknownOptions(["--rate", "5", "--sped=60", "--no-json", "file", "--", "--anything"], ["rate", "speed", "json"]),
  ).toEqual(["sped"]);
});
