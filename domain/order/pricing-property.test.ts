import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BasketLine, Bill, ChosenOption } from "../../contracts/basket.ts";
import { type CompiledMenu, MenuDocument } from "../../contracts/menu.ts";
import { compile } from "../menu/compile.ts";
import { comandaFile } from "../menu/files-for-tests.ts";
import { sampleBasket } from "../menu/sample-basket.ts";
import { price, type PricingContext } from "./pricing.ts";

const kitchen = MenuDocument.parse(comandaFile());

/** The menu with other prices, rates and taxation. */
const menus = fc
  .record({
    prices: fc.array(fc.nat(5_000_000), { minLength: 10, maxLength: 10 }),
    rates: fc.tuple(fc.nat(300_000), fc.nat(300_000)),
    inclusive: fc.boolean(),
  })
  .map(({ prices, rates, inclusive }): CompiledMenu => {
    const document = structuredClone(kitchen);
    let at = 0;
    const next = () => prices[at++ % prices.length] ?? 0;
    for (const item of document.items) {
      if (item.price !== null) item.price = next();
      for (const variation of item.variations) variation.price = next();
    }
    for (const group of document.groups) for (const option of group.options) option.price = next();
    document.tax.inclusive = inclusive;
    for (const [index, each] of document.tax.classes.entries()) each.ratePpm = rates[index] ?? 0;
    return compile(document);
  });

/** Numbers for the sample baskets, drawn by fast-check so that they shrink and repeat. */
const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 40, maxLength: 80 });
const contexts = fc.record({
  fulfilment: fc.constantFrom("pickup" as const, "delivery" as const, "dine-in" as const),
  deliveryFee: fc.nat(2000),
  deliveryTaxClass: fc.constantFrom("food", "drinks", undefined),
});

const orders = fc.tuple(menus, draws, contexts).map(([menu, numbers, rest]) => {
  let at = 0;
  const lines = sampleBasket(menu, () => numbers[at++ % numbers.length] ?? 0, 6);
  const context: PricingContext = { ...rest, soldOut: new Set() };
  return { menu, lines, context };
});

function priced(menu: CompiledMenu, lines: readonly BasketLine[], context: PricingContext): Bill {
  const bill = price(menu, lines, context);
  if ("refused" in bill) throw new Error(JSON.stringify(bill));
  return bill;
}

/** The same sum another way: basket and menu alone, in fractions of whole numbers, rate by rate. */
function reckoned(menu: CompiledMenu, lines: readonly BasketLine[], context: PricingContext): bigint {
  const byRate = new Map<number, bigint>();
  const rateOf = (id: string | null | undefined) =>
    (menu.tax.classes.find((each) => each.id === id) ?? menu.tax.classes[0])?.ratePpm ?? 0;
  const charge = (rate: number, amount: bigint) => byRate.set(rate, (byRate.get(rate) ?? 0n) + amount);
  const chargeChosen = (chosen: ChosenOption, line: BasketLine, times: bigint, taxClass: string) => {
    const option = menu.groups[chosen.group]?.options.find(({ id }) => id === chosen.option);
    const amount = option?.priceByVariation[line.variation ?? ""] ?? option?.price ?? 0;
    const count = times * BigInt(chosen.quantity);
    charge(rateOf(option?.taxClass ?? taxClass), count * BigInt(amount));
    for (const nested of chosen.options) chargeChosen(nested, line, count, taxClass);
  };
  for (const line of lines) {
    const item = menu.items[line.item];
    const amount = item?.variations.find(({ id }) => id === line.variation)?.price ?? item?.price ?? 0;
    charge(rateOf(item?.taxClass), BigInt(line.quantity) * BigInt(amount));
    for (const chosen of line.options) chargeChosen(chosen, line, BigInt(line.quantity), item?.taxClass ?? "");
  }
  if (context.fulfilment === "delivery") charge(rateOf(context.deliveryTaxClass), BigInt(context.deliveryFee));
  let total = 0n;
  for (const [rate, amount] of byRate) {
    const twice = (amount * BigInt(rate) * 2n) / 1_000_000n;
    total += amount + (menu.tax.inclusive ? 0n : (twice + 1n) / 2n);
  }
  return total;
}

describe("a bill of whatever basket", () => {
  it("is the sum of its parts, all whole numbers", () => {
    fc.assert(
      fc.property(orders, ({ menu, lines, context }) => {
        const bill = priced(menu, lines, context);
        const fees = bill.fees.reduce((sum, fee) => sum + fee.amount, 0);
        const taxed = bill.taxes.reduce((sum, tax) => sum + tax.gross, 0);
        expect(bill.subtotal).toBe(bill.lines.reduce((sum, line) => sum + line.total, 0));
        expect(bill.total).toBe(taxed);
        if (menu.tax.inclusive) expect(bill.total).toBe(bill.subtotal + fees);
        for (const { net, tax, gross } of bill.taxes) expect(net + tax).toBe(gross);
        expect(Number.isSafeInteger(bill.total)).toBe(true);
      }),
    );
  });

  it("comes to what another way of reckoning comes to", () => {
    fc.assert(
      fc.property(orders, ({ menu, lines, context }) => {
        expect(BigInt(priced(menu, lines, context).total)).toBe(reckoned(menu, lines, context));
      }),
    );
  });

  it("has an included tax within half a unit of the exact one", () => {
    fc.assert(
      fc.property(orders, ({ menu, lines, context }) => {
        for (const { inclusive, ratePpm, tax, gross, net } of priced(menu, lines, context).taxes) {
          const [over, under] = inclusive ? [gross * ratePpm, 1_000_000 + ratePpm] : [net * ratePpm, 1_000_000];
          const twice = 2n * (BigInt(tax) * BigInt(under) - BigInt(over));
          expect(twice > -BigInt(under) && twice <= BigInt(under)).toBe(true);
        }
      }),
    );
  });

  it("is the same in whatever order the lines come", () => {
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), ({ menu, lines, context }, keys) => {
        const shuffled = lines
          .map((line) => ({ line, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ line }) => line);
        const [one, other] = [priced(menu, lines, context), priced(menu, shuffled, context)];
        expect(other.total).toBe(one.total);
        expect(other.taxes).toEqual(one.taxes);
      }),
    );
  });
});
