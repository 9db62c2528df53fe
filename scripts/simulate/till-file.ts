import { highestPrice } from "../../contracts/menu.ts";
import { type Currency, exponentOf } from "../../contracts/money.ts";
import { type CsvRow, parseCsv } from "../../domain/menu/csv.ts";

/** One line of a till's record. `at` in epoch milliseconds of the till's own clock; `price` of one, in minor units. */
export interface Sold {
  readonly order: string;
  readonly at: number;
  readonly item: string;
  readonly quantity: number;
  readonly price: bigint;
}

export interface TillFile {
  readonly sold: readonly Sold[];
  readonly currency: Currency;
  /** Rows that say nothing that could be sold, in words. */
  readonly leftOut: readonly string[];
}

/**
 * Reads order lines: order, placed_at, item, quantity, unit_price_gbp (or of another currency). Times are the till's own,
 * so a zone beside one is not read. Throws with words for the user where columns are missing.
 */
export function readTill(csv: string): TillFile {
  const { columns, rows, faults } = parseCsv(csv);
  if (columns.length === 0) throw new Error("The file is empty.");
  const priced = columns.find((column) => /^unit_price(?:_[a-z]{3})?$/.test(column));
  const missing = ["order", "placed_at", "item", "quantity"].filter((column) => !columns.includes(column));
  if (priced === undefined || missing.length > 0) {
    const lacking = [...missing, ...(priced === undefined ? ["unit_price_gbp"] : [])].join(", ");
    throw new Error(
      `The file needs the columns order, placed_at, item, quantity, unit_price_gbp; it has ${columns.join(", ")}, but not ${lacking}.`,
    );
  }
  const currency = (priced.split("_")[2] ?? "gbp").toUpperCase();
  const clock = clockOf(rows);
  const leftOut = faults.map(({ row, detail }) => `row ${row}: ${detail}`);
  const sold = rows.flatMap(({ number, cells }): Sold[] => {
    const { order = "", item = "" } = cells;
    const quantity = Number(cells["quantity"]);
    const price = minorOf(cells[priced] ?? "", currency);
    const at = clock(cells["placed_at"] ?? "");
    const fine = order !== "" && item !== "" && Number.isInteger(quantity) && quantity > 0 && quantity <= 10_000;
    if (fine && price !== null && at !== null) return [{ order, at, item, quantity, price }];
    leftOut.push(`row ${number}: ${JSON.stringify(cells)}`);
    return [];
  });
  return { sold, currency, leftOut };
}

const time = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?`;
const yearFirst = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]\s*${time}\s*(?:Z|[+-]\d{2}:?\d{2})?$`,
  "i",
);
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}),?[T ]\s*${time}$`);

/** Reads the till's times: 2016-01-02T18:30, and 02/01/2016 18:30, where the day comes first unless one cannot be a day. */
function clockOf(rows: readonly CsvRow[]): (text: string) => number | null {
  const monthFirst = rows.some(({ cells }) => Number(yearLast.exec(cells["placed_at"] ?? "")?.[2] ?? 0) > 12);
  return (text) => {
    const [, year, month, day, ...iso] = yearFirst.exec(text) ?? [];
    if (year !== undefined) return instant([year, month, day], iso);
    const [, first, second, last, ...clock] = yearLast.exec(text) ?? [];
    return instant(monthFirst ? [last, first, second] : [last, second, first], clock);
  };
}

type Figures = readonly (string | undefined)[];

function instant(date: Figures, clock: Figures): number | null {
  const [year = 0, month = 0, day = 0] = date.map(Number);
  const [hour = 0, minute = 0, second = 0] = clock.map((figures) => Number(figures ?? 0));
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hour;
  return same && minute < 60 ? at.getTime() : null;
}

/** "3.95" and "£3.950" → 395n; null for what is no price to the minor unit. */
function minorOf(text: string, currency: Currency): bigint | null {
  const [, whole = "", decimals = ""] = /^[€£$¥฿]?\s*(\d{0,10})(?:\.(\d*))?$/.exec(text) ?? [];
  const digits = exponentOf(currency);
  if (whole + decimals === "" || /[1-9]/.test(decimals.slice(digits))) return null;
  const minor = BigInt(whole + decimals.slice(0, digits).padEnd(digits, "0"));
  return minor > BigInt(highestPrice) ? null : minor;
}
