import type { Bill, BillLine, BillOption, TaxLine } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { CompiledMenu, TaxClass } from "../../contracts/menu.ts";
import type { Minor } from "../../contracts/money.ts";

/**
 * The taxes of a bill, one entry a rate, each rounded once, half up, on the sum of all that is taxed so. An inclusive tax
 * is gross × rate / (1 + rate); an exclusive one net × rate.
 */
export function taxByRate(bill: Bill, menu: CompiledMenu): Bill {
  const { inclusive, classes } = menu.tax;
  const first = new Map<number, TaxClass>();
  for (const each of classes) if (!first.has(each.ratePpm)) first.set(each.ratePpm, each);
  const rates = new Map(classes.map((each) => [each.id, each.ratePpm]));
  const amounts = new Map<number, Minor>();
  for (const { taxClass, amount } of taxed(bill)) {
    const rate = rates.get(taxClass) ?? 0;
    amounts.set(rate, (amounts.get(rate) ?? 0) + amount);
  }
  const taxes = [...first].flatMap(([rate, { id }]) => {
    const amount = amounts.get(rate);
    return amount === undefined || amount === 0 ? [] : [taxLine(id, rate, inclusive, amount)];
  });
  return { ...bill, taxes };
}

function taxLine(id: MenuKey, ratePpm: number, inclusive: boolean, amount: Minor): TaxLine {
  const tax = halfUp(BigInt(amount) * BigInt(ratePpm), BigInt(inclusive ? 1_000_000 + ratePpm : 1_000_000));
  const net = inclusive ? amount - tax : amount;
  return { class: id, ratePpm, inclusive, net, tax, gross: net + tax };
}

/** Rounds a fraction of whole numbers to the nearest whole one, a half upwards. */
function halfUp(numerator: bigint, denominator: bigint): number {
  const doubled = 2n * numerator + denominator;
  const rounded = doubled / (2n * denominator);
  const exact = doubled % (2n * denominator);
  return Number(exact < 0n ? rounded - 1n : rounded);
}

interface Taxed {
  readonly taxClass: MenuKey;
  readonly amount: Minor;
}

function taxed(bill: Bill): Taxed[] {
  const adjustments = bill.adjustments.flatMap(({ taxClass, amount }) =>
    taxClass === null ? [] : [{ taxClass, amount }],
  );
  return [...bill.lines.flatMap(taxedInLine), ...bill.fees, ...adjustments];
}

/** An option may be taxed otherwise than its dish: the beer in a meal deal. */
function taxedInLine({ quantity, unit, taxClass, options }: BillLine): Taxed[] {
  return [{ taxClass, amount: quantity * unit }, ...options.flatMap((option) => taxedInOption(option, quantity))];
}

function taxedInOption({ quantity, unit, taxClass, options }: BillOption, times: number): Taxed[] {
  const all = times * quantity;
  return [{ taxClass, amount: all * unit }, ...options.flatMap((option) => taxedInOption(option, all))];
}
