import { describe, expect, it } from "vitest";
import type { OptionGroup } from "../../contracts/menu.ts";
import { firstUnfilled, keepAsked, quantityOf, take } from "./choice.ts";

const option = (id: string, groups: string[] = []) => ({
  id, name: { en: id }, price: 0, priceByVariation: {}, default: false, maximum: 3, groups, allergens: [], available: true, taxClass: null, stock: null,
}); // prettier-ignore
const group = (id: string, minimum: number, maximum: number, options: ReturnType<typeof option>[]): OptionGroup => ({
  id,
  name: { en: id },
  minimum,
  maximum,
  options,
});

const side = group("side", 1, 1, [option("fries", ["dip"]), option("rice")]);
const dip = group("dip", 1, 2, [option("mayo"), option("ketchup")]);
const sauces = group("sauces", 0, 3, [option("piri-piri"), option("butter")]);
const groups = { side, dip, sauces };

describe("choosing options", () => {
  it("replaces the first choice where only one may be taken, and drops what was chosen below it", () => {
    const fries = take([], side, "fries", 1, [{ group: "dip", option: "mayo", quantity: 1, options: [] }]);
    expect(take(fries, side, "rice", 1)).toEqual([{ group: "side", option: "rice", quantity: 1, options: [] }]);
  });

  it("counts an option taken several times, and leaves the others alone", () => {
    const butter = take([], sauces, "butter", 1);
    const both = take(take(butter, sauces, "piri-piri", 1), sauces, "piri-piri", 2);
    expect([quantityOf(both, "sauces", "butter"), quantityOf(both, "sauces", "piri-piri")]).toEqual([1, 2]);
    expect(take(both, sauces, "piri-piri", 0)).toEqual(butter);
  });

  it("lacks what a chosen option asks in its turn", () => {
    const fries = take([], side, "fries", 1);
    expect(firstUnfilled(groups, ["side"], [])).toBe(side);
    expect(firstUnfilled(groups, ["side"], fries)).toBe(dip);
    expect(firstUnfilled(groups, ["side"], take([], side, "rice", 1))).toBeNull();
  });

  it("forgets what belonged to a size that is no longer chosen", () => {
    const both = take(take([], side, "rice", 1), sauces, "butter", 1);
    expect(keepAsked(both, ["side"])).toEqual(take([], side, "rice", 1));
  });
});
