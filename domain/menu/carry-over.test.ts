import { describe, expect, it } from "vitest";
import { MenuDocument } from "../../contracts/menu.ts";
import { carriedOver } from "./carry-over.ts";
import { comandaFile } from "./files-for-tests.ts";

const base = MenuDocument.parse(comandaFile());
const edited = (edit: (menu: MenuDocument) => void): MenuDocument => {
  const copy = structuredClone(base);
  edit(copy);
  return copy;
};
const item = ({ items }: MenuDocument, id: string) => items.find((each) => each.id === id) ?? expect.fail(id);
const ids = (parts: readonly { id: string }[]) => parts.map(({ id }) => id);

describe("two editors' work on one menu", () => {
  it("is all there where each has changed something else", () => {
    const mine = edited((menu) => {
      item(menu, "soup").price = 650;
      menu.items.push({ ...item(menu, "beer"), id: "wine" });
      menu.categories[1]?.items.push("wine");
    });
    const theirs = edited((menu) => {
      item(menu, "pizza").available = false;
      menu.items.push({ ...item(menu, "beer"), id: "cider" });
      menu.categories[1]?.items.unshift("cider");
      menu.groups = menu.groups.filter(({ id }) => id !== "extras");
    });
    const { document, clashes } = carriedOver(base, mine, theirs);
    expect(clashes).toEqual([]);
    expect([item(document, "soup").price, item(document, "pizza").available]).toEqual([650, false]);
    expect(ids(document.items)).toEqual([...ids(theirs.items), "wine"]);
    expect(document.categories[1]?.items).toEqual(["cider", "beer", "wine"]);
    expect(ids(document.groups)).toEqual(ids(theirs.groups));
    expect(carriedOver(base, base, theirs)).toEqual({ document: theirs, clashes: [] });
    expect(carriedOver(base, mine, base)).toEqual({ document: mine, clashes: [] });
  });

  it("is named where both have changed the same thing, and mine stands", () => {
    const mine = edited((menu) => {
      item(menu, "soup").price = 650;
      menu.items = menu.items.filter(({ id }) => id !== "beer");
    });
    const theirs = edited((menu) => {
      item(menu, "soup").price = 700;
      item(menu, "beer").price = 410;
    });
    const { document, clashes } = carriedOver(base, mine, theirs);
    expect(clashes.toSorted()).toEqual(["items/beer", "items/soup"]);
    expect(item(document, "soup").price).toBe(650);
    // Nothing stands under a heading that is not sold any more.
    expect(document.categories.flatMap(({ items }) => items)).not.toContain("beer");
  });

  it("is all there of one dish, where one has changed its price and the other its name", () => {
    const mine = edited((menu) => void (item(menu, "soup").price = 650));
    const theirs = edited((menu) => void (item(menu, "soup").name = { en: "Broth" }));
    const { document, clashes } = carriedOver(base, mine, theirs);
    expect(clashes).toEqual([]);
    expect(item(document, "soup")).toMatchObject({ price: 650, name: { en: "Broth" } });
  });

  it("stands in the order that was changed", () => {
    const mine = edited((menu) => void menu.categories.reverse());
    const theirs = edited((menu) => void (item(menu, "soup").price = 700));
    expect(ids(carriedOver(base, mine, theirs).document.categories)).toEqual(["bar", "mains"]);
    expect(ids(carriedOver(base, theirs, mine).document.categories)).toEqual(["bar", "mains"]);
  });
});
