import { z } from "zod";
import { MenuKey } from "./ids.ts";
import { Allergen, deepestOptions, Text } from "./menu.ts";
import { Currency } from "./money.ts";

/** How a customer gets the food. */
export const Fulfilment = z.enum(["pickup", "delivery", "dine-in"]);
export type Fulfilment = z.infer<typeof Fulfilment>;

const Quantity = z.int().min(1).max(99);

/** An option taken, `quantity` times for each one of what it belongs to. */
export interface ChosenOption {
  group: MenuKey;
  option: MenuKey;
  quantity: number;
  options: ChosenOption[];
}
/** As it is sent: a quantity left out is 1, options left out are none. */
export interface ChosenOptionInput {
  group: MenuKey;
  option: MenuKey;
  quantity?: number | undefined;
  options?: ChosenOptionInput[] | undefined;
}

// Finite, not recursive: a body nested ten thousand deep is refused by its shape and cannot overflow the stack.
function chosenOption(levels: number): z.ZodType<ChosenOption, ChosenOptionInput> {
  const nested = levels > 1 ? z.array(chosenOption(levels - 1)).max(200) : z.array(z.never()).max(0);
  return z.strictObject({
    group: MenuKey,
    option: MenuKey,
    quantity: Quantity.default(1),
    options: nested.default([]),
  });
}
export const ChosenOption = chosenOption(deepestOptions);

/** One line of a basket. It names what is wanted, never a price: a price sent is an unknown field and refused. */
export const BasketLine = z.strictObject({
  item: MenuKey,
  variation: MenuKey.optional(),
  quantity: Quantity,
  options: z.array(ChosenOption).max(200).default([]),
  note: z.string().trim().max(280).optional(),
});
export type BasketLine = z.infer<typeof BasketLine>;
export type BasketLineInput = z.input<typeof BasketLine>;

export const Basket = z.array(BasketLine).min(1).max(100);
export type Basket = z.infer<typeof Basket>;

const Amount = z.int();

/** An option on a bill: `quantity` for each one of what it belongs to, `unit` the price of one without its own options. */
export interface BillOption {
  group: MenuKey;
  option: MenuKey;
  name: Text;
  quantity: number;
  unit: number;
  taxClass: MenuKey;
  allergens: Allergen[];
  options: BillOption[];
}
export const BillOption: z.ZodType<BillOption> = z.object({
  group: MenuKey,
  option: MenuKey,
  name: Text,
  quantity: Quantity,
  unit: Amount,
  taxClass: MenuKey,
  allergens: z.array(Allergen),
  get options() {
    return z.array(BillOption);
  },
});

/** `unit` is one of the item (or variation) alone; `total` is the whole line with its options, times `quantity`. */
export const BillLine = z.object({
  item: MenuKey,
  name: Text,
  variation: z.object({ id: MenuKey, name: Text }).nullable(),
  quantity: Quantity,
  unit: Amount,
  options: z.array(BillOption),
  total: Amount,
  taxClass: MenuKey,
  allergens: z.array(Allergen),
  note: z.string().nullable(),
});
export type BillLine = z.infer<typeof BillLine>;

export const Fee = z.object({ kind: z.enum(["delivery"]), amount: Amount, taxClass: MenuKey });
export type Fee = z.infer<typeof Fee>;

/** What is added to or taken from a bill besides goods and fees: negative for a discount. */
export const Adjustment = z.object({
  kind: z.enum(["promo", "tip", "loyalty"]),
  label: Text,
  amount: Amount,
  taxClass: MenuKey.nullable(),
});
export type Adjustment = z.infer<typeof Adjustment>;

/** All that is taxed at one rate; `class` is the menu's first class of that rate. net + tax = gross. */
export const TaxLine = z.object({
  class: MenuKey,
  ratePpm: z.int(),
  inclusive: z.boolean(),
  net: Amount,
  tax: Amount,
  gross: Amount,
});
export type TaxLine = z.infer<typeof TaxLine>;

/**
 * An itemised bill in integer minor units, with the names in all the menu's languages as they were at the time.
 * subtotal = sum of line totals. total = subtotal + fees + adjustments, + taxes where prices exclude them.
 */
export const Bill = z.object({
  currency: Currency,
  lines: z.array(BillLine),
  subtotal: Amount,
  fees: z.array(Fee),
  adjustments: z.array(Adjustment),
  taxes: z.array(TaxLine),
  total: Amount,
});
export type Bill = z.infer<typeof Bill>;
