import { and, eq, isNull, lt, ne, sql } from "drizzle-orm";
import type { Principal } from "../../contracts/principal.ts";
import type { Refusal } from "../../contracts/problem.ts";
import { TenantSettings } from "../../contracts/tenant-routes.ts";
import { dbFor } from "../shared/database.ts";
import { log } from "../shared/log.ts";
import { deadLetters } from "../shared/tables/dead-letters.ts";
import { troubleOf } from "../shared/trouble.ts";
import type { OrderingEnv } from "./env.ts";
import { orders } from "./tables/orders.ts";
import { pushTopics } from "./tables/push.ts";
import { tenants } from "./tables/tokens.ts";

const dayMs = 24 * 3_600_000;
/** Of so many tenants a minute, so many orders each: each is a call, and a minute has some hundreds on any plan. */
const mostTenants = 20;
const mostOrders = 20;

/** Erases customers' data of orders that ended longer ago than their tenant keeps them; what fails comes again. */
export async function eraseWhatIsOver(env: OrderingEnv, now: number): Promise<void> {
  const some = await dbFor(env, "installation")
    .select({ id: tenants.id, settings: tenants.settings })
    .from(tenants)
    .orderBy(sql`random()`)
    .limit(mostTenants);
  for (const { id: tenant, settings } of some) {
    const { keepPersonalData } = TenantSettings.parse(settings);
    await eraseOf(env, tenant, now - keepPersonalData * dayMs, now);
  }
}

/** Erases a customer's data of one order that is over, because somebody has asked for it. */
export async function eraseOrder(
  env: OrderingEnv,
  principal: Principal,
  order: string,
  now: number,
): Promise<Refusal | null> {
  const { tenant } = principal;
  const refusal = await env.ORDER.getByName(`${tenant}/${order}`).eraseNow(principal);
  if (refusal !== null) return refusal;
  const db = dbFor(env, { tenant });
  const handled = and(eq(deadLetters.tenant, tenant), eq(deadLetters.order, order), ne(deadLetters.state, "open"));
  await db.delete(deadLetters).where(handled);
  await db
    .delete(pushTopics)
    .where(and(eq(pushTopics.tenant, tenant), eq(pushTopics.kind, "order"), eq(pushTopics.about, order)));
  await forgetLine(env, tenant, order, now);
  return null;
}

/** The order's line in the list belongs to nobody any more. */
async function forgetLine(env: OrderingEnv, tenant: string, order: string, erasedAt: number): Promise<void> {
  await dbFor(env, { tenant })
    .update(orders)
    .set({ erasedAt, customer: "", phone: null, traces: null })
    .where(and(eq(orders.tenant, tenant), eq(orders.id, order)));
}

async function eraseOf(env: OrderingEnv, tenant: string, endedBefore: number, now: number): Promise<void> {
  const db = dbFor(env, { tenant });
  const due = await db
    .select({ id: orders.id })
    .from(orders)
    .where(
      // As the index says it, to the letter, so that it is used.
      and(
        eq(orders.tenant, tenant),
        lt(orders.updatedAt, endedBefore),
        isNull(orders.erasedAt),
        sql`${orders.open} = 0`,
      ),
    )
    .orderBy(orders.updatedAt)
    .limit(mostOrders);
  // What was handled needs no looking into any more, and a letter holds what its fact held.
  await db
    .delete(deadLetters)
    .where(and(eq(deadLetters.tenant, tenant), ne(deadLetters.state, "open"), lt(deadLetters.lastAt, endedBefore)));
  // The orders they were of are over by far; who still follows a venue is listed as long as that.
  await db
    .delete(pushTopics)
    .where(and(eq(pushTopics.tenant, tenant), eq(pushTopics.kind, "order"), lt(pushTopics.createdAt, endedBefore)));
  for (const { id } of due) {
    try {
      await env.ORDER.getByName(`${tenant}/${id}`).erase();
      await forgetLine(env, tenant, id, now);
    } catch (error) {
      log.error("order not erased", { order: id, tenant, ...troubleOf(error) });
    }
  }
}
