import { and, eq, lt, sql } from "drizzle-orm";
import { dbFor } from "../shared/database.ts";
import { log } from "../shared/log.ts";
import type { OrderingEnv } from "./env.ts";
import { orders } from "./tables/orders.ts";

/** An open order that has been still for so long is asked whether something is due. */
const stillForMs = 10 * 60_000;
const mostAtOnce = 200;

/** Wakes open orders that nothing has happened to for a while: should an alarm have died, what is due is done now. */
export async function sweep(env: OrderingEnv, now: number): Promise<void> {
  const still = await dbFor(env, "installation")
    .select({ id: orders.id, tenant: orders.tenant })
    .from(orders)
    .where(and(eq(orders.open, true), lt(orders.updatedAt, now - stillForMs)))
    // By lot: orders placed days ahead stand still for long, and must not keep the others from their turn.
    .orderBy(sql`random()`)
    .limit(mostAtOnce);
  const woken = await Promise.allSettled(still.map(({ id, tenant }) => env.ORDER.getByName(`${tenant}/${id}`).wake()));
  for (const outcome of woken) {
    if (outcome.status === "rejected") log.error("order not woken", { error: String(outcome.reason) });
  }
}
