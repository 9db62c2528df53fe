import { expect, test } from "vitest";
import { restaurantOf, venueIds } from "./venue-setup.ts";

test("the languages of one menu are one restaurant, in whatever folder it is", () => {
  const files = ["a/kfc.en.json", "a/kfc.th.json", "b/kfc.csv", "b/cafe.pt-BR.JSON", "c/menu.json"];
  expect(files.map(restaurantOf)).toEqual(["a/kfc", "a/kfc", "b/kfc", "b/cafe", "c/menu"]);
});

test("every restaurant has a venue of its own, whatever it is called", () => {
  const ids = venueIds("demo", ["a/kfc", "b/kfc", "ร้านอาหาร", "寿司", "Café Ü", "x".repeat(80), `${"x".repeat(80)}y`]);
  expect(new Set(ids.values()).size).toBe(7);
  expect([...ids.values()].slice(0, 5)).toEqual(["demo-kfc", "demo-kfc-2", "demo", "demo-2", "demo-cafe-u"]);
  for (const id of ids.values()) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/);
});
