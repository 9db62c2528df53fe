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

test("times are read as tills write them, and an order's number may come again another day", () => {
  const sale = (at: string, number = "1") => `${number},${at},Naan,1,1.95\n`;
  const times = (...written: string[]) =>
    readTakeaway(head + written.map((at) => sale(at)).join("")).orders.map(({ at }) =>
      new Date(at).toISOString().slice(0, 16),
    );
  expect(times("2016-03-27T01:30:59+01:00", "2016-03-26 18:05")).toEqual(["2016-03-26T18:05", "2016-03-27T01:30"]);
  expect(times("03/08/2019 20:25", "04/08/2019 9:05")).toEqual(["2019-08-03T20:25", "2019-08-04T09:05"]);
  expect(times("08/03/2019 20:25", "08/14/2019 20:25")).toEqual(["2019-08-03T20:25", "2019-08-14T20:25"]);
  expect(() => times("2019-02-30T18:00", "2019-02-27T24:30", "yesterday")).not.toThrow();
  expect(times("2019-02-30T18:00", "2019-02-27T24:30", "yesterday")).toEqual([]);
});

test("other separators, quotes, currencies and prices to no more than the minor unit", () => {
  const { menu, orders, leftOut } = readTakeaway(
    'order;placed_at;item;quantity;unit_price_jpy\r\n\r\n1;2016-01-02T18:30;12" Pizza;2;1200\r\n1;2016-01-02T18:30;"Tea; green";1;£350.0\r\n1;2016-01-02T18:30;Rice;1;99.5\r\n',
  );
  expect(menu).toMatchObject({
    currency: "JPY",
    items: [
      { name: { en: '12" Pizza' }, price: 1200 },
      { name: { en: "Tea; green" }, price: 350 },
    ],
  });
  expect(orders.map(({ paid }) => paid)).toEqual([2750n]);
  expect(leftOut).toHaveLength(1);
});

test("whatever an item is called, it can be ordered", () => {
  const names = [
    "Fish &amp; <b>Chips</b>",
    "\u200b",
    "<br>",
    "ラーメン",
    "うどん",
    "x".repeat(199) + "🍜",
    "constructor",
    "  Two   words ",
  ];
  const csv = head + names.map((name) => `1,2016-01-02T18:30,"${name}",1,5\n`).join("");
  const { menu, orders } = readTakeaway(csv);
  expect(check(MenuDocument.parse(menu))).toBeNull();
  expect(new Set(menu.items.map(({ id }) => id)).size).toBe(names.length);
  expect(orders[0]?.lines).toHaveLength(names.length);
});

test("more prices than an item takes, and more items than a menu takes", () => {
  const prices = Array.from({ length: 300 }, (_, at) => `${at},2016-01-02T18:30,Special,1,${at + 1}\n`).join("");
  const priced = readTakeaway(head + prices);
  expect(check(MenuDocument.parse(priced.menu))).toBeNull();
  expect(priced.orders).toHaveLength(300);
  const dishes = Array.from({ length: 5_010 }, (_, at) => `${at},2016-01-02T18:30,Dish ${at},1,5\n`).join("");
  const many = readTakeaway(head + dishes);
  expect(check(MenuDocument.parse(many.menu))).toBeNull();
  expect(many.orders).toHaveLength(5_000);
  expect(many.leftOut).toHaveLength(10);
});

test("the menu is of the chosen days alone", () => {
  const { menu } = readTakeaway(`${head}1,2016-01-02T18:30,Naan,1,1.95\n2,2016-01-03T18:30,Rice,1,2\n`, {
    date: "2016-01-03",
    count: 1,
  });
  expect(menu.items.map(({ id }) => id)).toEqual(["rice"]);
});

test("a file of other columns is refused", () => {
  expect(() => readTakeaway("a,b\n1,2\n")).toThrow(
    "it has a, b, but not order, placed_at, item, quantity, unit_price_gbp",
  );
});
