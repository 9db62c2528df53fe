import { and, eq } from "drizzle-orm";
import { dbFor } from "../shared/database.ts";
import type { OrderingEnv } from "./env.ts";
import { endpoints } from "./tables/endpoints.ts";
import { venues } from "./tables/menus.ts";

/** The ids of a tenant's endpoints, oldest first. */
export async function endpointsOf(env: OrderingEnv, tenant: string): Promise<string[]> {
  const rows = await dbFor(env, { tenant })
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(eq(endpoints.tenant, tenant))
    .orderBy(endpoints.createdAt, endpoints.id);
  return rows.map(({ id }) => id);
}

export async function listEndpoint(env: OrderingEnv, tenant: string, id: string): Promise<void> {
  await dbFor(env, { tenant }).insert(endpoints).values({ id, tenant, createdAt: Date.now() }).onConflictDoNothing();
}

export async function unlistEndpoint(env: OrderingEnv, tenant: string, id: string): Promise<void> {
  await dbFor(env, { tenant })
    .delete(endpoints)
    .where(and(eq(endpoints.tenant, tenant), eq(endpoints.id, id)));
}

/** Every venue of the tenant, by its id. */
export async function venueIdsOf(env: OrderingEnv, tenant: string): Promise<string[]> {
  const rows = await dbFor(env, { tenant }).select({ id: venues.id }).from(venues).where(eq(venues.tenant, tenant));
  return rows.map(({ id }) => id);
}
