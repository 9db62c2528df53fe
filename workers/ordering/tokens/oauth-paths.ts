import { z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { problemAnswers } from "../../shared/problem.ts";
import { grantTypes } from "./grants.ts";
import { OAuthProblem, TokenAnswer } from "./oauth-answer.ts";

const TokenRequest = z
  .object({
    grant_type: z.enum(Object.values(grantTypes)),
    tenant: z.string().optional().meta({ description: "Grant `anonymous`: whose guest to be." }),
    client_id: z.string().optional().meta({ description: "Grant `client_credentials`, unless sent by HTTP Basic." }),
    client_secret: z.string().optional(),
    refresh_token: z.string().optional(),
    device_code: z.string().optional(),
    order: z.string().optional().meta({ description: "Grant `order-link`: with `tenant`, the order to follow." }),
    key: z.string().optional().meta({ description: "Grant `order-link`: what the order's link has behind its `#`." }),
  })
  .meta({ id: "TokenRequest" });

const RefreshHeaders = z.object({
  "idempotency-key": z.string().optional().meta({
    description:
      "Grant `refresh_token`: a secret kept with the token. A refresh whose answer was lost may be sent again under it; without one a token used twice ends its session.",
  }),
});

const DeviceAuthorizationRequest = z
  .object({ tenant: z.string(), kind: z.enum(["tablet", "driver"]) })
  .meta({ id: "DeviceAuthorizationRequest" });

/** The answer of RFC 8628 §3.2; both durations are seconds. */
export const DeviceAuthorization = z
  .object({
    device_code: z.string(),
    user_code: z.string().meta({ example: "WDJB-MJHT" }),
    verification_uri: z.url(),
    verification_uri_complete: z.url(),
    expires_in: z.int(),
    interval: z.int(),
  })
  .meta({ id: "DeviceAuthorization" });

const RevocationRequest = z
  .object({ token: z.string(), token_type_hint: z.enum(["access_token", "refresh_token"]).optional() })
  .meta({ id: "RevocationRequest" });

/** Registers the OAuth routes in the OpenAPI document; they parse their parameters by RFC 6749, not by a schema. */
export function documentOAuthPaths(registry: OpenAPIHono["openAPIRegistry"]): void {
  const body = (schema: z.ZodType) => ({
    body: {
      required: true,
      content: { "application/x-www-form-urlencoded": { schema }, "application/json": { schema } },
    },
  });
  const json = (description: string, schema: z.ZodType) => ({
    description,
    content: { "application/json": { schema } },
  });
  const shared = { method: "post" as const, tags: ["tokens"] };
  const refused = {
    ...problemAnswers,
    "4XX": {
      description: "Refused: problem details (RFC 9457) with the members of RFC 6749 §5.2",
      content: { "application/problem+json": { schema: OAuthProblem } },
    },
  };
  registry.registerPath({
    ...shared,
    path: "/v1/oauth/token",
    operationId: "tokens-token",
    summary: "Access token for a guest, a client, a refresh token, an approved device or the link of an order",
    security: [{}, { client: [] }],
    request: { ...body(TokenRequest), headers: RefreshHeaders },
    responses: { 200: json("A token", TokenAnswer), ...refused },
  });
  registry.registerPath({
    ...shared,
    path: "/v1/oauth/device_authorization",
    operationId: "tokens-authorizeDevice",
    summary: "A tablet or driver's phone asks to be let in (RFC 8628)",
    request: body(DeviceAuthorizationRequest),
    responses: { 200: json("Codes to show and to poll with", DeviceAuthorization), ...refused },
  });
  registry.registerPath({
    ...shared,
    path: "/v1/oauth/revoke",
    operationId: "tokens-revoke",
    summary: "Ends a token (RFC 7009); a refresh token ends its whole session",
    request: body(RevocationRequest),
    responses: { 200: { description: "It holds no more, if it ever did" }, ...refused },
  });
  registry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer", bearerFormat: "JWT" });
  registry.registerComponent("securitySchemes", "client", { type: "http", scheme: "basic" });
  registry.registerComponent("securitySchemes", "operator", { type: "http", scheme: "basic" });
}
