import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import { refuse } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { tenantOf } from "../menus.ts";
import { tenantsOfOrigin } from "../tenant-settings.ts";

const granted = {
  "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "access-control-allow-headers": "authorization, content-type, idempotency-key, if-match, if-none-match, traceparent",
  "access-control-max-age": "600",
};
const shown = "etag, idempotent-replayed, location, ratelimit, ratelimit-policy, retry-after, traceparent";
const WithTenant = z.object({ tenant: z.string() });

/**
 * Lets pages of other sites read answers: those that a tenant's admin has named, of that tenant only. A preflight
 * carries no token, so it is let pass where any tenant has named the page; what is then asked is judged by its tenant.
 * Never with credentials: there are none a browser would send by itself, a token is sent by the page or not at all.
 */
export const crossOrigin: MiddlewareHandler<Door<OrderingEnv>> = async (c, next) => {
  const origin = c.req.header("origin");
  if (origin === undefined || origin === new URL(c.req.url).origin) {
    await next();
    if (c.res.status !== 101) c.res.headers.append("vary", "Origin");
    return undefined;
  }
  const tenants = await tenantsOfOrigin(c.env, origin);
  if (c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined) {
    if (tenants.size === 0) return problemResponse(notAllowed, c.req.raw, { vary: "Origin" });
    const headers = { ...granted, "access-control-allow-origin": origin, vary: "Origin" };
    return new Response(null, { status: 204, headers });
  }
  await next();
  if (c.res.status === 101) return undefined;
  const { headers } = c.res;
  headers.append("vary", "Origin");
  const tenant = tenants.size === 0 ? null : await tenantAsked(c);
  if (tenant === null || !tenants.has(tenant)) return undefined;
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-expose-headers", shown);
  return undefined;
};

const notAllowed = refuse("forbidden", "No tenant has allowed pages of this origin.");

/** Whose answer it is: by the token, by the path, or, of a new token, by what it says itself. */
async function tenantAsked(c: Context<Door<OrderingEnv>>): Promise<string | null> {
  const principal = c.get("principal") ?? null;
  if (principal !== null) return principal.tenant;
  const [, kind, id] = /^\/v1\/(venues|tenants)\/([a-z0-9-]{1,63})(?:\/|$)/.exec(c.req.path) ?? [];
  if (kind === "tenants") return id ?? null;
  if (kind === "venues" && id !== undefined) return tenantOf(c.env, id);
  if (c.req.path !== "/v1/oauth/token" || c.res.status !== 200) return null;
  const answer: unknown = await c.res.clone().json();
  return WithTenant.safeParse(answer).data?.tenant ?? null;
}
