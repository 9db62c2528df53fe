import { eq, sql } from "drizzle-orm";
import { TenantId } from "../../../contracts/ids.ts";
import { clients, tenants } from "../tables/tokens.ts";
import { madeBefore, newClient, type ClientWithSecret } from "./client-registry.ts";
import { insertWhere } from "./conditional-insert.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";

// Tenants are never deleted, so one seen once need not be read again in this isolate.
const seen = new Set<string>();

export async function tenantExists(env: TokenEnv, tenant: string): Promise<boolean> {
  if (seen.has(tenant)) return true;
  if (!TenantId.safeParse(tenant).success) return false;
  const [row] = await tokenDatabase(env).select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenant));
  if (row === undefined) return false;
  seen.add(tenant);
  return true;
}

/**
 * The tenant with its first admin client, both or neither; null when the id is taken by another request than this. Where
 * whoever made it before died before answering, the answer is given now.
 */
export async function createTenant(env: TokenEnv, id: string, name: string, request: string) {
  const database = tokenDatabase(env);
  const now = Date.now();
  const wanted = { name: "First admin", role: "admin", venues: null } as const;
  const making = { tenant: id, wanted, createdBy: "operator", request };
  const admin = newClient(env, making, now);
  const [stored] = await database.batch([
    database.insert(tenants).values({ id, name, createdAt: now }).onConflictDoNothing().returning(),
    // Only beside the row just written: changes() is that of the statement before, in the same transaction.
    insertWhere(database, clients, admin.row, sql`where changes() = 1`),
  ]);
  if (stored.length === 0) return againAs(env, id, name, await madeBefore(env, making));
  return { id, name, createdAt: new Date(now).toISOString(), admin: admin.shown };
}

async function againAs(env: TokenEnv, id: string, name: string, admin: ClientWithSecret | null) {
  const [tenant] = await tokenDatabase(env).select().from(tenants).where(eq(tenants.id, id));
  if (admin === null || tenant?.name !== name) return null;
  return { id, name, createdAt: new Date(tenant.createdAt).toISOString(), admin };
}
