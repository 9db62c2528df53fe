import { expect, test } from "vitest";
import { MenuDocument, type MenuFile } from "../../contracts/menu.ts";
import { imported } from "./import-for-tests.ts";
import { loadOf } from "./load.ts";
import { compile } from "./compile.ts";

const file: MenuFile = {
  comanda: "menu/1", currency: "EUR", languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 70_000 }] },
  categories: [{ id: "all", name: { en: "All" }, items: ["soup", "platter"] }],
  items: [
    { id: "soup", name: { en: "Soup" }, price: 500 },
    {
      id: "platter", name: { en: "Platter" }, load: 3,
      variations: [{ id: "ten", name: { en: "For ten" }, price: 9_000 }, { id: "forty", name: { en: "For forty" }, price: 30_000, load: 8 }],
    },
  ],
}; // prettier-ignore
const menu = compile(MenuDocument.parse(file));
const line = (item: string, quantity: number, variation?: string) => ({
  item, quantity, options: [], ...(variation === undefined ? {} : { variation }),
}); // prettier-ignore

test("a basket is as heavy as the things in it that the menu says are heavy, and else an ordinary one", () => {
  expect(loadOf(menu, [line("soup", 12)])).toBeNull();
  expect(loadOf(menu, [line("soup", 12), line("platter", 2, "ten")])).toBe(6);
  expect(loadOf(menu, [line("platter", 1, "ten"), line("platter", 2, "forty")])).toBe(19);
});

const csv = `name,size,price,load
Soup,,5.00,
Platter,For ten,90.00,3
Platter,For forty,300.00,8
Crate,,20.00,heavy
`;

test("a menu says it in its own file and in a column of a table, and what is no number is left out with a word", () => {
  const own = imported(JSON.stringify(file));
  expect(own.document.items[1]).toMatchObject({ load: 3, variations: [{ id: "ten" }, { id: "forty", load: 8 }] });
  const read = imported(csv, { currency: "EUR" });
  expect(read.document.items.map(({ load, variations }) => [load, variations.map((one) => one.load)])).toEqual([
    [undefined, []],
    [undefined, [3, 8]],
    [undefined, []],
  ]);
  expect(read.faults).toContain("mended count-unusable /5/load");
});
