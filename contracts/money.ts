import { z } from "zod";

/** ISO 4217 codes whose minor unit is not a hundredth. Source: ISO 4217 list one, column "Mnr unt". */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0,
  VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
}; // prettier-ignore

/** An ISO 4217 code: three capital letters. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR");
export type Currency = z.infer<typeof Currency>;

/** An amount in minor units of a currency: a safe integer, e.g. 1250 EUR = € 12.50, 1250 JPY = ¥ 1250. */
export const Minor = z.int().brand<"minor">();
export type Minor = number;

/** How many decimals the currency's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function exponentOf(currency: Currency): number {
  return exponents[currency] ?? 2;
}

/** "12.50" for (1250, "EUR"); exact, no floating point. For messages and exports, not for screens (use Intl there). */
export function decimal(amount: Minor, currency: Currency): string {
  const digits = exponentOf(currency);
  const sign = amount < 0 ? "-" : "";
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Splits an amount in proportion to weights, exact to the unit, by largest remainder.
 * Every share is a safe integer; the shares sum to the amount. All weights zero: the first takes all.
 */
export function allocate(amount: Minor, weights: readonly number[]): Minor[] {
  if (weights.length === 0) return [];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map((_, at) => (at === 0 ? amount : 0));
  const exact = weights.map((weight) => (BigInt(amount) * BigInt(weight)) / BigInt(total));
  const shares = exact.map(Number);
  const remainders = weights.map((weight, at) => ({
    at,
    left: Math.abs(Number(BigInt(amount) * BigInt(weight) - (exact[at] ?? 0n) * BigInt(total))),
  }));
  remainders.sort((a, b) => b.left - a.left || a.at - b.at);
  let missing = amount - shares.reduce((sum, share) => sum + share, 0);
  const step = Math.sign(missing);
  for (const { at } of remainders) {
    if (missing === 0) break;
    shares[at] = (shares[at] ?? 0) + step;
    missing -= step;
  }
  return shares;
}
