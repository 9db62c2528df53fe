import { highestPrice } from "../../contracts/menu.ts";
import { type Currency, decimal, exponentOf } from "../../contracts/money.ts";
import type { Cursor } from "./cursor.ts";
import type { FaultLog } from "./fault-log.ts";

/** How a file writes prices: 12.5 (major), 1250 (minor); in text with which decimal mark; whether text is the rule (CSV). */
export interface PriceNotation {
  readonly currency: Currency;
  readonly unit: "major" | "minor";
  readonly decimalMark: "." | ",";
  readonly text: boolean;
  /** What becomes of a part of a minor unit: rounded half up, or refused as a likely mistake of unit. */
  readonly fraction: "round" | "refuse";
}

/**
 * The price standing there in minor units, exact, without floating-point arithmetic; null where there is none that could
 * be charged, which is reported with `loss`, what is left out because of it.
 */
export function readPrice(at: Cursor, notation: PriceNotation, loss: string, log: FaultLog): number | null {
  const refuse = (code: string, detail: string) => {
    log.refused(at.path, code, detail, loss);
    return null;
  };
  if (at.missing || at.value === "") return refuse("price-missing", "There is no price.");
  const written = decimalOf(at.value, notation);
  if (written === null) return refuse("price-unreadable", `${at.shown()} is not a price.`);
  const { currency } = notation;
  const digits = notation.unit === "major" ? exponentOf(currency) : 0;
  const kept = written.fraction.slice(0, digits).padEnd(digits, "0");
  const beyond = written.fraction.slice(digits);
  const whole = Number(written.whole + kept);
  const amount = whole + (beyond !== "" && Number(beyond[0]) >= 5 ? 1 : 0);
  if (written.negative && (amount > 0 || /[1-9]/.test(beyond))) {
    return refuse("price-negative", `${at.shown()} is below zero.`);
  }
  if (amount > highestPrice) return refuse("price-too-high", `${at.shown()} is above the highest price possible.`);
  if (/[1-9]/.test(beyond)) {
    const detail = `${at.shown()} is finer than the smallest unit of ${currency}.`;
    if (notation.fraction === "refuse") {
      return refuse("price-fraction", `${detail} Prices are integers in minor units here.`);
    }
    log.mended(at.path, "price-fraction", detail, `rounded to ${decimal(amount, currency)} ${currency}`);
  } else if (typeof at.value === "string" && !notation.text) {
    log.mended(at.path, "price-as-text", `${at.shown()} is text.`, `read as ${decimal(amount, currency)} ${currency}`);
  }
  return amount;
}

interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function decimalOf(value: unknown, notation: PriceNotation): Decimal | null {
  if (typeof value === "number") return numberOf(value);
  return typeof value === "string" ? textOf(value, notation) : null;
}

function numberOf(value: number): Decimal | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return null;
  // 4.949999999999999 is how a program that reckons in floating point writes 4.95.
  const settled = Number(value.toPrecision(14));
  return parts(Math.abs(settled) < 1e-6 ? Math.abs(settled).toFixed(20) : String(Math.abs(settled)), settled < 0);
}

/** "€ 1.234,50", "1,200 THB", "12.-", "Rs. 80": one number with a currency before or after it and nothing else. */
function textOf(value: string, notation: PriceNotation): Decimal | null {
  const text = value.trim().normalize("NFKC");
  const found = /^([^\d]{0,8}?)([-−–]?)\s*([^\d-]{0,4}?)(\d[\d.,'’\s]*)(?:[-–]+)?(\D{0,8})$/u.exec(text);
  if (found === null) return null;
  const [, , minus = "", , figures = "", after = ""] = found;
  if (/[%*/+]/.test(after)) return null;
  return parts(unpunctuated(figures.replace(/['’\s]/g, "").replace(/[.,]+$/, ""), notation), minus !== "");
}

/** Leaves at most one point, the decimal one. */
function unpunctuated(figures: string, { decimalMark, currency, unit }: PriceNotation): string {
  const last = Math.max(figures.lastIndexOf("."), figures.lastIndexOf(","));
  if (last < 0) return figures;
  const mark = figures[last] ?? ".";
  const both = figures.includes(".") && figures.includes(",");
  const repeated = figures.indexOf(mark) !== last;
  const threeFollow = figures.length - last - 1 === 3;
  const couldBeDecimal = unit === "major" && exponentOf(currency) === 3;
  const thousands = repeated || (!both && mark !== decimalMark && threeFollow && !couldBeDecimal);
  if (thousands) return figures.replace(/[.,]/g, "");
  return `${figures.slice(0, last).replace(/[.,]/g, "")}.${figures.slice(last + 1)}`;
}

function parts(figures: string, negative: boolean): Decimal | null {
  const found = /^(\d{1,15})(?:\.(\d*))?$/.exec(figures);
  if (found === null) return null;
  return { negative, whole: found[1] ?? "0", fraction: found[2] ?? "" };
}
