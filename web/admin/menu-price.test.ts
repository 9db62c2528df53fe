import { describe, expect, it } from "vitest";
import { priceIn, shownPrice } from "./menu-price.ts";

describe("a price as somebody types it", () => {
  it("is exact, with a comma or a point, in the currency's own decimals", () => {
    expect(["12.5", "12,50", " 0.07 ", "4"].map((text) => priceIn(text, "EUR"))).toEqual([1250, 1250, 7, 400]);
    expect([priceIn("1250", "JPY"), priceIn("1.234", "KWD")]).toEqual([1250, 1234]);
  });

  it("is none where it is finer than the currency, below zero, beyond all bounds, or something else", () => {
    for (const text of ["", "-1", "1.234", "1.2.3", "12x", "1e3", "99999999999", "1 000"]) {
      expect(priceIn(text, "EUR"), text).toBeNull();
    }
    expect(priceIn("1.5", "JPY")).toBeNull();
  });

  it("is shown so that it can be typed again, wherever one is", () => {
    for (const [locale, text] of [
      ["en-GB", "1234.50"],
      ["de-DE", "1234,50"],
      ["ar-EG", "1234.50"],
    ] as const) {
      expect(shownPrice(123_450, "EUR", locale)).toBe(text);
      expect(priceIn(text, "EUR")).toBe(123_450);
    }
    expect([shownPrice(null, "EUR", "de"), shownPrice(500, "JPY", "de")]).toEqual(["", "500"]);
  });
});
