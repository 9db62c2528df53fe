import { describe, expect, it } from "vitest";
import type { MenuDifference } from "../../contracts/menu-difference.ts";
import { MenuDocument } from "../../contracts/menu.ts";
import { countedDifferences, menuDifferences } from "./differences.ts";
import { comandaFile } from "./files-for-tests.ts";
import { canonical } from "./canonical.ts";

const menu = (): MenuDocument => MenuDocument.parse(comandaFile());
/** The menu after somebody has worked on it. */
const edited = (edit: (menu: MenuDocument) => void): MenuDocument => {
  const copy = menu();
  edit(copy);
  return copy;
};
const item = ({ items }: MenuDocument, id: string) => items.find((each) => each.id === id) ?? expect.fail(id);
const shown = (all: readonly MenuDifference[]) =>
  all.map(({ change, path, fields }) => [change, path, ...fields.map((f) => [f.field, f.before, f.after])]);

describe("two menus", () => {
  it("that say the same do not differ, in whatever order their fields came", () => {
    const reordered = MenuDocument.parse(JSON.parse(canonical(menu())));
    expect(menuDifferences(menu(), reordered)).toEqual([]);
  });

  it("differ in a price, before and after, by the item and by the size", () => {
    const dearer = edited((now) => {
      item(now, "soup").price = 650;
      const [small] = item(now, "pizza").variations;
      if (small !== undefined) small.price = 990;
    });
    const found = menuDifferences(menu(), dearer);
    expect(shown(found)).toEqual([
      ["changed", "/items/pizza/variations/small", ["price", 890, 990]],
      ["changed", "/items/soup", ["price", 590, 650]],
    ]);
    expect(found[0]).toMatchObject({ name: { de: "Klein" }, of: { de: "Pizza" } });
  });

  it("differ in what can be had, what may be chosen and how often", () => {
    const after = edited((now) => {
      item(now, "beer").available = false;
      const [crust] = now.groups;
      if (crust === undefined) return;
      crust.minimum = 0;
      crust.options = crust.options.filter(({ id }) => id !== "thin");
      now.groups.push({
        ...crust,
        id: "dips",
        name: { de: "Dips" },
        options: [{ ...(crust.options[0] ?? expect.fail()), id: "aioli", name: { de: "Aioli" }, price: 90 }],
      });
      item(now, "soup").groups = ["dips"];
    });
    expect(shown(menuDifferences(menu(), after))).toEqual([
      ["changed", "/items/soup", ["groups", [], [{ de: "Dips" }]]],
      ["changed", "/items/beer", ["available", true, false]],
      ["changed", "/groups/crust", ["minimum", 1, 0]],
      ["removed", "/groups/crust/options/thin", ["price", 0, null]],
      [
        "added",
        "/groups/dips",
        ["minimum", null, 0],
        ["maximum", null, 1],
        ["prices", null, [{ name: { de: "Aioli" }, price: 90 }]],
      ],
    ]);
  });

  it("differ in items that came and went, each with its price, and in their headings by name", () => {
    const after = edited((now) => {
      now.items = now.items.filter(({ id }) => id !== "beer");
      now.items.push({ ...item(now, "soup"), id: "salad", name: { de: "Salat" }, price: 720 });
      const [mains, bar] = now.categories;
      mains?.items.push("salad");
      if (bar !== undefined) bar.items = ["soup"];
    });
    expect(shown(menuDifferences(menu(), after))).toEqual([
      ["changed", "/categories/mains", ["items", [], [{ de: "Salat" }]]],
      ["changed", "/categories/bar", ["items", [{ de: "Bier" }], [{ de: "Suppe" }]]],
      ["added", "/items/salad", ["price", null, 720]],
      ["removed", "/items/beer", ["price", 390, null]],
    ]);
  });

  it("do not differ in their references because something was renamed, but in the order of things", () => {
    const after = edited((now) => {
      item(now, "soup").name = { de: "Tagessuppe" };
      now.categories.reverse();
      now.categories[1]?.items.reverse();
    });
    expect(shown(menuDifferences(menu(), after))).toEqual([
      [
        "changed",
        "",
        [
          "order",
          [{ de: "Hauptgerichte", en: "Mains" }, { de: "Bar" }],
          [{ de: "Bar" }, { de: "Hauptgerichte", en: "Mains" }],
        ],
      ],
      [
        "changed",
        "/categories/mains",
        [
          "order",
          [{ de: "Pizza", en: "Pizza" }, { de: "Suppe" }],
          [{ de: "Tagessuppe" }, { de: "Pizza", en: "Pizza" }],
        ],
      ],
      ["changed", "/items/soup", ["name", { de: "Suppe" }, { de: "Tagessuppe" }]],
    ]);
  });

  it("differ in all there is where there was no menu, and are counted beyond what is listed", () => {
    const many = edited((now) => {
      const soup = item(now, "soup");
      for (let at = 0; at < 1_200; at += 1) now.items.push({ ...soup, id: `soup-${at}` });
    });
    const { added, removed, changed, list } = countedDifferences(null, many);
    expect([added, removed, changed, list.length]).toEqual([2 + 3 + 3 + 1_200, 0, 0, 1_000]);
    expect(countedDifferences(many, menu())).toMatchObject({ added: 0, removed: 1_200, changed: 0 });
  });
});
