import { eq } from "drizzle-orm";
import { clients } from "../tables/tokens.ts";
import type { Grant } from "./access-token.ts";
import { basicOf } from "./basic.ts";
import { tokenDatabase } from "./database.ts";
import { collectDevice } from "./device-requests.ts";
import type { TokenEnv } from "./env.ts";
import { oauthError, type OAuthError } from "./oauth-answer.ts";
import { required, type Parameters } from "./oauth-parameters.ts";
import { hashOf, newId, sameHash } from "./secrets.ts";
import { newSession, refreshTokenOf, refreshed, type Session } from "./sessions.ts";
import { sessions } from "../tables/tokens.ts";
import { tenantExists } from "./tenants.ts";

export interface Granted {
  readonly grant: Grant;
  readonly refreshToken?: string;
}

export const grantTypes = {
  anonymous: "anonymous",
  client: "client_credentials",
  refresh: "refresh_token",
  device: "urn:ietf:params:oauth:grant-type:device_code",
} as const;

const guestLifetime = 30 * 24 * 3_600_000;

/** Judges a token request by its grant type. */
export async function granted(env: TokenEnv, request: Request, parameters: Parameters): Promise<Granted | OAuthError> {
  const type = required(parameters, "grant_type");
  if (typeof type !== "string") return type;
  if (type === grantTypes.anonymous) return guest(env, parameters);
  if (type === grantTypes.client) return client(env, request, parameters);
  if (type === grantTypes.refresh) return refresh(env, parameters);
  if (type === grantTypes.device) return device(env, parameters);
  return oauthError("unsupported_grant_type", `Offered are ${Object.values(grantTypes).join(", ")}.`);
}

async function guest(env: TokenEnv, parameters: Parameters): Promise<Granted | OAuthError> {
  const tenant = required(parameters, "tenant");
  if (typeof tenant !== "string") return tenant;
  if (!(await tenantExists(env, tenant))) return oauthError("invalid_request", "There is no such tenant.");
  const holder = { tenant, subject: newId("guest"), role: "customer" as const, venues: null };
  const session = newSession(holder, guestLifetime, Date.now());
  await tokenDatabase(env).insert(sessions).values(session);
  return grantOf(env, session);
}

async function client(env: TokenEnv, request: Request, parameters: Parameters): Promise<Granted | OAuthError> {
  const basic = basicOf(request);
  const hasHeader = request.headers.has("authorization");
  if (hasHeader && parameters.has("client_secret")) {
    return oauthError("invalid_request", "Send the client's secret by HTTP Basic or in the body, not both.");
  }
  const id = hasHeader ? basic?.id : parameters.get("client_id");
  const secret = hasHeader ? basic?.secret : parameters.get("client_secret");
  if (id === undefined || secret === undefined) return wrongClient;
  const [found] = await tokenDatabase(env).select().from(clients).where(eq(clients.id, id));
  // Also compared when the id is unknown, so that the time of the answer does not tell.
  const holds = sameHash(hashOf(secret), found?.secretHash ?? hashOf("no such client"));
  if (found === undefined || !holds) return wrongClient;
  const { tenant, subject, role, venues } = found;
  return { grant: { tenant, subject, role, venues, session: found.id, client: found.id } };
}

async function refresh(env: TokenEnv, parameters: Parameters): Promise<Granted | OAuthError> {
  const token = required(parameters, "refresh_token");
  if (typeof token !== "string") return token;
  const session = await refreshed(env, token);
  if (session === null) return oauthError("invalid_grant", "The refresh token is invalid, expired, revoked or used.");
  return grantOf(env, session);
}

async function device(env: TokenEnv, parameters: Parameters): Promise<Granted | OAuthError> {
  const code = required(parameters, "device_code");
  if (typeof code !== "string") return code;
  const session = await collectDevice(env, code);
  return "error" in session ? session : grantOf(env, session);
}

function grantOf(env: TokenEnv, session: Session): Granted {
  const { tenant, subject, role, venues, id } = session;
  const publicClient = role === "customer" ? "guest" : "device";
  return {
    grant: { tenant, subject, role, venues, session: id, client: publicClient },
    refreshToken: refreshTokenOf(env, session),
  };
}

const wrongClient = oauthError("invalid_client", "Unknown client or wrong secret.");
