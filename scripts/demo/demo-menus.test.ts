import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Basket, type ChosenOption } from "../../contracts/basket.ts";
import { MenuDocument, optionKey, variationKey } from "../../contracts/menu.ts";
import { check } from "../../domain/menu/check.ts";
import { compile } from "../../domain/menu/compile.ts";
import { importMenu } from "../../domain/menu/import-menu.ts";
import { everyItemBaskets, sampleBasket } from "../../domain/menu/sample-basket.ts";
import { seededRandom } from "../../domain/menu/seeded-random.ts";
import { price } from "../../domain/order/pricing.ts";

const context = { fulfilment: "pickup", deliveryFee: 0, soldOut: new Set<string>() } as const;
const demos = ["demo-1", "demo-2", "demo-3"].map((name) => ({
  name,
  text: readFileSync(join(import.meta.dirname, `${name}.json`), "utf8"),
}));

describe.each(demos)("the menu of $name", ({ text }) => {
  const document = MenuDocument.parse(JSON.parse(text));
  const menu = compile(document);
  const random = seededRandom(11);

  it("has no fault, in two languages throughout", () => {
    expect(check(document)).toBeNull();
    expect(importMenu(text, {}, null)).toEqual({ format: "comanda", document, faults: [] });
    const names = [...document.items, ...document.groups, ...document.groups.flatMap(({ options }) => options)];
    for (const { name } of names) expect(Object.keys(name)).toEqual(document.languages);
  });

  it("can be ordered whole: every item, size and option", () => {
    const baskets = everyItemBaskets(menu, random);
    const seen = new Set<string>();
    const see = (chosen: ChosenOption) => {
      seen.add(optionKey(chosen.group, chosen.option));
      chosen.options.forEach(see);
    };
    for (const basket of baskets) {
      expect(price(menu, Basket.parse(basket), context)).not.toHaveProperty("refused");
      for (const line of basket) {
        seen.add(line.item);
        if (line.variation !== undefined) seen.add(variationKey(line.item, line.variation));
        line.options.forEach(see);
      }
    }
    const all = [
      ...document.items.flatMap(({ id, variations }) => [id, ...variations.map((each) => variationKey(id, each.id))]),
      ...document.groups.flatMap(({ id, options }) => options.map((each) => optionKey(id, each.id))),
    ];
    expect([...seen].toSorted()).toEqual(all.toSorted());
  });

  it("gives random baskets that are always right", () => {
    for (let round = 0; round < 200; round += 1) {
      const basket = Basket.parse(sampleBasket(menu, random, 6));
      expect(price(menu, basket, context)).not.toHaveProperty("refused");
    }
  });
});
