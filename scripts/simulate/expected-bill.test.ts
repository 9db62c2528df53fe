import { expect, test } from "vitest";
import { MenuDocument } from "../../contracts/menu.ts";
import { compile } from "../../domain/menu/compile.ts";
import { sampleBasket } from "../../domain/menu/sample-basket.ts";
import { price } from "../../domain/order/pricing.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { Basket } from "../../contracts/basket.ts";
import { differences, expectedBill } from "./expected-bill.ts";
import { randomFrom } from "./random.ts";

const pickup = { fulfilment: "pickup", deliveryFee: 250 } as const;
const delivery = { fulfilment: "delivery", deliveryFee: 250 } as const;

function menuWith(inclusive: boolean) {
  return compile(
    MenuDocument.parse({
      comanda: "menu/1",
      currency: "EUR",
      languages: ["en"],
      tax: {
        inclusive,
        classes: [
          { id: "food", name: { en: "Food" }, ratePpm: 70_000 },
          { id: "drink", name: { en: "Drink" }, ratePpm: 190_000 },
        ],
      },
      categories: [],
      items: [
        { id: "soup", name: { en: "Soup" }, price: 590 },
        {
          id: "pizza",
          name: { en: "Pizza" },
          groups: ["extras"],
          variations: [
            { id: "small", name: { en: "Small" }, price: 800 },
            { id: "large", name: { en: "Large" }, price: 1100 },
          ],
        },
      ],
      groups: [
        {
          id: "extras",
          name: { en: "Extras" },
          maximum: 9,
          options: [
            { id: "ham", name: { en: "Ham" }, price: 150, priceByVariation: { large: 200 }, maximum: 3 },
            { id: "beer", name: { en: "Beer" }, price: 390, taxClass: "drink", groups: ["side"] },
          ],
        },
        {
          id: "side",
          name: { en: "Side" },
          maximum: 9,
          options: [{ id: "nuts", name: { en: "Nuts" }, price: 99, maximum: 9 }],
        },
      ],
    }),
  );
}

test("sums lines, sizes, options by size, and options of options, each as often as it is taken", () => {
  const lines = [
    { item: "soup", quantity: 2 },
    {
      item: "pizza",
      variation: "large",
      quantity: 3,
      options: [
        { group: "extras", option: "ham", quantity: 2 },
        { group: "extras", option: "beer", options: [{ group: "side", option: "nuts", quantity: 2 }] },
      ],
    },
  ];
  // 2 × 5.90 + 3 × (11.00 + 2 × 2.00 + 3.90 + 2 × 0.99)
  expect(expectedBill(menuWith(true), lines, pickup).subtotal).toBe(1180n + 3n * (1100n + 400n + 390n + 198n));
});

test("an inclusive tax is part of the total, an exclusive one is added, rounded half up once a rate", () => {
  const lines = [{ item: "soup", quantity: 1 }];
  // 590 × 7/107 = 38.6; 590 × 7/100 = 41.3
  expect(expectedBill(menuWith(true), lines, pickup)).toEqual({ subtotal: 590n, tax: 39n, total: 590n });
  expect(expectedBill(menuWith(false), lines, pickup)).toEqual({ subtotal: 590n, tax: 41n, total: 631n });
});

test("a delivery costs its fee, taxed as the menu's first class", () => {
  // 840 × 7/107 = 54.95
  expect(expectedBill(menuWith(true), [{ item: "soup", quantity: 1 }], delivery)).toEqual({
    subtotal: 590n,
    tax: 55n,
    total: 840n,
  });
});

test("agrees with the product's own pricing on a thousand baskets", () => {
  for (const inclusive of [true, false]) {
    const menu = menuWith(inclusive);
    for (let number = 0; number < 500; number += 1) {
      const lines = Basket.parse(sampleBasket(menu, randomFrom("agree", number)));
      const how = number % 2 === 0 ? pickup : delivery;
      const bill = price(menu, lines, { ...how, soldOut: new Set() });
      if (isRefusal(bill)) throw new Error(bill.detail);
      expect(differences(bill, expectedBill(menu, lines, how))).toEqual([]);
    }
  }
});

test("says in what a bill is wrong", () => {
  const menu = menuWith(true);
  const lines = Basket.parse([{ item: "soup", quantity: 1 }]);
  const bill = price(menu, lines, { ...pickup, soldOut: new Set() });
  if (isRefusal(bill)) throw new Error(bill.detail);
  expect(differences({ ...bill, total: 591 }, expectedBill(menu, lines, pickup))).toEqual(["total is 591, not 590"]);
});
