import { describe, expect, test } from "vitest";
import { CompiledMenu, MenuDocument } from "../../contracts/menu.ts";
import { compile } from "../menu/compile.ts";
import { linesAt, progressOf, stationsOf } from "./stations.ts";

const item = (id: string, more: object = {}) => ({ id, name: { en: id }, price: 100, ...more });
const heading = (id: string, items: string[], more: object = {}) => ({ id, name: { en: id }, items, ...more });

function menu(categories: object[], items: object[]): CompiledMenu {
  const tax = { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 0 }] };
  const file = { comanda: "menu/1", currency: "EUR", languages: ["en"], tax, categories, items };
  return CompiledMenu.parse(JSON.parse(JSON.stringify(compile(MenuDocument.parse(file)))));
}

const named = stationsOf(
  menu(
    [heading("mains", ["steak", "salad"], { station: "Grill" }), heading("drinks", ["water", "steak"])],
    [item("steak"), item("salad", { station: "Cold" }), item("water")],
  ),
);
const order = [
  { item: "steak", bumped: true },
  { item: "salad", bumped: false },
  { item: "water", bumped: false },
  { item: "steak", bumped: false },
];

describe("a kitchen's stations", () => {
  test("are those the menu names, of a heading or of a dish of its own", () => {
    expect(named.all.map(({ id }) => id)).toEqual(["Grill", "Cold"]);
    expect(linesAt(order, ["Grill"], named)).toEqual([0, 2, 3]);
    expect(linesAt(order, ["Cold"], named)).toEqual([1, 2]);
    expect(linesAt(order, null, named)).toEqual([0, 1, 2, 3]);
  });

  test("are the menu's headings where it names none", () => {
    const plain = stationsOf(
      menu([heading("mains", ["steak"]), heading("drinks", ["water"])], [item("steak"), item("water")]),
    );
    expect(plain.all).toEqual([
      { id: "mains", name: { en: "mains" } },
      { id: "drinks", name: { en: "drinks" } },
    ]);
    expect(linesAt(order, ["drinks"], plain)).toEqual([1, 2]);
  });

  test("each know how far they are with a ticket", () => {
    const told = progressOf(order, named).map(({ station, lines, done }) => [station.id, done, lines]);
    expect(told).toEqual([["Grill", 1, 2], ["Cold", 0, 1]]); // prettier-ignore
  });
});
