import { and, eq, gt, sql } from "drizzle-orm";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { approvalAttempts, deviceRequests } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { userCodeOf } from "./user-code.ts";

const windowLasts = 10 * 60_000;
const mostAttempts = 10;

/**
 * The device's request behind a user code of the principal's tenant. 404 for any other code, and 429 after ten wrong
 * ones within ten minutes: with 34 bits a code, guessing one of a hundred open ones would take millions of years.
 */
export async function requestByUserCode(
  env: TokenEnv,
  { tenant, subject }: Principal,
  typed: string,
): Promise<typeof deviceRequests.$inferSelect | Refusal> {
  const database = tokenDatabase(env);
  const now = Date.now();
  // Counted before it is looked up, so that attempts sent in parallel count too.
  const expired = sql`${approvalAttempts.expiresAt} <= ${now}`;
  const [counted] = await database
    .insert(approvalAttempts)
    .values({ tenant, subject, attempts: 1, expiresAt: now + windowLasts })
    .onConflictDoUpdate({
      target: [approvalAttempts.tenant, approvalAttempts.subject],
      set: {
        attempts: sql`case when ${expired} then 1 else ${approvalAttempts.attempts} + 1 end`,
        expiresAt: sql`case when ${expired} then ${now + windowLasts} else ${approvalAttempts.expiresAt} end`,
      },
    })
    .returning();
  if (counted === undefined || counted.attempts > mostAttempts) {
    return refuse("too-many", "Too many wrong codes. Wait ten minutes.");
  }
  const userCode = userCodeOf(typed);
  if (userCode === null) return unknownCode;
  const [request] = await database
    .select()
    .from(deviceRequests)
    .where(
      and(eq(deviceRequests.userCode, userCode), eq(deviceRequests.tenant, tenant), gt(deviceRequests.expiresAt, now)),
    );
  if (request === undefined) return unknownCode;
  // Only this one is taken back: who could wipe out the wrong ones with a code of their own could guess for ever.
  await database
    .update(approvalAttempts)
    .set({ attempts: sql`${approvalAttempts.attempts} - 1` })
    .where(and(eq(approvalAttempts.tenant, tenant), eq(approvalAttempts.subject, subject)));
  return request;
}

const unknownCode = refuse("not-found", "No device is waiting with this code.");
