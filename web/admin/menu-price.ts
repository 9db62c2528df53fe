import { highestPrice } from "../../contracts/menu.ts";
import { decimal, exponentOf } from "../../contracts/money.ts";

/** 1250 EUR as 12.50, or 12,50 where people write so. */
export function shownPrice(value: number | null, currency: string, locale: string): string {
  if (value === null) return "";
  const digits = exponentOf(currency);
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false } as const;
  return new Intl.NumberFormat(locale, { ...shown, numberingSystem: "latn" }).format(Number(decimal(value, currency)));
}

/** Minor units, exact; null where the text is no price of the currency. */
export function priceIn(text: string, currency: string): number | null {
  const digits = exponentOf(currency);
  const [, whole, fraction = ""] = /^\s*(\d{1,10})(?:[.,](\d*))?\s*$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digits) return null;
  const price = Number(whole + fraction.padEnd(digits, "0"));
  return price <= highestPrice ? price : null;
}
