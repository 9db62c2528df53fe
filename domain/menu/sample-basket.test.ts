import { describe, expect, it } from "vitest";
import { Basket } from "../../contracts/basket.ts";
import { MenuDocument } from "../../contracts/menu.ts";
import { compile } from "./compile.ts";
import { demand } from "./demand.ts";
import { comandaFile } from "./files-for-tests.ts";
import { everyItemBaskets, sampleBasket } from "./sample-basket.ts";
import { seededRandom } from "./seeded-random.ts";

const menu = compile(MenuDocument.parse(comandaFile()));

describe("sample baskets", () => {
  it("are the same for the same seed", () => {
    expect(sampleBasket(menu, seededRandom(5))).toEqual(sampleBasket(menu, seededRandom(5)));
  });

  it("hold nothing that is sold out, and nothing at all when all is", () => {
    const soldOut = new Set(["soup", "pizza/small", "crust/filled"]);
    const lines = everyItemBaskets(menu, seededRandom(1), 20, { soldOut }).flat();
    expect(new Set(lines.map(({ item, variation }) => `${item} ${variation ?? ""}`))).toEqual(
      new Set(["pizza large", "beer "]),
    );
    expect(lines.flatMap(({ options }) => options).map(({ option }) => option)).not.toContain("filled");
    expect(sampleBasket(menu, seededRandom(1), 4, { soldOut: new Set(["soup", "pizza", "beer"]) })).toEqual([]);
  });
});

describe("the demand of a basket", () => {
  it("counts what is counted, once a key, through every quantity", () => {
    expect(menu.tracked).toEqual({ soup: 8, "pizza/large": 5, "crust/filled": 3 });
    const lines = Basket.parse([
      { item: "soup", quantity: 2 },
      { item: "pizza", variation: "large", quantity: 2, options: [{ group: "crust", option: "filled", quantity: 3 }] },
      { item: "soup", quantity: 1 },
      { item: "beer", quantity: 4 },
    ]);
    expect(demand(menu, lines)).toEqual([
      { key: "crust/filled", quantity: 6 },
      { key: "pizza/large", quantity: 2 },
      { key: "soup", quantity: 3 },
    ]);
  });
});
