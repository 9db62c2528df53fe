import type { BasketLineInput } from "../../contracts/basket.ts";
import type { MenuFile } from "../../contracts/menu.ts";
import { parseTable } from "./table.ts";

/** An order as a till wrote it down. `at` in epoch milliseconds of the till's own clock; `paid` in minor units. */
export interface RecordedOrder {
  readonly number: string;
  readonly at: number;
  readonly lines: readonly BasketLineInput[];
  readonly paid: bigint;
}

export interface Takeaway {
  readonly orders: readonly RecordedOrder[];
  readonly menu: MenuFile;
  /** Lines that no shop could sell, in words. */
  readonly leftOut: readonly string[];
}

interface Sold {
  readonly order: string;
  readonly at: number;
  readonly item: string;
  readonly quantity: number;
  readonly pence: bigint;
}

/** A line of a basket takes 1 to 99, and a basket 100 lines. */
const mostOfALine = 99;
const mostLines = 100;

/**
 * Reads order lines (order, placed_at, item, quantity, unit_price_gbp) and makes of them a menu on which each can be
 * ordered again at its price: an item that was sold at several prices has a variation for each.
 */
export function readTakeaway(csv: string): Takeaway {
  const { sold, currency, leftOut } = readLines(csv);
  const prices = new Map<string, Set<bigint>>();
  for (const { item, pence } of sold) prices.set(item, (prices.get(item) ?? new Set()).add(pence));
  const ids = idsOf([...prices.keys()]);
  const items = [...prices].map(([name, amounts]) => {
    const [first = 0n, ...others] = [...amounts].toSorted((a, b) => (a < b ? -1 : 1));
    const both = { id: ids.get(name) ?? name, name: { en: name.slice(0, 200) } };
    if (others.length === 0) return { ...both, price: Number(first) };
    return {
      ...both,
      variations: [first, ...others].map((pence) => ({
        id: variationOf(pence),
        name: { en: `at ${pence}` },
        price: Number(pence),
      })),
    };
  });
  const several = new Set(items.filter((item) => "variations" in item).map(({ id }) => id));
  const orders = [...Map.groupBy(sold, ({ order }) => order)].flatMap(([number, lines]) => {
    const basket = basketOf(lines, ids, several);
    if (basket.length > mostLines) {
      leftOut.push(`order ${number}: ${basket.length} lines, at most ${mostLines} can be ordered at once`);
      return [];
    }
    const paid = lines.reduce((total, line) => total + BigInt(line.quantity) * line.pence, 0n);
    return [{ number, at: Math.min(...lines.map(({ at }) => at)), lines: basket, paid }];
  });
  const menu: MenuFile = {
    comanda: "menu/1",
    currency,
    languages: ["en"],
    tax: { inclusive: true, classes: [{ id: "vat", name: { en: "VAT 20 %" }, ratePpm: 200_000 }] },
    categories: [{ id: "menu", name: { en: "Menu" }, items: items.map(({ id }) => id) }],
    items,
  };
  return { orders: orders.toSorted((a, b) => a.at - b.at), menu, leftOut };
}

function readLines(csv: string): { sold: Sold[]; currency: string; leftOut: string[] } {
  const { columns, rows } = parseTable(csv);
  const priced = columns.find((column) => /^unit_price(?:_[a-z]{3})?$/.test(column));
  const missing = ["order", "placed_at", "item", "quantity"].filter((column) => !columns.includes(column));
  if (priced === undefined || missing.length > 0) {
    throw new Error(
      `The file needs the columns order, placed_at, item, quantity, unit_price_gbp; it has ${columns.join(", ")}.`,
    );
  }
  const leftOut: string[] = [];
  const sold = rows.flatMap((row, at): Sold[] => {
    const [order = "", item = ""] = [row["order"], row["item"]];
    const quantity = Number(row["quantity"]);
    const pence = minorOf(row[priced] ?? "");
    const when = Date.parse(`${(row["placed_at"] ?? "").trim().replace(" ", "T").replace(/Z$/, "")}Z`);
    const fine =
      order !== "" &&
      item.trim() !== "" &&
      Number.isInteger(quantity) &&
      quantity > 0 &&
      pence !== null &&
      !Number.isNaN(when);
    if (fine) return [{ order, at: when, item: item.trim(), quantity, pence }];
    leftOut.push(`row ${at + 2}: ${JSON.stringify(row)}`);
    return [];
  });
  return { sold, currency: (priced.split("_")[2] ?? "gbp").toUpperCase(), leftOut };
}

/** "3.95" → 395n; null for what is no price of at most two decimals. */
function minorOf(text: string): bigint | null {
  const [, whole, decimals = ""] = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? null : BigInt(whole) * 100n + BigInt(decimals.padEnd(2, "0"));
}

function basketOf(
  lines: readonly Sold[],
  ids: ReadonlyMap<string, string>,
  several: ReadonlySet<string>,
): BasketLineInput[] {
  return lines.flatMap(({ item: name, quantity, pence }) => {
    const item = ids.get(name) ?? name;
    const line = several.has(item) ? { item, variation: variationOf(pence) } : { item };
    const full = Array.from({ length: Math.floor(quantity / mostOfALine) }, () => ({ ...line, quantity: mostOfALine }));
    const rest = quantity % mostOfALine;
    return rest === 0 ? full : [...full, { ...line, quantity: rest }];
  });
}

function variationOf(pence: bigint): string {
  return `at-${pence}`;
}

function idsOf(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const slug =
        name
          .toLowerCase()
          .normalize("NFKD")
          .replaceAll(/[^a-z0-9]+/g, "-")
          .replaceAll(/^-+|-+$/g, "")
          .slice(0, 80) || "item";
      let id = slug;
      for (let copy = 2; taken.has(id); copy += 1) id = `${slug}-${copy}`;
      taken.add(id);
      return [name, id];
    }),
  );
}
