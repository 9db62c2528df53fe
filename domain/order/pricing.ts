import type { BasketLine, Bill, Fulfilment } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { CompiledMenu } from "../../contracts/menu.ts";
import type { Minor } from "../../contracts/money.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Moment } from "../menu/availability.ts";
import { sum } from "./pricing-amounts.ts";
import { chargeLines } from "./pricing-lines.ts";
import { taxByRate } from "./pricing-tax.ts";

/** All that a price depends on besides the menu and the basket. `deliveryTaxClass` left out is the menu's first class. */
export interface PricingContext extends Moment {
  readonly fulfilment: Fulfilment;
  readonly deliveryFee: Minor;
  readonly deliveryTaxClass?: MenuKey | undefined;
}

/** One step of a bill's making. Promos, tips, tiers and loyalty are further steps before the taxes. */
type Rule = (bill: Bill, menu: CompiledMenu, context: PricingContext) => Bill;

const rules: readonly Rule[] = [addSubtotal, addDelivery, taxByRate, addTotal];

/**
 * The bill of a basket, from a menu's prices alone, or a refusal with every fault found and where it is. Nothing is added
 * that the basket does not name: a default option counts only if it was sent.
 */
export function price(menu: CompiledMenu, lines: readonly BasketLine[], context: PricingContext): Bill | Refusal {
  if (lines.length === 0)
    return refuse("invalid-value", "The basket is empty.", [{ pointer: "/lines", detail: "No lines." }]);
  const charged = chargeLines(menu, lines, context);
  if ("refused" in charged) return charged;
  const { currency } = menu;
  const bill: Bill = { currency, lines: charged.lines, subtotal: 0, fees: [], adjustments: [], taxes: [], total: 0 };
  return rules.reduce((made, rule) => rule(made, menu, context), bill);
}

function addSubtotal(bill: Bill): Bill {
  return { ...bill, subtotal: sum(bill.lines.map((line) => line.total)) };
}

function addDelivery(bill: Bill, menu: CompiledMenu, context: PricingContext): Bill {
  if (context.fulfilment !== "delivery" || context.deliveryFee === 0) return bill;
  const named = menu.tax.classes.find(({ id }) => id === context.deliveryTaxClass);
  const taxClass = (named ?? menu.tax.classes[0])?.id ?? "standard";
  return { ...bill, fees: [...bill.fees, { kind: "delivery", amount: context.deliveryFee, taxClass }] };
}

function addTotal(bill: Bill): Bill {
  const added = [...bill.fees, ...bill.adjustments].map(({ amount }) => amount);
  const taxes = bill.taxes.map(({ inclusive, tax }) => (inclusive ? 0 : tax));
  return { ...bill, total: bill.subtotal + sum(added) + sum(taxes) };
}
