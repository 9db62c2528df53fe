import { z } from "zod";
import { Currency } from "../../../contracts/money.ts";

/** Sums over a whole ledger of such amounts stay safe integers. */
const largest = 99_999_999_999;
export const Amount = z.int().min(1).max(largest);

/** What stands in for a card; what each does is in `ledger.ts`. */
export const Method = z.enum([
  "card_ok",
  "card_declined",
  "card_insufficient",
  "card_slow",
  "card_timeout_after_charge",
  "card_capture_fails",
]);
export type Method = z.infer<typeof Method>;

export const DeclineReason = z.enum(["card_declined", "insufficient_funds"]);
export type DeclineReason = z.infer<typeof DeclineReason>;

/** Body of `POST /payments/authorisations`. `reference` is the merchant's own name for the purchase. */
export const Authorisation = z.strictObject({
  amount: Amount,
  currency: Currency,
  method: Method,
  reference: z.string().min(1).max(200),
  metadata: z
    .record(z.string().min(1).max(40), z.string().max(500))
    .refine((entries) => Object.keys(entries).length <= 20, "at most 20 entries")
    .optional(),
});
export type Authorisation = z.infer<typeof Authorisation>;

/** Bodies of `/capture` and `/refund`: without an amount, all that is left. */
export const Capture = z.strictObject({ amount: Amount.optional() });
export const Refund = z.strictObject({ amount: Amount.optional(), reason: z.string().min(1).max(500).optional() });
export const Void = z.strictObject({});

export const PaymentId = z.string().regex(/^pay_[0-9a-f]{32}$/);

const terms = Authorisation.extend({ id: PaymentId, createdAt: z.int() });

/**
 * A payment. Amounts are minor units of its currency, `createdAt` is epoch milliseconds.
 *
 *     declined
 *     authorised → voided
 *                → captured → partially_refunded → refunded
 */
export const Payment = z.discriminatedUnion("status", [
  terms.extend({ status: z.literal("declined"), declineReason: DeclineReason }),
  terms.extend({ status: z.literal("authorised") }),
  terms.extend({ status: z.literal("voided") }),
  terms.extend({ status: z.literal("captured"), captured: Amount }),
  terms.extend({ status: z.literal("partially_refunded"), captured: Amount, refunded: Amount }),
  terms.extend({ status: z.literal("refunded"), captured: Amount, refunded: Amount }),
]);
export type Payment = z.infer<typeof Payment>;

/** A movement as the ledger lists it, numbered from 1 without a gap; `amount` in minor units, `at` RFC 3339. */
export const Entry = z.object({
  number: z.int().min(1),
  payment: PaymentId,
  reference: z.string(),
  currency: Currency,
  kind: z.enum(["authorised", "declined", "captured", "voided", "refunded"]),
  amount: Amount,
  reason: z.string().optional(),
  at: z.string(),
});
export type Entry = z.infer<typeof Entry>;

/** How much has been taken, and how much of it given back. */
export function takenOf(payment: Payment): { captured: number; refunded: number } {
  switch (payment.status) {
    case "declined":
    case "authorised":
    case "voided":
      return { captured: 0, refunded: 0 };
    case "captured":
      return { captured: payment.captured, refunded: 0 };
    case "partially_refunded":
    case "refunded":
      return { captured: payment.captured, refunded: payment.refunded };
  }
}

/** A payment as the provider shows it: `captured` and `refunded` always there, RFC 3339 times. */
export function statementOf(payment: Payment): object {
  return { ...payment, ...takenOf(payment), createdAt: new Date(payment.createdAt).toISOString() };
}
