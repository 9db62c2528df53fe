import { isRefusal } from "../../../contracts/problem.ts";
import type { TokenEnv } from "./env.ts";
import { revoke, verifiedToken } from "./guard.ts";
import { endSession, sessionOf } from "./sessions.ts";

/**
 * Ends what the token is part of (RFC 7009): a refresh token its whole session, an access token itself. Whoever
 * holds a token may end it. One that holds no more, or never did, is nothing to complain about.
 */
export async function revokeToken(env: TokenEnv, token: string): Promise<void> {
  const found = await sessionOf(env, token);
  if (found !== null) {
    await endSession(env, found.session);
    return;
  }
  const verified = await verifiedToken(token, env);
  if (!isRefusal(verified)) await revoke(env, verified.principal, [verified.id]);
}
