import { waitUntil } from "cloudflare:workers";
import { createMiddleware } from "hono/factory";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import type { Principal, Role } from "../../../contracts/principal.ts";
import { problemResponse } from "../../shared/problem.ts";
import { bearerOf, tokenVerifier, type VerifiedToken } from "../../shared/token.ts";
import { basicOf } from "./basic.ts";
import type { TokenEnv, TokenHono } from "./env.ts";
import { publicKeys } from "./key-store.ts";
import { recentRevocations, recordRevocations } from "./revocations.ts";
import { sameSecret } from "./secrets.ts";

const verifier = tokenVerifier();

/** Who sends the request, by its access token; costs no read and, for a token seen before, no signature check. */
export async function principalOf(request: Request, env: TokenEnv): Promise<Principal | Refusal> {
  const token = bearerOf(request);
  if (typeof token !== "string") return token;
  const verified = await verifiedToken(token, env);
  return isRefusal(verified) ? verified : verified.principal;
}

export async function verifiedToken(token: string, env: TokenEnv): Promise<VerifiedToken | Refusal> {
  return verifier.verify(token, {
    now: Date.now(),
    publicKeys: () => publicKeys(env),
    revoked: () => recentRevocations(env),
    background: waitUntil,
  });
}

/** Ends the access tokens of these tokens, sessions or clients: here at once, elsewhere within seconds. */
export async function revoke(env: TokenEnv, tenant: string, ids: readonly string[]): Promise<void> {
  await recordRevocations(env, tenant, ids);
  verifier.revokeHere(ids, Date.now());
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
  const { OPERATOR_ID: id, OPERATOR_SECRET: secret } = c.env;
  const given = basicOf(c.req.raw);
  // Unset secrets name nobody; without this an empty id and secret would pass.
  const named = given !== undefined && id && secret;
  if (named && sameSecret(given.id, id) && sameSecret(given.secret, secret)) return next();
  return problemResponse(refuse("unauthenticated", "This takes the operator's id and secret."), c.req.raw, {
    "www-authenticate": 'Basic realm="operator", charset="UTF-8"',
  });
});
