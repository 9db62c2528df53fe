import { describe, expect, it } from "vitest";
import { compile } from "../../domain/menu/compile.ts";
import { MenuDocument } from "../../contracts/menu.ts";
import { MenuSearch, plain } from "./search.ts";

describe("what is typed", () => {
  it.each([
    ["Jalapeño", "jalapeno"],
    ["ก๋วยเตี๋ยว", "กวยเตยว"],
    ["Crème brûlée", "CREME BRULEE"],
    ["Smørrebrød", "smorrebrod"],
    ["Weißwurst", "weisswurst"],
    ["ข้าวผัด ๑๒", "ขาวผด 12"],
    ["Ｐｈｏ　Ｂｏ", "pho bo"],
    ["Fish & chips", "fish chips"],
  ])("finds %s as %s", (written, typed) => expect(plain(written)).toBe(plain(typed)));
});

it("is looked for in every language of the menu, in the sizes and in the heading, all words of it", () => {
  const menu = MenuDocument.parse({
    comanda: "menu/1",
    currency: "THB",
    languages: ["en", "th"],
    tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 70_000 }] },
    categories: [{ id: "wok", name: { en: "From the wok" }, items: ["pad"] }],
    items: [
      {
        id: "pad",
        name: { en: "Fried noodles", th: "ผัดไทย" },
        variations: [{ id: "l", name: { en: "Large" }, price: 9 }],
      },
    ],
  });
  const search = new MenuSearch(compile(menu));
  for (const typed of ["noodles", "ผัด", "large wok", "", "  "])
    expect([typed, search.finds("pad", typed)]).toEqual([typed, true]);
  expect(search.finds("pad", "noodles soup")).toBe(false);
});
