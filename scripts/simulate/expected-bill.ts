import type { BasketLineInput, Bill, ChosenOptionInput, Fulfilment } from "../../contracts/basket.ts";
import type { CompiledMenu, OptionGroup } from "../../contracts/menu.ts";

/** What an order must come to, in minor units, reckoned apart from the product's own pricing: on whole numbers without bound. */
export interface ExpectedBill {
  readonly subtotal: bigint;
  readonly tax: bigint;
  readonly total: bigint;
}

/** So much of something, taxed at so many millionths. */
interface Portion {
  readonly amount: bigint;
  readonly ratePpm: bigint;
}

/** Throws on a basket the menu does not know: the simulation makes baskets from that very menu. */
export function expectedBill(
  menu: CompiledMenu,
  lines: readonly BasketLineInput[],
  { fulfilment, deliveryFee }: { fulfilment: Fulfilment; deliveryFee: number },
): ExpectedBill {
  const goods = lines.flatMap((line) => portionsOfLine(menu, line));
  const fee = fulfilment === "delivery" ? BigInt(deliveryFee) : 0n;
  const fees = fee === 0n ? [] : [{ amount: fee, ratePpm: rateOf(menu, menu.tax.classes[0]?.id) }];
  const subtotal = sum(goods);
  const tax = taxOn([...goods, ...fees], menu.tax.inclusive);
  return { subtotal, tax, total: subtotal + fee + (menu.tax.inclusive ? 0n : tax) };
}

/** In what a bill differs from what it must be; none where it does not. */
export function differences(bill: Bill, expected: ExpectedBill): string[] {
  const tax = bill.taxes.reduce((total, line) => total + line.tax, 0);
  const compared: [string, number, bigint][] = [
    ["subtotal", bill.subtotal, expected.subtotal],
    ["tax", tax, expected.tax],
    ["total", bill.total, expected.total],
  ];
  return compared
    .filter(([, is, must]) => BigInt(is) !== must)
    .map(([what, is, must]) => `${what} is ${is}, not ${must}`);
}

function portionsOfLine(menu: CompiledMenu, line: BasketLineInput): Portion[] {
  const item = must(menu.items[line.item], `item ${line.item}`);
  const variation =
    line.variation === undefined
      ? undefined
      : must(
          item.variations.find(({ id }) => id === line.variation),
          `variation ${line.variation}`,
        );
  const times = BigInt(line.quantity);
  const price = BigInt(must(variation === undefined ? item.price : variation.price, `a price of ${line.item}`));
  const own = { amount: price * times, ratePpm: rateOf(menu, item.taxClass) };
  const around = { menu, variation: line.variation, taxClass: item.taxClass };
  return [own, ...(line.options ?? []).flatMap((option) => portionsOfOption(around, option, times))];
}

interface Around {
  readonly menu: CompiledMenu;
  readonly variation: string | undefined;
  readonly taxClass: string;
}

function portionsOfOption(around: Around, chosen: ChosenOptionInput, times: bigint): Portion[] {
  const group: OptionGroup = must(around.menu.groups[chosen.group], `group ${chosen.group}`);
  const option = must(
    group.options.find(({ id }) => id === chosen.option),
    `option ${chosen.option}`,
  );
  const special = around.variation === undefined ? undefined : option.priceByVariation[around.variation];
  const count = times * BigInt(chosen.quantity ?? 1);
  const own = {
    amount: BigInt(special ?? option.price) * count,
    ratePpm: rateOf(around.menu, option.taxClass ?? around.taxClass),
  };
  return [own, ...(chosen.options ?? []).flatMap((nested) => portionsOfOption(around, nested, count))];
}

function rateOf(menu: CompiledMenu, taxClass: string | undefined): bigint {
  return BigInt(menu.tax.classes.find(({ id }) => id === taxClass)?.ratePpm ?? 0);
}

/** Rounded half up once a rate: of a gross amount, the part that is tax; of a net one, what is added. */
function taxOn(portions: readonly Portion[], inclusive: boolean): bigint {
  let tax = 0n;
  for (const [ratePpm, taxed] of Map.groupBy(portions, (portion) => portion.ratePpm)) {
    const part = sum(taxed) * ratePpm;
    const whole = inclusive ? 1_000_000n + ratePpm : 1_000_000n;
    tax += (2n * part + whole) / (2n * whole);
  }
  return tax;
}

function sum(portions: readonly Portion[]): bigint {
  return portions.reduce((total, { amount }) => total + amount, 0n);
}

function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`The menu has no ${what}.`);
  return value;
}
