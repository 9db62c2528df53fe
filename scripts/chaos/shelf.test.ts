import { describe, expect, it } from "vitest";
import { missing, takenBy } from "./shelf.ts";

const placed = {
  type: "placed",
  body: JSON.stringify({
    type: "placed",
    order: {
      demand: [
        { key: "soup", quantity: 2 },
        { key: "bread", quantity: 1 },
      ],
    },
  }),
};
const event = (type: string) => ({ type, body: JSON.stringify({ type }) });
const all = new Map([
  ["soup", 2],
  ["bread", 1],
]);

describe("what an order takes from the shelf", () => {
  it("is what it held, once it is eaten", () => {
    expect(takenBy([placed, event("ready"), event("collected")])).toEqual(all);
  });

  it("is nothing where it ended before the food was made", () => {
    for (const end of ["cancelled", "rejected", "failed"])
      expect(takenBy([placed, event("accepted"), event(end)])).toEqual(new Map());
  });

  it("is lost where the food was made before it ended", () => {
    expect(takenBy([placed, event("ready"), event("failed")])).toEqual(all);
  });

  it("leaves the rest, neither more nor less", () => {
    const before = { soup: 10, bread: 3 };
    expect(missing(before, { soup: 6, bread: 1 }, [all, all])).toEqual([]);
    expect(missing(before, { soup: 8, bread: 0 }, [all, all])).toEqual([
      "of soup 8 are left, not 6 (there were 10)",
      "of bread 0 are left, not 1 (there were 3)",
    ]);
  });
});
