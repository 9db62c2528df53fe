import { describe, expect, it } from "vitest";
import { type BasketLineInput, Basket, Bill } from "../../contracts/basket.ts";
import { MenuDocument, type MenuFile } from "../../contracts/menu.ts";
import { compile } from "../menu/compile.ts";
import { comandaFile } from "../menu/files-for-tests.ts";
import { price, type PricingContext } from "./pricing.ts";

const pickup: PricingContext = { fulfilment: "pickup", deliveryFee: 0, soldOut: new Set() };
const trattoria = compile(MenuDocument.parse(comandaFile()));

function billOf(lines: BasketLineInput[], context: Partial<PricingContext> = {}, menu = trattoria): Bill {
  const bill = price(menu, Basket.parse(lines), { ...pickup, ...context });
  if ("refused" in bill) throw new Error(JSON.stringify(bill));
  return Bill.parse(bill);
}

function faultsOf(lines: BasketLineInput[], context: Partial<PricingContext> = {}) {
  const refusal = price(trattoria, Basket.parse(lines), { ...pickup, ...context });
  if (!("refused" in refusal)) throw new Error("It was priced.");
  return { refused: refusal.refused, pointers: refusal.errors?.map(({ pointer }) => pointer) };
}

/** A menu of one item for each price, taxed at the rates given in per cent. */
function shop(inclusive: boolean, goods: readonly { price: number; rate: number }[], currency = "EUR") {
  const rates = [...new Set(goods.map(({ rate }) => rate))];
  const file: MenuFile = {
    comanda: "menu/1",
    currency,
    languages: ["en"],
    categories: [],
    tax: {
      inclusive,
      classes: rates.map((rate) => ({ id: `r${rate}`, name: { en: `${rate} %` }, ratePpm: rate * 10_000 })),
    },
    items: goods.map((each, at) => ({
      id: `i${at}`,
      name: { en: `i${at}` },
      price: each.price,
      taxClass: `r${each.rate}`,
    })),
  };
  return compile(MenuDocument.parse(file));
}

const thin = { group: "crust", option: "thin" };

describe("a bill", () => {
  it("adds up dishes, sizes, options, their options and how many of each", () => {
    const bill = billOf([
      {
        item: "pizza",
        variation: "large",
        quantity: 2,
        note: " cut in eight ",
        options: [
          { group: "crust", option: "filled", options: [{ group: "filling", option: "cheese" }] },
          { group: "extras", option: "olives", quantity: 2 },
        ],
      },
      { item: "soup", quantity: 1 },
    ]);
    expect(bill.lines).toMatchObject([
      {
        item: "pizza",
        variation: { id: "large", name: { de: "Groß" } },
        unit: 1190,
        note: "cut in eight",
        options: [
          { option: "filled", unit: 200, options: [{ option: "cheese", unit: 100, name: { de: "Käse" } }] },
          { option: "olives", unit: 120, quantity: 2 },
        ],
        total: 2 * (1190 + 200 + 100 + 2 * 120),
      },
      { item: "soup", variation: null, total: 590, note: null },
    ]);
    expect(bill).toMatchObject({ subtotal: 4050, total: 4050, fees: [], adjustments: [] });
  });

  it("takes an option's price for the size where it has one, and its only price where it has not", () => {
    const olives = { group: "extras", option: "olives" };
    expect(billOf([{ item: "pizza", variation: "small", quantity: 1, options: [thin, olives] }]).total).toBe(890 + 80);
    expect(billOf([{ item: "pizza", variation: "large", quantity: 1, options: [thin, olives] }]).total).toBe(
      1190 + 120,
    );
  });

  it("has the delivery fee on delivery only, with its tax", () => {
    const soup = [{ item: "soup", quantity: 1 }];
    const bill = billOf(soup, { fulfilment: "delivery", deliveryFee: 250, deliveryTaxClass: "drinks" });
    expect(bill.fees).toEqual([{ kind: "delivery", amount: 250, taxClass: "drinks" }]);
    expect(bill.taxes).toEqual([
      { class: "food", ratePpm: 70_000, inclusive: true, net: 551, tax: 39, gross: 590 },
      { class: "drinks", ratePpm: 190_000, inclusive: true, net: 210, tax: 40, gross: 250 },
    ]);
    expect(bill.total).toBe(840);
    expect(billOf(soup, { fulfilment: "dine-in", deliveryFee: 250 }).total).toBe(590);
  });

  // odoo PR #230726
  it("of 28.90 at 22 % and 1.25 at 10 %, taxes included, is 30.15", () => {
    const menu = shop(true, [
      { price: 2890, rate: 22 },
      { price: 125, rate: 10 },
    ]);
    const bill = billOf([{ item: "i0", quantity: 1 }, { item: "i1", quantity: 1 }], {}, menu); // prettier-ignore
    expect(bill.total).toBe(3015);
    expect(bill.taxes).toMatchObject([
      { net: 2369, tax: 521, gross: 2890 },
      { net: 114, tax: 11, gross: 125 },
    ]);
  });

  // FloCafe #66
  it("of 1000.00 rupees with 5 % included is 1000.00, of which 47.62 is tax", () => {
    const bill = billOf([{ item: "i0", quantity: 1 }], {}, shop(true, [{ price: 100_000, rate: 5 }], "INR"));
    expect(bill).toMatchObject({ total: 100_000, taxes: [{ net: 95_238, tax: 4762, gross: 100_000 }] });
  });

  it("rounds an excluded tax once for all lines of its rate, a half upwards", () => {
    const bill = billOf([{ item: "i0", quantity: 10 }], {}, shop(false, [{ price: 105, rate: 8.25 }], "USD"));
    expect(bill).toMatchObject({ subtotal: 1050, total: 1137, taxes: [{ net: 1050, tax: 87, gross: 1137 }] });
    const half = billOf([{ item: "i0", quantity: 1 }], {}, shop(false, [{ price: 50, rate: 1 }]));
    expect(half.taxes[0]?.tax).toBe(1);
  });

  it("stays exact at the largest sum, and refuses what is beyond", () => {
    const menu = shop(false, [{ price: 10_000_000_000, rate: 19 }]);
    const lines = Array.from({ length: 50 }, () => ({ item: "i0", quantity: 99 }));
    const bill = billOf(lines, {}, menu);
    expect(bill.subtotal).toBe(49_500_000_000_000);
    expect(bill.total).toBe(58_905_000_000_000);
    const beyond = price(menu, Basket.parse([...lines, ...lines]), pickup);
    expect(beyond).toMatchObject({ refused: "invalid-value", errors: [{ pointer: "/lines" }] });
  });
});

describe("a basket", () => {
  it("with a price in it is refused as having an unknown field", () => {
    expect(Basket.safeParse([{ item: "soup", quantity: 1, price: 1 }]).success).toBe(false);
    expect(Basket.safeParse([{ item: "soup", quantity: 1, options: [{ ...thin, unit: 0 }] }]).success).toBe(false);
  });

  it("nested without end is refused by its shape", () => {
    let option: object = thin;
    for (let depth = 0; depth < 50_000; depth += 1) option = { ...thin, options: [option] };
    expect(Basket.safeParse([{ item: "pizza", quantity: 1, options: [option] }]).success).toBe(false);
  });

  it("of a dish whose name every record has is refused by its shape", () => {
    expect(Basket.safeParse([{ item: "constructor", quantity: 1 }]).success).toBe(false);
  });

  it("is refused with everything that is wrong in it, and where", () => {
    const { refused, pointers } = faultsOf([
      { item: "ghost", quantity: 1 },
      { item: "pizza", quantity: 1 },
      { item: "pizza", variation: "huge", quantity: 1 },
      { item: "soup", variation: "small", quantity: 1 },
      {
        item: "pizza",
        variation: "small",
        quantity: 1,
        options: [
          { group: "filling", option: "cheese" },
          { group: "crust", option: "golden" },
          { group: "crust", option: "filled" },
          { group: "extras", option: "olives", quantity: 3 },
          { group: "extras", option: "egg" },
        ],
      },
    ]);
    expect(refused).toBe("invalid-value");
    expect(pointers).toEqual([
      "/lines/0/item",
      "/lines/1/variation",
      "/lines/2/variation",
      "/lines/3/variation",
      "/lines/4/options/0/group",
      "/lines/4/options/1/option",
      "/lines/4/options/2/options",
      "/lines/4/options",
      "/lines/4/options",
      "/lines/4/options",
    ]);
  });

  it("gets no default it did not name", () => {
    expect(faultsOf([{ item: "pizza", variation: "small", quantity: 1 }]).pointers).toEqual(["/lines/0/options"]);
  });

  it("of what is sold out is refused as sold out, by item, size and option", () => {
    const filled = { group: "crust", option: "filled", options: [{ group: "filling", option: "cheese" }] };
    const lines = [
      { item: "soup", quantity: 1 },
      { item: "pizza", variation: "large", quantity: 1, options: [filled] },
    ];
    const soldOut = new Set(["soup", "pizza/large", "crust/filled"]);
    expect(faultsOf(lines, { soldOut })).toEqual({
      refused: "sold-out",
      pointers: ["/lines/0/item", "/lines/1/variation", "/lines/1/options/0/option"],
    });
  });
});
