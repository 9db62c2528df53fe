import type { BillOption } from "../../contracts/basket.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { clock, day, inside, percent, said } from "../shared/format.ts";
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
  const options = (chosen: readonly BillOption[], depth: number): string[] =>
    chosen.flatMap(({ name, quantity, options: inner }) => [
      `${"  ".repeat(depth)}${quantity > 1 ? `${quantity}x ` : "+ "}${inside(said(name))}`,
      ...options(inner, depth + 1),
    ]);
  const lines = bill.lines.flatMap((line) => [
    row(
      `${line.quantity}x ${inside(said(line.name))}${line.variation === null ? "" : ` ${inside(said(line.variation.name))}`}`,
      amountOf(line.total),
    ),
    ...options(line.options, 1),
  ]);
  const taxes = bill.taxes.map(({ ratePpm, net, tax, gross }) =>
    [percent(ratePpm / 1_000_000), amountOf(net), amountOf(tax), amountOf(gross)].join("  "),
  );
  return [
    venue?.name ?? "",
    venue?.address ?? "",
    "",
    `${t.orderTitle(order.code)}  ${order.id}`,
    order.placedAt === null ? "" : `${day(order.placedAt, venue?.timeZone)}, ${clock(order.placedAt, venue?.timeZone)}`,
    order.table === undefined ? null : words.value.table(inside(order.table)),
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
  ]
    .filter((line) => line !== null)
    .join("\n");
}

function row(name: string, amount: string): string {
  return `${name}${" ".repeat(Math.max(2, width - lengthOf(name) - lengthOf(amount)))}${amount}`;
}

/** Without the marks of direction, which have no width. */
function lengthOf(text: string): number {
  return text.replaceAll(/[\u2068\u2069]/g, "").length;
}
