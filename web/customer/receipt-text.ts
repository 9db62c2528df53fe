import type { BillOption } from "../../contracts/basket.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { clock, day, said } from "../shared/format.ts";
import { locale } from "../shared/language.ts";
import { paymentWords } from "./order-words.ts";
import { words } from "./words.ts";
import { orderWords } from "./words-order.ts";

const width = 42;

/** A receipt as a till prints it, in lines of plain text. */
export function receiptText(
  order: OrderView,
  venue: VenueSettings | null,
  amountOf: (minor: number) => string,
): string {
  const { bill, payment } = order;
  if (bill === null) return "";
  const t = orderWords.value;
  const percent = new Intl.NumberFormat(locale.value, { style: "percent", maximumFractionDigits: 2 });
  const options = (chosen: readonly BillOption[], depth: number): string[] =>
    chosen.flatMap(({ name, quantity, options: inner }) => [
      `${"  ".repeat(depth)}${quantity > 1 ? `${quantity}x ` : "+ "}${said(name)}`,
      ...options(inner, depth + 1),
    ]);
  const lines = bill.lines.flatMap((line) => [
    row(
      `${line.quantity}x ${said(line.name)}${line.variation === null ? "" : ` ${said(line.variation.name)}`}`,
      amountOf(line.total),
    ),
    ...options(line.options, 1),
  ]);
  const taxes = bill.taxes.map(({ ratePpm, net, tax, gross }) =>
    [percent.format(ratePpm / 1_000_000), amountOf(net), amountOf(tax), amountOf(gross)].join("  "),
  );
  return [
    venue?.name ?? "",
    venue?.address ?? "",
    "",
    `${t.orderTitle(order.code)}  ${order.id}`,
    order.placedAt === null ? "" : `${day(order.placedAt)}, ${clock(order.placedAt, venue?.timeZone)}`,
    "-".repeat(width),
    ...lines,
    "-".repeat(width),
    row(words.value.subtotal, amountOf(bill.subtotal)),
    ...bill.fees.map(({ amount }) => row(words.value.fee, amountOf(amount))),
    row(words.value.total, amountOf(bill.total)),
    "",
    [t.rate, t.net, t.tax, t.gross].join("  "),
    ...taxes,
    "",
    payment === null ? "" : `${t.payment}: ${paymentWords(payment, t)}`,
    ...(payment?.refunds ?? []).map(({ amount, state }) =>
      (state === "done" ? t.refund.done : t.refund.asked)(amountOf(amount)),
    ),
    "",
  ].join("\n");
}

function row(name: string, amount: string): string {
  return `${name}${" ".repeat(Math.max(2, width - name.length - amount.length))}${amount}`;
}
