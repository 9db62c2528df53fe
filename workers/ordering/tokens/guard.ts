import { waitUntil } from "cloudflare:workers";
import { createMiddleware } from "hono/factory";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import type { Principal, Role } from "../../../contracts/principal.ts";
import { problemResponse, type ProblemResponse } from "../../shared/problem.ts";
import { bearerOf, tokenVerifier, type VerifiedToken } from "../../shared/token.ts";
import { within } from "../../shared/within.ts";
import { dismiss, type Holder } from "../dismissal.ts";
import { basicOf } from "./basic.ts";
import type { TokenEnv, TokenHono } from "./env.ts";
import { publicKeys } from "./key-store.ts";
import { isRevoked, recentRevocations, recordRevocations } from "./revocations.ts";
import { sameSecret } from "./secrets.ts";

const verifier = tokenVerifier();

const revokedSince = refuse("unauthenticated", "The access token was revoked.");
/** How long a database may keep whoever opens a socket waiting (ms). */
const patienceMs = 1_000;

/**
 * Who sends the request, by its access token; costs no read and, for a token seen before, no signature check. A socket
 * lives longer than a request: for it the database is asked whether the token was revoked this very moment elsewhere.
 */
export async function principalOf(request: Request, env: TokenEnv): Promise<Principal | Refusal> {
  const token = bearerOf(request);
  if (typeof token !== "string") return token;
  const verified = await verifiedToken(token, env);
  if (isRefusal(verified)) return verified;
  const opensSocket = request.headers.get("upgrade") !== null;
  return opensSocket && (await isRevokedNow(env, verified)) ? revokedSince : verified.principal;
}

/** With the database away, what this isolate knows must do. */
async function isRevokedNow(env: TokenEnv, { id, session }: VerifiedToken): Promise<boolean> {
  return within(patienceMs, isRevoked(env, [id, session])).catch(() => false);
}

export async function verifiedToken(token: string, env: TokenEnv): Promise<VerifiedToken | Refusal> {
  return verifier.verify(token, {
    now: Date.now(),
    publicKeys: () => publicKeys(env),
    revoked: () => recentRevocations(env),
    background: waitUntil,
  });
}

/**
 * Ends the access tokens of these tokens, sessions or clients of a holder: here at once, elsewhere within seconds; and
 * the sockets that were opened with them, as far as they can be found.
 */
export async function revoke(env: TokenEnv, holder: Holder, ids: readonly string[]): Promise<void> {
  await recordRevocations(env, holder.tenant, ids);
  verifier.revokeHere(ids, Date.now());
  waitUntil(dismiss(env, holder));
}

/** Lets through who has a valid access token, and sets `principal`. */
export const authenticated = createMiddleware<TokenHono>(async (c, next) => {
  const principal = await principalOf(c.req.raw, c.env);
  if (isRefusal(principal)) return problemResponse(principal, c.req.raw);
  c.set("principal", principal);
  return next();
});

/** After `authenticated`: lets these roles through, answers 403 to the others. */
export function allow(...roles: readonly [Role, ...Role[]]) {
  const refusal = refuse("forbidden", `This takes the role ${roles.join(" or ")}.`);
  return createMiddleware<TokenHono>(async (c, next) => {
    if (!roles.includes(c.var.principal.role)) return problemResponse(refusal, c.req.raw);
    return next();
  });
}

/** Lets through the installation's operator, who presents OPERATOR_ID and OPERATOR_SECRET by HTTP Basic. */
export const operatorOnly = createMiddleware<{ Bindings: TokenEnv }>(async (c, next) => {
  return isOperator(c.req.raw, c.env) ? next() : notOperator(c.req.raw);
});

export function isOperator(request: Request, { OPERATOR_ID: id, OPERATOR_SECRET: secret }: TokenEnv): boolean {
  const given = basicOf(request);
  // Unset secrets name nobody; without this an empty id and secret would pass.
  if (given === undefined || !id || !secret) return false;
  return sameSecret(given.id, id) && sameSecret(given.secret, secret);
}

export function notOperator(request: Request): ProblemResponse {
  return problemResponse(refuse("unauthenticated", "This takes the operator's id and secret."), request, {
    "www-authenticate": 'Basic realm="operator", charset="UTF-8"',
  });
}
