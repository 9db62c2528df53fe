import { eq } from "drizzle-orm";
import { clients } from "../tables/tokens.ts";
import { OrderId } from "../../../contracts/ids.ts";
import type { Grant } from "./access-token.ts";
import { basicOf } from "./basic.ts";
import { tokenDatabase } from "./database.ts";
import { collectDevice } from "./device-requests.ts";
import type { TokenEnv } from "./env.ts";
import { oauthError, type OAuthError } from "./oauth-answer.ts";
import { required, type Parameters } from "./oauth-parameters.ts";
import { hashOf, newId, sameHash } from "./secrets.ts";
import { holdsOrder } from "./order-link.ts";
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
  link: "urn:comanda:params:oauth:grant-type:order-link",
} as const;

const guestLifetime = 30 * 24 * 3_600_000;

/** Judges a token request by its grant type. */
export async function granted(env: TokenEnv, request: Request, parameters: Parameters): Promise<Granted | OAuthError> {
  const type = required(parameters, "grant_type");
  if (typeof type !== "string") return type;
  if (type === grantTypes.anonymous) return guest(env, parameters);
  if (type === grantTypes.client) return client(env, request, parameters);
  if (type === grantTypes.refresh) return refresh(env, request, parameters);
  if (type === grantTypes.device) return device(env, parameters);
  if (type === grantTypes.link) return link(env, parameters);
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
  const held = sameHash(hashOf(secret), found?.formerHash ?? hashOf("no former secret"));
  if (found === undefined || !(holds || (held && (found.formerUntil ?? 0) > Date.now()))) return wrongClient;
  const { tenant, subject, role, venues } = found;
  return { grant: { tenant, subject, role, venues, session: found.id, client: found.id } };
}

async function refresh(env: TokenEnv, request: Request, parameters: Parameters): Promise<Granted | OAuthError> {
  const token = required(parameters, "refresh_token");
  if (typeof token !== "string") return token;
  const session = await refreshed(env, token, request.headers.get("idempotency-key"));
  if (session === null) return oauthError("invalid_grant", "The refresh token is invalid, expired, revoked or used.");
  return grantOf(env, session);
}

async function device(env: TokenEnv, parameters: Parameters): Promise<Granted | OAuthError> {
  const code = required(parameters, "device_code");
  if (typeof code !== "string") return code;
  const session = await collectDevice(env, code);
  return "error" in session ? session : grantOf(env, session);
}

/** Whoever holds an order's link is let in as often as they come, and given no session: the link is one. */
function link(env: TokenEnv, parameters: Parameters): Granted | OAuthError {
  const tenant = required(parameters, "tenant");
  if (typeof tenant !== "string") return tenant;
  const order = required(parameters, "order");
  if (typeof order !== "string") return order;
  const key = required(parameters, "key");
  if (typeof key !== "string") return key;
  if (!OrderId.safeParse(order).success || !holdsOrder(env, { tenant, order }, key)) {
    return oauthError("invalid_grant", "The key opens no order of that id.");
  }
  return { grant: { tenant, subject: order, role: "watcher", venues: [], session: `link_${order}`, client: "link" } };
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
