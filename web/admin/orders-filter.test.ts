import { expect, it } from "vitest";
import { filterIn, isImpersonal, searchOf } from "./orders-filter.ts";

const search = (asked: Record<string, string>) =>
  searchOf(filterIn(new URLSearchParams(asked)), { venue: null, timeZone: "Europe/Berlin", currency: "EUR" });

it("amounts are asked for in minor units, days are the venue's", () => {
  expect(search({ least: "12,50", most: "20", from: "2026-07-01", until: "2026-07-01" })).toEqual({
    least: 1_250,
    most: 2_000,
    from: "2026-06-30T22:00:00.000Z",
    until: "2026-07-01T22:00:00.000Z",
  });
});

it.each(["1e30", "-5", "abc", "NaN", "Infinity", " "])("%j is no amount to look for", (least) => {
  expect(search({ least })).toEqual({});
});

it("what an address says and means nothing is left out", () => {
  expect(search({ state: "<script>", how: "?", from: "9999-99-99", until: "x", text: "  " })).toEqual({});
});

it("a code and a table may stand in an address, a name and a phone may not", () => {
  expect(["KT47", "table 12", "12"].map(isImpersonal)).toEqual([true, true, true]);
  expect(["ada", "terrace", "5678", "+49 151 12345678", "ada@mail.example"].some(isImpersonal)).toBe(false);
});
