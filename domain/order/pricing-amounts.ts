import type { BillOption } from "../../contracts/basket.ts";
import type { Minor } from "../../contracts/money.ts";

/** The most an order may come to before taxes, in minor units: far above any order, and 99 times it is still a safe integer. */
export const highestTotal = 50_000_000_000_000;

/** Where a sum stops growing. What reaches it is refused, so no unsafe integer is ever made on the way. */
const ceiling = highestTotal + 1;

export function sum(amounts: readonly Minor[]): Minor {
  return amounts.reduce((total, amount) => Math.min(ceiling, total + amount), 0);
}

export function times(quantity: number, amount: Minor): Minor {
  return Math.min(ceiling, quantity * amount);
}

/** What an option comes to with its own options, for one of what it belongs to. */
export function optionAmount({ quantity, unit, options }: BillOption): Minor {
  return times(quantity, sum([unit, ...options.map(optionAmount)]));
}
