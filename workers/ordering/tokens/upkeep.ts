import { lte } from "drizzle-orm";
import { approvalAttempts, deviceRequests, idempotency, revocations, sessions } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { tendKeys } from "./key-store.ts";

// A device that polls late still hears "expired", an owner who looks for an ended session still finds it.
const grace = 24 * 3_600_000;

/** For cron: rotates the signing key when it is due, and deletes what has expired. */
export async function tendTokens(env: TokenEnv): Promise<void> {
  await tendKeys(env);
  const now = Date.now();
  const database = tokenDatabase(env);
  await database.batch([
    database.delete(revocations).where(lte(revocations.expiresAt, now)),
    database.delete(idempotency).where(lte(idempotency.expiresAt, now)),
    database.delete(approvalAttempts).where(lte(approvalAttempts.expiresAt, now)),
    database.delete(deviceRequests).where(lte(deviceRequests.expiresAt, now - grace)),
    database.delete(sessions).where(lte(sessions.expiresAt, now - grace)),
  ]);
}
