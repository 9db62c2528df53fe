import type { BasketLineInput, Fulfilment } from "../../contracts/basket.ts";
import { everyItemBaskets } from "../../domain/menu/sample-basket.ts";
import { type ExpectedBill, expectedBill } from "./expected-bill.ts";
import type { Shares, Wanted } from "./order-plan.ts";
import { pick, type Random, randomFrom } from "./random.ts";
import { replay, arrivals, type Days } from "./schedule.ts";
import type { Shop } from "./shop.ts";
import type { Takeaway } from "./takeaway.ts";

/** An order that will come: when, in milliseconds from the beginning, where, and what of it is settled beforehand. */
export interface Coming {
  readonly at: number;
  readonly shop: Shop;
  readonly fulfilment?: Fulfilment;
  readonly lines?: readonly BasketLineInput[];
  /** What the till was paid for these lines, in minor units. */
  readonly paid?: bigint;
}

/** Orders at random moments, so many a second over all the shops. */
export function atRandom(shops: readonly Shop[], seed: string, perSecond: number, count: number): Coming[] {
  const random = randomFrom(seed, "shops");
  return arrivals(seed, perSecond, count).map((at) => ({ at, shop: pick(shops, random) }));
}

/** The recorded orders of the chosen days. */
export function asRecorded(shop: Shop, { orders }: Takeaway, days: Days, speed: number, seed: string): Coming[] {
  return replay(orders, days, speed, seed).map(({ at, order }) => ({ at, shop, lines: order.lines, paid: order.paid }));
}

/** Orders in which everything each shop sells stands at least once, for pickup and, where it is offered, for delivery. */
export function ofEverything(shops: readonly Shop[], seed: string, perSecond: number): Coming[] {
  const random = randomFrom(seed, "everything");
  const orders = shops.flatMap((shop) => {
    const ways = (["pickup", "delivery"] as const).filter((way) => shop.settings.fulfilments.includes(way));
    return ways.flatMap((fulfilment) =>
      everyItemBaskets(shop.menu, random, 10, shop.moment()).map((lines) => ({ shop, fulfilment, lines })),
    );
  });
  return arrivals(seed, perSecond, orders.length).flatMap((at, number) => {
    const order = orders[number];
    return order === undefined ? [] : [{ at, ...order }];
  });
}

const mostTries = 50;

/** What the customer of a coming order will ask for; null where the shop has nothing left for them. */
export function wantedOf(coming: Coming, random: Random, shares: Shares, cautious: boolean): Wanted | null {
  const { shop } = coming;
  const { deliveryFee, minimumOrder } = shop.settings;
  const fulfilment = coming.fulfilment ?? chosenWay(shop, random() < shares.pickup);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const lines = coming.lines ?? shop.basket(random, cautious);
    if (lines.length === 0) return null;
    const expected = expectedBill(shop.menu, lines, { fulfilment, deliveryFee });
    if (coming.lines === undefined && expected.subtotal < BigInt(minimumOrder)) continue;
    return { fulfilment, lines, expected: coming.paid === undefined ? expected : asPaid(expected, coming.paid) };
  }
  return null;
}

/** The till's own sum in place of the one reckoned from the menu that was made of its lines. */
function asPaid(expected: ExpectedBill, paid: bigint): ExpectedBill {
  return { ...expected, subtotal: paid, total: expected.total - expected.subtotal + paid };
}

function chosenWay({ settings: { fulfilments } }: Shop, pickup: boolean): Fulfilment {
  const [only = "pickup"] = fulfilments;
  if (pickup && fulfilments.includes("pickup")) return "pickup";
  return fulfilments.includes("delivery") ? "delivery" : only;
}
