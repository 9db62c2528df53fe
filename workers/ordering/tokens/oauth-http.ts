import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { isRefusal } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";
import { deviceCodeSeconds, requestDevice } from "./device-requests.ts";
import type { TokenEnv } from "./env.ts";
import { granted } from "./grants.ts";
import { oauthError, oauthProblem, tokenAnswer } from "./oauth-answer.ts";
import { oauthParameters, required, type Parameters } from "./oauth-parameters.ts";
import { documentOAuthPaths, type DeviceAuthorization } from "./oauth-paths.ts";
import { revokeToken } from "./revoke-token.ts";
import { smallBody } from "./small-body.ts";
import { tenantExists } from "./tenants.ts";

type TokenContext = Context<{ Bindings: TokenEnv }>;

/** Documented by hand and parsed by hand: RFC 6749 has its own rules for parameters and errors. */
export const oauthRoutes = new OpenAPIHono<{ Bindings: TokenEnv }>();
documentOAuthPaths(oauthRoutes.openAPIRegistry);

const DeviceKind = z.enum(["tablet", "driver"]);

oauthRoutes.post("/v1/oauth/token", smallBody, async (c) =>
  withParameters(c, async (parameters) => {
    const result = await granted(c.env, c.req.raw, parameters);
    if ("error" in result) return oauthProblem(result, c.req.raw);
    return tokenAnswer(c.env, result.grant, result.refreshToken);
  }),
);

oauthRoutes.post("/v1/oauth/device_authorization", smallBody, async (c) =>
  withParameters(c, async (parameters) => {
    const tenant = required(parameters, "tenant");
    if (typeof tenant !== "string") return oauthProblem(tenant, c.req.raw);
    const kind = DeviceKind.safeParse(parameters.get("kind"));
    if (!kind.success) return oauthProblem(oauthError("invalid_request", "kind is tablet or driver."), c.req.raw);
    if (!(await tenantExists(c.env, tenant))) {
      return oauthProblem(oauthError("invalid_request", "There is no such tenant."), c.req.raw);
    }
    const { deviceCode, userCode, interval } = await requestDevice(c.env, tenant, kind.data);
    const page = new URL("/admin/devices", c.req.url);
    const answer: z.infer<typeof DeviceAuthorization> = {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: page.href,
      verification_uri_complete: `${page.href}?user_code=${userCode}`,
      expires_in: deviceCodeSeconds,
      interval,
    };
    return c.json(answer, 200, { "cache-control": "no-store" });
  }),
);

oauthRoutes.post("/v1/oauth/revoke", smallBody, async (c) =>
  withParameters(c, async (parameters) => {
    const token = required(parameters, "token");
    if (typeof token !== "string") return oauthProblem(token, c.req.raw);
    await revokeToken(c.env, token);
    return c.body(null, 200);
  }),
);

async function withParameters(
  c: TokenContext,
  answer: (parameters: Parameters) => Promise<Response>,
): Promise<Response> {
  const parameters = await oauthParameters(c.req.raw);
  if ("error" in parameters) return oauthProblem(parameters, c.req.raw);
  return isRefusal(parameters) ? problemResponse(parameters, c.req.raw) : answer(parameters);
}
