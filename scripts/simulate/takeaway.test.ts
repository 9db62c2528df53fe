import { expect, test } from "vitest";
import { MenuDocument } from "../../contracts/menu.ts";
import { check } from "../../domain/menu/check.ts";
import { readTakeaway } from "./takeaway.ts";

const head = "order,placed_at,item,quantity,unit_price_gbp\n";

test("makes a menu of what was sold, with a variation for each price an item has had", () => {
  const { menu, orders } = readTakeaway(
    `${head}1,2016-01-02T18:30,Naan,2,1.95\n1,2016-01-02T18:30,"Rice, ""plain""",1,2.5\n2,2017-01-07T19:00,Naan,1,2.20\n`,
  );
  expect(menu.items).toEqual([
    {
      id: "naan",
      name: { en: "Naan" },
      variations: [
        { id: "at-195", name: { en: "at 195" }, price: 195 },
        { id: "at-220", name: { en: "at 220" }, price: 220 },
      ],
    },
    { id: "rice-plain", name: { en: 'Rice, "plain"' }, price: 250 },
  ]);
  expect(check(MenuDocument.parse(menu))).toBeNull();
  expect(orders.map(({ number, lines, paid }) => ({ number, lines, paid }))).toEqual([
    {
      number: "1",
      lines: [
        { item: "naan", variation: "at-195", quantity: 2 },
        { item: "rice-plain", quantity: 1 },
      ],
      paid: 640n,
    },
    { number: "2", lines: [{ item: "naan", variation: "at-220", quantity: 1 }], paid: 220n },
  ]);
});

test("names that look alike stay two items", () => {
  const { menu } = readTakeaway(`${head}1,2016-01-02T18:30,Chicken (hot),1,5\n1,2016-01-02T18:30,Chicken hot,1,6\n`);
  expect(menu.items.map(({ id }) => id)).toEqual(["chicken-hot", "chicken-hot-2"]);
});

test("more than 99 of something are ordered in several lines", () => {
  const { orders } = readTakeaway(`${head}1,2016-01-02T18:30,Poppadom,200,0.8\n`);
  expect(orders[0]?.lines).toEqual([99, 99, 2].map((quantity) => ({ item: "poppadom", quantity })));
  expect(orders[0]?.paid).toBe(16_000n);
});

test("lines no shop could sell are left out, and said so", () => {
  const { orders, leftOut } = readTakeaway(
    `${head}1,2016-01-02T18:30,Naan,0,1.95\n2,someday,Naan,1,1.95\n3,2016-01-02T18:30,Discount,1,-2.00\n4,2016-01-02 18:31,Naan,1,1.95\n`,
  );
  expect(orders.map(({ number }) => number)).toEqual(["4"]);
  expect(leftOut).toHaveLength(3);
});

test("a file of other columns is refused", () => {
  expect(() => readTakeaway("a,b\n1,2\n")).toThrow("needs the columns");
});
