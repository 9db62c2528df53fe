import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { deviceRequests, devices, sessions, type DeviceKind } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { oauthError, type OAuthError } from "./oauth-answer.ts";
import { hashOf, newSecret } from "./secrets.ts";
import type { Session } from "./sessions.ts";
import { userCodeFrom } from "./user-code.ts";

/** Seconds a code waits for its approval, and between two polls. */
export const deviceCodeSeconds = 600;
const pollSeconds = 5;
// Polls are sent every five seconds but arrive with jitter.
const pollLeeway = 500;

export interface DeviceRequest {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Seconds. */
  readonly interval: number;
}

/** A device asks to be let in (RFC 8628 §3.1). */
export async function requestDevice(env: TokenEnv, tenant: string, kind: DeviceKind): Promise<DeviceRequest> {
  const deviceCode = newSecret();
  const now = Date.now();
  for (;;) {
    const userCode = userCodeFrom(randomBytes(32));
    if (userCode === null) continue;
    const row = {
      deviceCodeHash: hashOf(deviceCode),
      userCode,
      tenant,
      kind,
      status: "pending" as const,
      interval: pollSeconds,
      createdAt: now,
      expiresAt: now + deviceCodeSeconds * 1_000,
    };
    const stored = await tokenDatabase(env).insert(deviceRequests).values(row).onConflictDoNothing().returning();
    if (stored.length === 1) return { deviceCode, userCode, interval: pollSeconds };
  }
}

/** A device polls (RFC 8628 §3.4): its own session once it is approved, exactly once. */
export async function collectDevice(env: TokenEnv, deviceCode: string): Promise<Session | OAuthError> {
  const database = tokenDatabase(env);
  const byCode = eq(deviceRequests.deviceCodeHash, hashOf(deviceCode));
  const [request] = await database.select().from(deviceRequests).where(byCode);
  const now = Date.now();
  if (request === undefined) return unknownCode;
  switch (request.status) {
    case "collected":
      return unknownCode;
    case "denied":
      return oauthError("access_denied", "Somebody in charge refused this device.");
    case "pending":
      if (request.expiresAt <= now) return expired;
      return pending(env, request.deviceCodeHash, now);
    case "approved": {
      if (request.expiresAt <= now) return expired;
      const [won] = await database
        .update(deviceRequests)
        .set({ status: "collected" })
        .where(and(byCode, eq(deviceRequests.status, "approved")))
        .returning();
      const [found] = await database
        .select({ session: sessions })
        .from(devices)
        .innerJoin(sessions, eq(sessions.id, devices.session))
        .where(and(eq(devices.id, request.device ?? ""), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)));
      return won === undefined || found === undefined ? unknownCode : found.session;
    }
  }
}

async function pending(env: TokenEnv, deviceCodeHash: string, now: number): Promise<OAuthError> {
  const database = tokenDatabase(env);
  const patient = await database
    .update(deviceRequests)
    .set({ polledAt: now })
    .where(
      and(
        eq(deviceRequests.deviceCodeHash, deviceCodeHash),
        or(
          isNull(deviceRequests.polledAt),
          lte(deviceRequests.polledAt, sql`${now + pollLeeway} - ${deviceRequests.interval} * 1000`),
        ),
      ),
    )
    .returning();
  if (patient.length === 1) return oauthError("authorization_pending", "Enter the user code, then poll again.");
  await database
    .update(deviceRequests)
    .set({ polledAt: now, interval: sql`${deviceRequests.interval} + 5` })
    .where(eq(deviceRequests.deviceCodeHash, deviceCodeHash));
  return oauthError("slow_down", "Wait 5 seconds longer between polls from now on.");
}

const unknownCode = oauthError("invalid_grant", "The device code is unknown or was used.");
const expired = oauthError("expired_token", "The device code has expired. Ask for a new one.");
