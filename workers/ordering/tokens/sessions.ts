import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Holder } from "../dismissal.ts";
import { sessions } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { hashOf, macOf, newId, newSecret, sameSecret } from "./secrets.ts";
import { revoke } from "./guard.ts";

export type Session = typeof sessions.$inferSelect;

/** A session nobody holds a token of yet; `lifetime` is how many milliseconds it lasts without a refresh. */
export function newSession(
  holder: Pick<Session, "tenant" | "subject" | "role" | "venues">,
  lifetime: number,
  now: number,
): Session {
  return {
    id: newId("ses"),
    tenant: holder.tenant,
    subject: holder.subject,
    role: holder.role,
    venues: holder.venues,
    seed: newSecret(),
    turn: 0,
    turnKey: null,
    lifetime,
    createdAt: now,
    refreshedAt: now,
    expiresAt: now + lifetime,
    revokedAt: null,
  };
}

/**
 * The refresh token of the session's present turn: `<session>.<turn>.<mac>`. No row is kept for it; to forge one
 * takes both the database (the seed) and KEY_ENCRYPTION_SECRET.
 */
export function refreshTokenOf(env: TokenEnv, session: Session): string {
  return `${session.id}.${session.turn}.${macOfTurn(env, session, session.turn)}`;
}

/**
 * Uses a refresh token up. The session in its next turn; or null when the token is none of ours, expired, revoked or
 * used before. One used before is in two hands, so the whole session ends, also for who holds the newest
 * (RFC 9700 §4.14.2). Strict on purpose: of two refreshes at the same moment one wins and the session ends.
 * Only who lost the answer on the way and asks again under the same `key`, which no thief of a token knows, gets the
 * same turn once more, until that is used.
 */
export async function refreshed(env: TokenEnv, refreshToken: string, key: string | null): Promise<Session | null> {
  const presented = await sessionOf(env, refreshToken);
  if (presented === null) return null;
  const now = Date.now();
  const turnKey = key === null ? null : hashOf(key);
  const [next] = await tokenDatabase(env)
    .update(sessions)
    .set({ turn: presented.turn + 1, turnKey, refreshedAt: now, expiresAt: sql`${now} + ${sessions.lifetime}` })
    .where(
      and(
        eq(sessions.id, presented.session.id),
        eq(sessions.turn, presented.turn),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
      ),
    )
    .returning();
  if (next !== undefined) return next;
  const [session = presented.session] = await tokenDatabase(env)
    .select()
    .from(sessions)
    .where(eq(sessions.id, presented.session.id));
  if (session.revokedAt !== null) return null;
  const again = turnKey !== null && session.turn === presented.turn + 1 && session.turnKey === turnKey;
  if (again && session.expiresAt > now) return session;
  await endSession(env, session);
  return null;
}

/** The session a refresh token belongs to, and the turn it was given out in; null when it is none of ours. */
export async function sessionOf(
  env: TokenEnv,
  refreshToken: string,
): Promise<{ session: Session; turn: number } | null> {
  const parts = /^(ses_[0-9a-z]{26})\.([0-9]{1,9})\.([\w-]{43})$/.exec(refreshToken);
  const [, id, digits, mac] = parts ?? [];
  if (id === undefined || digits === undefined || mac === undefined) return null;
  const [session] = await tokenDatabase(env).select().from(sessions).where(eq(sessions.id, id));
  if (session === undefined) return null;
  const turn = Number(digits);
  return sameSecret(mac, macOfTurn(env, session, turn)) ? { session, turn } : null;
}

/** Ends a session: its refresh tokens at once, its access tokens and their sockets within seconds. */
export async function endSession(env: TokenEnv, session: Holder & Pick<Session, "id">): Promise<void> {
  await tokenDatabase(env)
    .update(sessions)
    .set({ revokedAt: Date.now() })
    .where(and(eq(sessions.id, session.id), eq(sessions.tenant, session.tenant), isNull(sessions.revokedAt)));
  await revoke(env, session, [session.id]);
}

function macOfTurn(env: TokenEnv, session: Session, turn: number): string {
  return macOf(env.KEY_ENCRYPTION_SECRET, "refresh tokens", `${session.id}.${turn}.${session.seed}`);
}
