import { type Percentiles, percentilesOf } from "../simulate/latencies.ts";
import type { World } from "../simulate/world.ts";
import { inParallel, lasting } from "./parallel.ts";
import type { PlacedOrder } from "./places.ts";

export interface StatusReads extends Percentiles {
  readonly parallel: number;
  readonly perSecond: number;
}

const warmMs = 500;

/** Reads the states of these orders for so long (ms), so many at a time; the answers are not looked into. */
export async function statusReads(
  world: World,
  orders: readonly PlacedOrder[],
  parallel: number,
  ms: number,
): Promise<StatusReads> {
  let next = 0;
  const measure = async (forMs: number) => {
    const taken: number[] = [];
    const seconds = await inParallel(parallel, lasting(forMs), async () => {
      const order = orders[next++ % orders.length];
      if (order === undefined) throw new Error("There are no orders to read.");
      const began = performance.now();
      const headers = { authorization: order.authorization };
      const answer = await world.api.connection.send({ method: "GET", path: `/v1/orders/${order.id}/status`, headers });
      taken.push(performance.now() - began);
      if (answer.status !== 200)
        world.findings.add("refused", `reading a status: ${answer.status} ${answer.text.slice(0, 200)}`);
    });
    return { taken, seconds };
  };
  await measure(warmMs);
  const { taken, seconds } = await measure(ms);
  return { parallel, perSecond: taken.length / seconds, ...percentilesOf(taken) };
}
