import { waitUntil } from "cloudflare:workers";
import { SignJWT } from "jose";
import type { VenueId } from "../../../contracts/ids.ts";
import type { Role } from "../../../contracts/principal.ts";
import { accessTokenSeconds, tokenAudience, tokenIssuer } from "../../shared/token.ts";
import type { TokenEnv } from "./env.ts";
import { activeKey } from "./key-store.ts";
import { newSecret } from "./secrets.ts";

export interface Grant {
  readonly tenant: string;
  readonly subject: string;
  readonly role: Role;
  readonly venues: VenueId[] | null;
  /** The session or client whose revocation ends the token. */
  readonly session: string;
  /** The client the token was given to; a public one is named by its kind. */
  readonly client: string;
}

/** A signed access token (RFC 9068) that lives `accessTokenSeconds`. */
export async function signAccessToken(env: TokenEnv, grant: Grant): Promise<string> {
  const { kid, key } = await activeKey(env, waitUntil);
  const now = Math.floor(Date.now() / 1_000);
  const { tenant, role, venues, session, client } = grant;
  return new SignJWT({ tenant, role, venues, sid: session, client_id: client })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid })
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setSubject(grant.subject)
    .setJti(newSecret())
    .setIssuedAt(now)
    .setExpirationTime(now + accessTokenSeconds)
    .sign(key);
}
