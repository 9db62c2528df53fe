import { gt, inArray } from "drizzle-orm";
import { accessTokenSeconds, clockToleranceSeconds } from "../../shared/token.ts";
import { revocations } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";

/** Ids whose access tokens, though not yet expired, are valid no more. */
export async function recentRevocations(env: TokenEnv): Promise<readonly string[]> {
  const recent = gt(revocations.expiresAt, Date.now());
  const rows = await tokenDatabase(env).select({ id: revocations.id }).from(revocations).where(recent);
  return rows.map((row) => row.id);
}

export async function isRevoked(env: TokenEnv, ids: readonly string[]): Promise<boolean> {
  const [found] = await tokenDatabase(env)
    .select({ id: revocations.id })
    .from(revocations)
    .where(inArray(revocations.id, [...ids]))
    .limit(1);
  return found !== undefined;
}

/** Kept as long as a token signed this very moment may live. */
export async function recordRevocations(env: TokenEnv, tenant: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const expiresAt = Date.now() + (accessTokenSeconds + 2 * clockToleranceSeconds) * 1_000;
  await tokenDatabase(env)
    .insert(revocations)
    .values(ids.map((id) => ({ id, tenant, expiresAt })))
    .onConflictDoUpdate({ target: revocations.id, set: { expiresAt } });
}
