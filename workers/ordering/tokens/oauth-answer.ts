import { z } from "zod";
import { TenantId, VenueId } from "../../../contracts/ids.ts";
import { Role } from "../../../contracts/principal.ts";
import { accessTokenSeconds } from "../../shared/token.ts";
import { signAccessToken, type Grant } from "./access-token.ts";
import type { TokenEnv } from "./env.ts";

/** The answer of the token endpoint (RFC 6749 §5.1) and whom the token speaks for. */
export const TokenAnswer = z
  .object({
    access_token: z.string(),
    token_type: z.literal("Bearer"),
    expires_in: z.int().meta({ description: "Seconds." }),
    refresh_token: z.string().optional().meta({ description: "Holds once; each refresh answers the next one." }),
    tenant: TenantId,
    role: Role,
    subject: z.string(),
    venues: z.array(VenueId).nullable().meta({ description: "null: every venue of the tenant." }),
  })
  .meta({ id: "TokenAnswer" });

const oauthErrors = {
  invalid_request: { title: "The token request is malformed", status: 400 },
  invalid_client: { title: "Client id and secret do not hold", status: 401 },
  invalid_grant: { title: "The grant does not hold", status: 400 },
  unsupported_grant_type: { title: "This grant type is not offered", status: 400 },
  authorization_pending: { title: "The device is not approved yet", status: 400 },
  slow_down: { title: "The device polls too often", status: 400 },
  access_denied: { title: "The device was refused", status: 400 },
  expired_token: { title: "The device code has expired", status: 400 },
} as const satisfies Record<string, { title: string; status: number }>;
export type OAuthErrorCode = keyof typeof oauthErrors;

/** A refusal in the words of RFC 6749 §5.2 and RFC 8628 §3.5. */
export interface OAuthError {
  readonly error: OAuthErrorCode;
  readonly description: string;
}

export function oauthError(error: OAuthErrorCode, description: string): OAuthError {
  return { error, description };
}

/** What an OAuth error looks like: problem details (RFC 9457) that carry the members of RFC 6749 §5.2. */
export const OAuthProblem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    error: z.string(),
    error_description: z.string(),
  })
  .meta({ id: "OAuthProblem" });

/** One body for both readers; every 4xx of the API is `application/problem+json`, so this one is too. */
export function oauthProblem({ error, description }: OAuthError, request: Request): Response {
  const { title, status } = oauthErrors[error];
  const problem: z.infer<typeof OAuthProblem> = {
    type: `https://comanda.dev/problems/${error.replaceAll("_", "-")}`,
    title,
    status,
    detail: description,
    instance: new URL(request.url).pathname,
    error,
    error_description: description,
  };
  const challenge: Record<string, string> =
    error === "invalid_client" ? { "www-authenticate": 'Basic realm="token", charset="UTF-8"' } : {};
  return Response.json(problem, {
    status,
    headers: { "content-type": "application/problem+json", ...neverCached, ...challenge },
  });
}

/** Signs the access token of a grant and answers it, with the refresh token where there is one. */
export async function tokenAnswer(env: TokenEnv, grant: Grant, refreshToken?: string): Promise<Response> {
  const answer: z.infer<typeof TokenAnswer> = {
    access_token: await signAccessToken(env, grant),
    token_type: "Bearer",
    expires_in: accessTokenSeconds,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    tenant: grant.tenant,
    role: grant.role,
    subject: grant.subject,
    venues: grant.venues,
  };
  return Response.json(answer, { headers: neverCached });
}

const neverCached = { "cache-control": "no-store", pragma: "no-cache" };
