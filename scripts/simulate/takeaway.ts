import type { BasketLineInput } from "../../contracts/basket.ts";
import type { MenuFile } from "../../contracts/menu.ts";
import { withoutMarkup } from "../../domain/menu/plain-words.ts";
import { type Days, chosen } from "./schedule.ts";
import { readTill, type Sold } from "./till-file.ts";

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
  /** What no shop could sell, in words. */
  readonly leftOut: readonly string[];
}

/** A line of a basket takes 1 to 99, and a basket 100 lines; a menu has so many items, and an item so many variations. */
const mostOfALine = 99;
const mostLines = 100;
const mostItems = 5000;
const mostPrices = 250;

type MenuItem = MenuFile["items"][number];

/** The orders of the chosen days, and a menu of what was sold on them on which each can be ordered again at its price. */
export function readTakeaway(csv: string, days: Days = { count: 1 }): Takeaway {
  const till = readTill(csv);
  const leftOut = [...till.leftOut];
  const recorded = chosen(ordersIn(till.sold), days);
  const shelves = new Shelves(recorded.flatMap(({ sold }) => sold));
  const orders = recorded.flatMap(({ number, at, sold }) => {
    const lines = sold.flatMap((each) => shelves.linesFor(each) ?? []);
    const missing = sold.find((each) => shelves.linesFor(each) === null);
    if (missing !== undefined)
      leftOut.push(`order ${number}: a menu has ${mostItems} items, and ${missing.item} is one more`);
    else if (lines.length > mostLines) {
      leftOut.push(`order ${number}: ${lines.length} lines, at most ${mostLines} can be ordered at once`);
    } else {
      const paid = sold.reduce((total, line) => total + BigInt(line.quantity) * line.price, 0n);
      return [{ number, at, lines, paid }];
    }
    return [];
  });
  const { items } = shelves;
  const menu: MenuFile = {
    comanda: "menu/1",
    currency: till.currency,
    languages: ["en"],
    tax: { inclusive: true, classes: [{ id: "vat", name: { en: "VAT 20 %" }, ratePpm: 200_000 }] },
    categories: [{ id: "menu", name: { en: "Menu" }, items: items.map(({ id }) => id) }],
    items,
  };
  return { orders, menu, leftOut };
}

/** Tills that begin with 1 again every day have as many orders of that number as days. */
function ordersIn(sold: readonly Sold[]): { number: string; at: number; sold: Sold[] }[] {
  const byOrder = Map.groupBy(sold, ({ order, at }) => `${order} ${Math.floor(at / 86_400_000)}`);
  const orders = [...byOrder.values()].map((lines) => ({
    number: lines[0]?.order ?? "",
    at: lines.reduce((first, { at }) => Math.min(first, at), Infinity),
    sold: lines,
  }));
  return orders.toSorted((a, b) => a.at - b.at);
}

/** Where what was sold stands on the menu: an item that was sold at several prices has a variation for each. */
class Shelves {
  readonly items: MenuItem[] = [];
  readonly #places = new Map<string, Omit<BasketLineInput, "quantity">>();
  readonly #taken = new Set(Object.getOwnPropertyNames(Object.prototype));

  constructor(sold: readonly Sold[]) {
    const prices = new Map<string, Set<bigint>>();
    for (const { item, price } of sold) prices.set(item, (prices.get(item) ?? new Set()).add(price));
    for (const [name, amounts] of prices) {
      const ascending = [...amounts].toSorted((a, b) => (a < b ? -1 : 1));
      for (let from = 0; from < ascending.length; from += mostPrices) {
        if (this.items.length < mostItems) this.#put(name, ascending.slice(from, from + mostPrices));
      }
    }
  }

  /** The lines of a basket that ask for it; null where there was no room for it on the menu. */
  linesFor({ item, price, quantity }: Sold): BasketLineInput[] | null {
    const place = this.#places.get(placeOf(item, price));
    if (place === undefined) return null;
    const full = Array.from({ length: Math.floor(quantity / mostOfALine) }, () => ({
      ...place,
      quantity: mostOfALine,
    }));
    const rest = quantity % mostOfALine;
    return rest === 0 ? full : [...full, { ...place, quantity: rest }];
  }

  #put(name: string, prices: readonly bigint[]): void {
    const id = this.#idOf(name);
    const words = withoutMarkup(name)
      .replaceAll(/[\p{Cc}\u200b\ufeff\s]+/gu, " ")
      .trim()
      .slice(0, 200)
      .toWellFormed();
    const both = { id, name: { en: words.trim() || "Item" } };
    const [only = 0n, ...others] = prices;
    const several = others.length > 0;
    for (const price of prices) {
      this.#places.set(placeOf(name, price), several ? { item: id, variation: `at-${price}` } : { item: id });
    }
    const variations = prices.map((price) => ({
      id: `at-${price}`,
      name: { en: `at ${price}` },
      price: Number(price),
    }));
    this.items.push(several ? { ...both, variations } : { ...both, price: Number(only) });
  }

  #idOf(name: string): string {
    const slug = name
      .toLowerCase()
      .normalize("NFKD")
      .replaceAll(/[^a-z0-9]+/g, "-")
      .slice(0, 80)
      .replaceAll(/^-+|-+$/g, "");
    const usual = slug || "item";
    let id = usual;
    for (let copy = 2; this.#taken.has(id); copy += 1) id = `${usual}-${copy}`;
    this.#taken.add(id);
    return id;
  }
}

function placeOf(item: string, price: bigint): string {
  return `${price} ${item}`;
}
