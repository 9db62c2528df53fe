import { and, desc, eq, gte, lt, lte, sql } from "drizzle-orm";
import { ulid } from "ulid";
import type { z } from "zod";
import { AuditEntry, type tenantRoutes } from "../../contracts/tenant-routes.ts";
import type { Principal, Role } from "../../contracts/principal.ts";
import { epochMs, rfc3339 } from "../../contracts/time.ts";
import { dbFor } from "../shared/database.ts";
import { audit } from "./tables/audit.ts";

type Query = z.output<typeof tenantRoutes.audit.query>;

/** Kept for so long: a year and a month, so that last year's can be looked at. */
const keptMs = 396 * 24 * 3_600_000;

export interface Act {
  readonly tenant: string;
  readonly by: string;
  readonly role: Role | "operator";
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly traceparent: string | null;
}

export async function recordAct(env: { readonly DB: D1Database }, act: Act, now: number): Promise<void> {
  await dbFor(env, act)
    .insert(audit)
    .values({ ...act, id: ulid(now), at: now });
}

/** A page of what was done in the tenant, newest first. */
export async function listActs(
  env: { readonly DB: D1Database },
  { tenant }: Pick<Principal, "tenant">,
  { by, path, from, until, cursor, limit }: Query,
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  const rows = await dbFor(env, { tenant })
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.tenant, tenant),
        by === undefined ? undefined : eq(audit.by, by),
        path === undefined ? undefined : sql`instr(${audit.path}, ${path}) > 0`,
        from === undefined ? undefined : gte(audit.at, epochMs(from)),
        until === undefined ? undefined : lt(audit.at, epochMs(until)),
        cursor === undefined ? undefined : lt(audit.id, cursor),
      ),
    )
    .orderBy(desc(audit.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    entries: page.map((row) => AuditEntry.parse({ ...row, at: rfc3339(row.at) })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** For the cron: forgets what is too old to be asked for. */
export async function forgetOldActs(env: { readonly DB: D1Database }, now: number): Promise<void> {
  await dbFor(env, "installation")
    .delete(audit)
    .where(lte(audit.at, now - keptMs));
}
