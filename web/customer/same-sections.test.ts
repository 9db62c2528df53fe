import { expect, it } from "vitest";
import { Category, Item } from "../../contracts/menu.ts";
import type { Section } from "../../domain/storefront/sections.ts";
import { sameOf } from "./same-sections.ts";

const item = (id: string) => Item.parse({ id, name: { en: id }, price: 100 });
const [soup, rice, tea] = [item("soup"), item("rice"), item("tea")];
const category = (id: string, items: string[]) => Category.parse({ id, name: { en: id }, items });
const [food, drinks] = [category("food", ["soup", "rice"]), category("drinks", ["tea"])];
const dish = (of: Item, gone: "soldOut" | null = null) => ({ item: of, least: 100, differs: false, gone });
const menu = (gone: "soldOut" | null): Section[] => [
  { category: food, dishes: [dish(soup, gone), dish(rice)] },
  { category: drinks, dishes: [dish(tea)] },
];

it("a menu in which nothing has changed is the same menu, and one dish that is sold out changes its section alone", () => {
  const before = menu(null);
  expect(sameOf(before, menu(null))).toBe(before);
  const after = sameOf(before, menu("soldOut"));
  expect(after).not.toBe(before);
  expect(after[0]?.dishes[0]?.gone).toBe("soldOut");
  expect(after[1]).toBe(before[1]);
  expect(sameOf(before, before.slice(1))).toEqual([before[1]]);
});
