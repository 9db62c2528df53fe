import { randomUUID } from "node:crypto";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { Tokens } from "../client/tokens.ts";
import { wantedOf } from "../simulate/coming.ts";
import { type Percentiles, percentilesOf } from "../simulate/latencies.ts";
import { PlayedOrder } from "../simulate/played-order.ts";
import { randomFrom } from "../simulate/random.ts";
import { checkoutOf } from "../simulate/run.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import { ordersInTurn, plan, shares } from "./bench-world.ts";
import { inParallel, times } from "./parallel.ts";

export interface PlacedOrder {
  readonly id: string;
  readonly authorization: string;
}

export interface Places extends Percentiles {
  readonly parallel: number;
  readonly perSecond: number;
}

/** Places orders that nobody serves, so many at a time. */
export async function places(
  world: World,
  shops: readonly Shop[],
  count: number,
  parallel: number,
): Promise<{ figures: Places; orders: PlacedOrder[] }> {
  const guest = Tokens.ofGuest(world.api, world.tenant);
  const authorization = await guest.authorization();
  const coming = ordersInTurn(shops);
  const taken: number[] = [];
  const orders: PlacedOrder[] = [];
  // Made beforehand: the client's own work must not look like the server's.
  const bodies = Array.from({ length: count }, (_, number) => {
    const next = coming.next().value;
    const random = randomFrom("place", number);
    const wanted = wantedOf(next, random, shares, true);
    if (wanted === null) throw new Error(`${next.shop.id} has nothing to sell.`);
    const order = new PlayedOrder(number, next.shop.id, plan, () => {});
    const { fulfilment, lines } = wanted;
    return { venue: next.shop.id, fulfilment, lines: [...lines], checkout: checkoutOf(order, next, wanted, random) };
  });
  const seconds = await inParallel(parallel, times(count), async () => {
    const body = bodies.pop();
    if (body === undefined) return;
    const reply = await world.api.call(orderRoutes.create, { as: guest, key: randomUUID(), body });
    if (!reply.ok) return world.findings.add("refused", `placing: ${describe(reply)}`);
    taken.push(reply.ms);
    orders.push({ id: reply.value.id, authorization });
  });
  return { figures: { parallel, perSecond: taken.length / seconds, ...percentilesOf(taken) }, orders };
}
