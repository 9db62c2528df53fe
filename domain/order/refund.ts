import type { Bill, BillLine, BillOption } from "../../contracts/basket.ts";
import { allocate, type Minor } from "../../contracts/money.ts";
import type { RefundReason } from "../../contracts/order.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { OrderEvent } from "./events.ts";
import { isPaidByCard, isUnhappy, type Order, type Payment, type Stage } from "./order.ts";

/** So many portions of a bill's line, which is named by its place there, from 0. */
export interface RefundedLine {
  readonly line: number;
  readonly quantity: number;
}

/** What is paid back of a captured payment while the order stands: once for its number, and all together never more. */
export interface Refund {
  /** From 1, within its order. */
  readonly number: number;
  readonly amount: Minor;
  /** What it is for, where it is for portions; else empty. */
  readonly lines: readonly RefundedLine[];
  readonly reason: RefundReason;
  /** For the customer, in words. */
  readonly detail: string;
  readonly by: string;
  readonly askedAt: number;
  readonly state: "asked" | "done" | "refused";
  /** When the provider has done or refused it; null while it is under way. */
  readonly endedAt: number | null;
}

/** What somebody in charge wants paid back: portions, an amount, or, both left out, all that is left. */
export interface RefundWish {
  readonly lines: readonly RefundedLine[] | null;
  readonly amount: Minor | null;
  readonly reason: RefundReason;
  readonly detail: string;
}

const mostRefunds = 50;

/** What has been paid back, and what is being. */
export function paidBack(order: Order, states: readonly Refund["state"][] = ["asked", "done"]): Minor {
  const counted = (order.refunds ?? []).filter(({ state }) => states.includes(state));
  return counted.reduce((sum, { amount }) => sum + amount, 0);
}

/** What can still be paid back; 0 where nothing was taken, or the whole is on its way back. */
export function leftToRefund(order: Order): Minor {
  if (order.placed === null || order.payment.step !== "captured" || isUnhappy(order.stage)) return 0;
  return order.placed.bill.total - paidBack(order);
}

export function decideRefund(order: Order, wish: RefundWish): readonly OrderEvent[] | Refusal {
  const { placed, payment, refunds = [] } = order;
  if (placed === null) return refuse("conflict", "The order was never placed.");
  const left = leftToRefund(order);
  if (left === 0) return refuse("conflict", nothingLeft(payment, paidBack(order)));
  if (refunds.length >= mostRefunds) return refuse("conflict", `An order is refunded at most ${mostRefunds} times.`);
  const wanted = wish.lines === null ? (wish.amount ?? left) : amountOf(order, placed.bill, wish.lines);
  if (typeof wanted !== "number") return wanted;
  if (wanted < 1 || wanted > left) {
    return refuse("invalid-value", `At most ${left} (minor units) is left to be paid back; this is ${wanted}.`, [
      { pointer: wish.lines === null ? "/amount" : "/lines", detail: `1 to ${left}` },
    ]);
  }
  const number = refunds.length + 1;
  const { reason, detail, lines } = wish;
  const asked: OrderEvent = { type: "refund-asked", number, amount: wanted, lines: lines ?? [], reason, detail };
  // Cash goes from hand to hand, as it came; the log says that it did.
  return isPaidByCard(placed) ? [asked] : [asked, { type: "refund-done", number }];
}

/** Once nothing is under way any more: all is back, or the rest goes back where the order ended without food. */
export function afterRefund(order: Order, stage: Stage): Payment {
  const { payment, placed, refunds = [] } = order;
  if (payment.step !== "captured" || placed === null) return payment;
  if (refunds.some(({ state }) => state === "asked")) return payment;
  if (paidBack(order, ["done"]) >= placed.bill.total) return { step: "refunded", id: payment.id };
  return isUnhappy(stage) ? { step: "refunding", id: payment.id } : payment;
}

/**
 * What the customer has paid for each line of a bill, with its share of taxes that come on top and of what was taken
 * off. Each tax is shared out among all that is taxed so, by largest remainder: the lines and fees sum to the bill.
 */
export function paidForLines(bill: Bill): Minor[] {
  const goods = bill.lines.map(({ total }) => total);
  const discount = bill.adjustments.reduce((sum, { kind, amount }) => (kind === "tip" ? sum : sum + amount), 0);
  const off = allocate(discount, goods);
  const tax = taxOnTop(bill);
  return goods.map((total, at) => Math.max(0, total + (off[at] ?? 0) + (tax[at] ?? 0)));
}

/** The share of each line in the taxes that come on top of its price. */
function taxOnTop({ lines, fees, taxes }: Bill): Minor[] {
  const onTop = taxes.filter(({ inclusive }) => !inclusive);
  const goods = lines.map(({ total }) => total);
  const delivered = fees.map(({ amount }) => amount);
  const shares = onTop.map((rate) => {
    const parts = [
      ...lines.map((line) => amountTaxed(line, rate.class)),
      ...fees.map(({ taxClass, amount }) => (taxClass === rate.class ? amount : 0)),
    ];
    // A rate is named by the first of its classes: where others have it too, all that was bought shares it.
    const isWhole = parts.reduce((sum, part) => sum + part, 0) === rate.net;
    return allocate(rate.tax, isWhole ? parts : [...goods, ...delivered]);
  });
  return goods.map((_, at) => shares.reduce((sum, share) => sum + (share[at] ?? 0), 0));
}

/** How many portions of each line have been paid back, or are being. */
export function portionsRefunded(order: Order): Map<number, number> {
  const portions = new Map<number, number>();
  for (const { state, lines } of order.refunds ?? []) {
    if (state === "refused") continue;
    for (const { line, quantity } of lines) portions.set(line, (portions.get(line) ?? 0) + quantity);
  }
  return portions;
}

function amountOf(order: Order, bill: Bill, lines: readonly RefundedLine[]): Minor | Refusal {
  const paid = paidForLines(bill);
  const portions = portionsRefunded(order);
  let sum = 0;
  for (const [at, { line, quantity }] of lines.entries()) {
    const before = portions.get(line) ?? 0;
    const ordered = bill.lines[line]?.quantity;
    if (ordered === undefined || before + quantity > ordered) {
      const detail = ordered === undefined ? "the bill has no such line" : `${ordered - before} of ${ordered} left`;
      return refuse("invalid-value", "So many portions were not paid for.", [{ pointer: `/lines/${at}`, detail }]);
    }
    // Portions of one line may differ by a unit: each has its own share, so that all of them make up the line.
    const shares = allocate(paid[line] ?? 0, Array<number>(ordered).fill(1));
    sum += shares.slice(before, before + quantity).reduce((total, share) => total + share, 0);
    portions.set(line, before + quantity);
  }
  return sum;
}

function amountTaxed({ quantity, unit, taxClass, options }: BillLine, wanted: string): Minor {
  const own = taxClass === wanted ? quantity * unit : 0;
  return options.reduce((sum, option) => sum + optionTaxed(option, quantity, wanted), own);
}

function optionTaxed({ quantity, unit, taxClass, options }: BillOption, times: number, wanted: string): Minor {
  const all = times * quantity;
  const own = taxClass === wanted ? all * unit : 0;
  return options.reduce((sum, option) => sum + optionTaxed(option, all, wanted), own);
}

function nothingLeft(payment: Payment, back: Minor): string {
  switch (payment.step) {
    case "due":
    case "authorising":
    case "authorised":
    case "capturing":
      return "Nothing has been taken yet; cancelling the order lets the money go.";
    case "declined":
    case "voiding":
    case "voided":
      return "Nothing was taken, so that there is nothing to pay back.";
    case "refunding":
    case "refunded":
      return "All of it is paid back already.";
    case "captured":
      return back > 0
        ? "All of it is paid back already, or is being."
        : "The order has ended; all of it is being paid back.";
    case "attention":
      return "The provider has refused a step of this payment; see to it there.";
  }
}
