import { describe, expect, it } from "vitest";
import { Cursor } from "./cursor.ts";
import { FaultLog } from "./fault-log.ts";
import { type PriceNotation, readPrice } from "./price-reading.ts";

const euros: PriceNotation = { currency: "EUR", unit: "major", decimalMark: ".", text: false, fraction: "round" };
const cents: PriceNotation = { ...euros, unit: "minor" };

function read(value: unknown, notation: PriceNotation = euros) {
  const log = new FaultLog();
  const price = readPrice(new Cursor(value), notation, "left out", log);
  return [price, ...log.faults.map(({ code }) => code)];
}

describe("a price", () => {
  it("is exact where floating point is not", () => {
    expect(read(8.7)).toEqual([870]);
    expect(read(1.1)).toEqual([110]);
    expect(read(0.1 + 0.2)).toEqual([30]);
    expect(read(1005.15)).toEqual([100515]);
    expect(read(1e-7)).toEqual([0, "price-fraction"]);
    expect(read(-0)).toEqual([0]);
    expect(read(1250, cents)).toEqual([1250]);
  });

  it("finer than the currency is rounded half up, and said so", () => {
    expect(read(12.345)).toEqual([1235, "price-fraction"]);
    expect(read(12.344)).toEqual([1234, "price-fraction"]);
    expect(read(49.5, { ...euros, currency: "JPY" })).toEqual([50, "price-fraction"]);
    expect(read(1.2345, { ...euros, currency: "KWD" })).toEqual([1235, "price-fraction"]);
    expect(read(12.5, { ...cents, fraction: "refuse" })).toEqual([null, "price-fraction"]);
  });

  it("written as text is understood the way it is meant", () => {
    for (const text of ["12.50", "€12.50", "12,50 €", "EUR 12.5", " 12.50EUR "]) {
      expect(read(text)).toEqual([1250, "price-as-text"]);
    }
    for (const text of ["1,200", "1,200.00", "1.200,00", "1'200.-", "1 200", "Rs. 1200"]) {
      expect(read(text)).toEqual([120_000, "price-as-text"]);
    }
    expect(read("1.200", { ...euros, decimalMark: "," })).toEqual([120_000, "price-as-text"]);
    expect(read("1.200", { ...euros, currency: "KWD" })).toEqual([1200, "price-as-text"]);
  });

  it("that nobody could charge is refused", () => {
    for (const value of [
      "market price",
      "2 for 5",
      "10%",
      "",
      null,
      undefined,
      {},
      [],
      true,
      Number.NaN,
      Infinity,
      "1/2",
    ]) {
      expect(read(value)[0]).toBeNull();
    }
    expect(read(-1)).toEqual([null, "price-negative"]);
    expect(read("-3.00")).toEqual([null, "price-negative"]);
    expect(read(1e12)).toEqual([null, "price-too-high"]);
    expect(read(1e300)).toEqual([null, "price-unreadable"]);
  });
});
