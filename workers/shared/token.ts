import { decodeProtectedHeader, importJWK, jwtVerify, type CryptoKey, type JWK } from "jose";
import { z } from "zod";
import { Role, type Principal } from "../../contracts/principal.ts";
import { TenantId, VenueId } from "../../contracts/ids.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import { Refreshed } from "./refreshed.ts";
import { log } from "./log.ts";
import { troubleOf } from "./trouble.ts";

export const tokenIssuer = "comanda";
export const tokenAudience = "comanda-api";
/** Seconds an access token lives, and seconds by which two clocks may differ. */
export const accessTokenSeconds = 600;
export const clockToleranceSeconds = 5;

const longestToken = 8_192;
/** Three parts of base64url, the last of 64 bytes: each token has one spelling only, and is remembered once. */
const spelling = /^[\w-]+\.[\w-]+\.[\w-]{85}[AQgw]$/;
const mostRemembered = 10_000;
const mostMisses = 3;

/** The claims of an access token (RFC 9068): `sid` is the session or client whose revocation ends it. */
export const AccessClaims = z.object({
  sub: z.string().min(1).max(128),
  tenant: TenantId,
  role: Role,
  venues: z.array(VenueId).nullable(),
  jti: z.string().min(1).max(64),
  sid: z.string().min(1).max(64),
  client_id: z.string().min(1).max(64),
  exp: z.int(),
});
export type AccessClaims = z.infer<typeof AccessClaims>;

export interface VerifiedToken {
  readonly principal: Principal;
  /** The token's own id, and the id of the session or client it came from. */
  readonly id: string;
  readonly session: string;
}

/** Where the verifier learns what it needs now and then; `background` keeps work alive after the answer. */
export interface TokenSources {
  readonly now: number;
  publicKeys(): Promise<readonly JWK[]>;
  /** Ids of tokens, sessions and clients revoked within the life of an access token. */
  revoked(): Promise<readonly string[]>;
  background(work: Promise<unknown>): void;
}

export interface TokenVerifier {
  /** Who the token speaks for; 401 when it does not hold, 503 when keys cannot be had. */
  verify(token: string, sources: TokenSources): Promise<VerifiedToken | Refusal>;
  /** Known here at once; other isolates learn it within their next refresh. */
  revokeHere(ids: readonly string[], now: number): void;
}

/** One for each isolate: it remembers keys, revocations and the tokens it has verified. */
export function tokenVerifier(): TokenVerifier {
  const keys = new Refreshed<ReadonlyMap<string, CryptoKey>>({ staleAfter: 60_000, unusableAfter: Infinity });
  const revocations = new Refreshed<ReadonlySet<string>>({ staleAfter: 15_000, unusableAfter: 30_000 });
  const revokedHere = new Map<string, number>();
  let misses = { since: 0, count: 0 };
  const remembered = new Map<string, VerifiedToken>();

  async function keyOf(kid: string, sources: TokenSources): Promise<CryptoKey | undefined> {
    const load = async () => importKeys(await sources.publicKeys());
    const known = (await keys.get(sources.now, load, sources.background)).get(kid);
    if (known !== undefined) return known;
    // A key made this moment must be found at once, but made-up key ids must not become reads without end.
    if (sources.now - misses.since >= 5_000) misses = { since: sources.now, count: 0 };
    if (misses.count >= mostMisses) return undefined;
    const found = (await keys.reload(sources.now, load)).get(kid);
    if (found === undefined) misses.count += 1;
    return found;
  }

  async function check(token: string, sources: TokenSources): Promise<VerifiedToken | Refusal> {
    if (token.length > longestToken || !spelling.test(token)) return invalidToken;
    const kid = keyIdOf(token);
    if (kid === undefined) return invalidToken;
    const key = await keyOf(kid, sources);
    if (key === undefined) return invalidToken;
    const claims = await claimsOf(token, key, sources.now);
    if (claims === undefined) return invalidToken;
    const verified = verifiedOf(claims);
    if (remembered.size >= mostRemembered) forgetOldest(remembered);
    remembered.set(token, verified);
    return verified;
  }

  return {
    async verify(token, sources) {
      try {
        const verified = remembered.get(token) ?? (await check(token, sources));
        if (isRefusal(verified)) return verified;
        if (verified.principal.expiresAt + clockToleranceSeconds * 1_000 <= sources.now) {
          remembered.delete(token);
          return invalidToken;
        }
        const load = async () => new Set(await sources.revoked());
        const found = revocations.get(sources.now, load, sources.background);
        const revoked = found instanceof Promise ? await found : found;
        const ended = [verified.id, verified.session].some((id) => revoked.has(id) || revokedHere.has(id));
        return ended ? invalidToken : verified;
      } catch (error) {
        log.error("tokens cannot be checked", { ...troubleOf(error) });
        return refuse("unavailable", "Tokens cannot be checked at the moment.");
      }
    },
    revokeHere(ids, now) {
      for (const [id, until] of revokedHere) if (until <= now) revokedHere.delete(id);
      for (const id of ids) revokedHere.set(id, now + (accessTokenSeconds + clockToleranceSeconds) * 1_000);
    },
  };
}

/**
 * The bearer token of a request. A WebSocket upgrade may also carry it as subprotocol `bearer.<jwt>` or
 * `?access_token=`, since browsers cannot set headers on a socket.
 */
export function bearerOf(request: Request): string | Refusal {
  const header = request.headers.get("authorization");
  if (header !== null) return /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1] ?? invalidToken;
  if (request.headers.get("upgrade")?.toLowerCase() === "websocket") {
    const offered = request.headers.get("sec-websocket-protocol")?.split(",") ?? [];
    const protocol = offered.map((name) => name.trim()).find((name) => name.startsWith("bearer."));
    const token = protocol?.slice("bearer.".length) ?? new URL(request.url).searchParams.get("access_token");
    if (token !== null) return token;
  }
  return refuse("unauthenticated", "Send Authorization: Bearer with an access token of POST /v1/oauth/token.");
}

const invalidToken = refuse("unauthenticated", "The access token is invalid, expired or revoked. Get a new one.");

async function importKeys(jwks: readonly JWK[]): Promise<ReadonlyMap<string, CryptoKey>> {
  const keysById = new Map<string, CryptoKey>();
  for (const jwk of jwks) {
    const key = await importJWK(jwk, "ES256");
    if (jwk.kid !== undefined && !(key instanceof Uint8Array)) keysById.set(jwk.kid, key);
  }
  return keysById;
}

function keyIdOf(token: string): string | undefined {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return alg === "ES256" ? kid : undefined;
  } catch {
    return undefined;
  }
}

async function claimsOf(token: string, key: CryptoKey, now: number): Promise<AccessClaims | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["ES256"],
      typ: "at+jwt",
      issuer: tokenIssuer,
      audience: tokenAudience,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now),
    });
    return AccessClaims.safeParse(payload).data;
  } catch {
    return undefined;
  }
}

function verifiedOf(claims: AccessClaims): VerifiedToken {
  const { sub: subject, tenant, role, venues, exp, jti, sid } = claims;
  return { principal: { tenant, subject, role, venues, expiresAt: exp * 1_000 }, id: jti, session: sid };
}

function forgetOldest(remembered: Map<string, unknown>): void {
  for (const oldest of remembered.keys()) {
    remembered.delete(oldest);
    return;
  }
}
