import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { z } from "zod";
import { BasketLine, type Bill, Fulfilment } from "../../contracts/basket.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { price } from "../../domain/order/pricing.ts";
import { keep, kept } from "../shared/storage.ts";
import { momentAt, type PublishedMenu } from "./venue-data.ts";

const Basket = z.object({ fulfilment: Fulfilment, lines: z.array(BasketLine) });
export type Basket = z.infer<typeof Basket>;

const empty: Basket = { fulfilment: "pickup", lines: [] };
const baskets = new Map<string, Signal<Basket>>();
const mostOfOne = 99;

/** What this browser has chosen at a venue; it outlives a reload. */
export function basketAt(venue: string): ReadonlySignal<Basket> {
  return held(venue);
}

export function changeBasket(venue: string, change: (basket: Basket) => Basket): void {
  const basket = held(venue);
  // Another tab may have put something in of which this one has not heard yet.
  basket.value = change(kept(nameOf(venue), Basket) ?? basket.peek());
  keep(nameOf(venue), basket.value);
}

/** Adds a line; the same thing chosen the same way joins the line that is there. */
export function addLine(basket: Basket, line: BasketLine): Basket {
  const at = basket.lines.findIndex((known) => sameDish(known, line) && known.quantity + line.quantity <= mostOfOne);
  if (at < 0) return { ...basket, lines: [...basket.lines, line] };
  return setQuantity(basket, at, (basket.lines[at]?.quantity ?? 0) + line.quantity);
}

/** Puts another line in the place of one; where it is now the same as another, the two become one. */
export function replaceLine(basket: Basket, at: number, line: BasketLine): Basket {
  const others = basket.lines.filter((_, place) => place !== at);
  const twin = others.some((known) => sameDish(known, line) && known.quantity + line.quantity <= mostOfOne);
  if (twin) return addLine({ ...basket, lines: others }, line);
  return { ...basket, lines: basket.lines.map((known, place) => (place === at ? line : known)) };
}

/** Nothing of a line is no line. */
export function setQuantity(basket: Basket, at: number, quantity: number): Basket {
  const lines = basket.lines.flatMap((line, place) => {
    if (place !== at) return [line];
    return quantity <= 0 ? [] : [{ ...line, quantity: Math.min(quantity, mostOfOne) }];
  });
  return { ...basket, lines };
}

/** The basket's bill now, as the server will reckon it; null when it is empty. */
export function billOf(menu: PublishedMenu, venue: VenueView, basket: Basket, at: number): Bill | Refusal | null {
  if (basket.lines.length === 0) return null;
  const { deliveryFee } = venue.settings;
  return price(menu, basket.lines, { ...momentAt(venue, at), fulfilment: basket.fulfilment, deliveryFee });
}

/** Which lines cannot be had now, each judged by itself. */
export function gone(menu: PublishedMenu, venue: VenueView, { lines }: Basket, at: number): boolean[] {
  return lines.map((line) => {
    const bill = billOf(menu, venue, { fulfilment: "pickup", lines: [line] }, at);
    return bill !== null && isRefusal(bill);
  });
}

function held(venue: string): Signal<Basket> {
  // One browser has one basket at a venue, in however many tabs.
  if (baskets.size === 0) addEventListener("storage", ({ key }) => hear(key));
  const known = baskets.get(venue) ?? signal<Basket>(kept(nameOf(venue), Basket) ?? empty);
  baskets.set(venue, known);
  return known;
}

function hear(name: string | null): void {
  for (const [venue, basket] of baskets) if (name === nameOf(venue)) basket.value = kept(name, Basket) ?? empty;
}

function nameOf(venue: string): string {
  return `comanda.basket.${venue}`;
}

function sameDish(a: BasketLine, b: BasketLine): boolean {
  return dishKey(a) === dishKey(b);
}

/** The same for the same thing chosen the same way, however many of it. */
export function dishKey({ item, variation = "", options, note = "" }: BasketLine): string {
  return JSON.stringify([item, variation, options, note]);
}
