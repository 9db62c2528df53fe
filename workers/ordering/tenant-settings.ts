import { waitUntil } from "cloudflare:workers";
import { eq, sql } from "drizzle-orm";
import { TenantSettings } from "../../contracts/tenant-routes.ts";
import { dbFor } from "../shared/database.ts";
import { Refreshed } from "../shared/refreshed.ts";
import { tenants } from "./tables/tokens.ts";

type Env = { readonly DB: D1Database };

/** What the tenant has decided; what was written before a setting existed reads as that setting's default. */
export async function settingsOf(env: Env, tenant: string): Promise<TenantSettings> {
  const [row] = await dbFor(env, { tenant }).select().from(tenants).where(eq(tenants.id, tenant));
  return TenantSettings.parse(row?.settings ?? {});
}

export async function writeSettings(env: Env, tenant: string, settings: TenantSettings): Promise<void> {
  await dbFor(env, { tenant }).update(tenants).set({ settings }).where(eq(tenants.id, tenant));
  origins.set(await allowedOrigins(env), Date.now());
}

/** Which tenants an origin belongs to. Asked only for pages of other sites; a change is known within half a minute. */
const origins = new Refreshed<ReadonlyMap<string, ReadonlySet<string>>>({ staleAfter: 10_000, unusableAfter: 30_000 });

export async function tenantsOfOrigin(env: Env, origin: string): Promise<ReadonlySet<string>> {
  const known = await origins.get(Date.now(), () => allowedOrigins(env), waitUntil);
  return known.get(origin) ?? nobody;
}

const nobody: ReadonlySet<string> = new Set();

async function allowedOrigins(env: Env): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await dbFor(env, "installation")
    .select({ id: tenants.id, settings: tenants.settings })
    .from(tenants)
    .where(sql`json_array_length(${tenants.settings}, '$.allowedOrigins') > 0`);
  const byOrigin = new Map<string, Set<string>>();
  for (const { id, settings } of rows) {
    for (const origin of TenantSettings.parse(settings).allowedOrigins) {
      const known = byOrigin.get(origin) ?? new Set();
      byOrigin.set(origin, known.add(id));
    }
  }
  return byOrigin;
}
