import { describe, expect, test } from "vitest";
import { countsOf } from "./counts.ts";

const pizza = {
  item: "margherita",
  name: { en: "Margherita" },
  variation: null,
  options: [],
  quantity: 1,
  bumped: false,
};
const olives = {
  group: "extras", option: "olives", name: { en: "Olives" }, quantity: 1, allergens: [], options: [],
}; // prettier-ignore
const chili = { ...olives, option: "chili", name: { en: "Chili" } };
const large = { id: "large", name: { en: "Large" } };

describe("all-day counts", () => {
  test("add up the same dish over all tickets still to be cooked, the most first", () => {
    const counts = countsOf([
      { status: "waiting", lines: [pizza, { ...pizza, item: "lemonade", quantity: 5 }] },
      { status: "accepted", lines: [{ ...pizza, quantity: 2 }] },
      { status: "preparing", lines: [pizza] },
    ]);
    expect(counts.map(({ item, quantity }) => [item, quantity])).toEqual([
      ["lemonade", 5],
      ["margherita", 4],
    ]);
  });

  test("keep sizes and options apart, but not the order in which options were chosen", () => {
    const counts = countsOf([
      {
        status: "accepted",
        lines: [
          pizza,
          { ...pizza, variation: large },
          { ...pizza, options: [olives, chili] },
          { ...pizza, options: [chili, olives] },
          { ...pizza, options: [{ ...olives, quantity: 2 }, chili] },
        ],
      },
    ]);
    expect(counts.map(({ quantity }) => quantity)).toEqual([2, 1, 1, 1]);
  });

  test("leave out what is cooked, handed over, rejected or withdrawn", () => {
    const lines = [pizza];
    expect(
      countsOf([
        { status: "ready", lines },
        { status: "handed-over", lines },
        { status: "rejected", lines },
        { status: "withdrawn", lines },
        { status: "preparing", lines: [{ ...pizza, bumped: true }] },
      ]),
    ).toEqual([]);
  });
});
