import type { Context, MiddlewareHandler } from "hono";
import { log } from "../../shared/log.ts";
import type { Door } from "../../shared/routes.ts";
import { troubleOf } from "../../shared/trouble.ts";
import { recordAct, type Act } from "../audit.ts";
import type { OrderingEnv } from "../env.ts";
import { basicOf } from "../tokens/basic.ts";

/**
 * Notes what staff, admins and the operator do, and what they may not and try, before it is answered. An order's own
 * way is not noted here: who did what to it stands in its log, the board's and the zone's.
 */
export const noteActs: MiddlewareHandler<Door<OrderingEnv>> = async (c, next) => {
  await next();
  const act = actOf(c);
  if (act === null) return;
  try {
    await recordAct(c.env, act, Date.now());
  } catch (error) {
    // What was done was done; that it is not on record must be heard of.
    log.error("act not recorded", { tenant: act.tenant, method: act.method, path: act.path, ...troubleOf(error) });
  }
};

function actOf(c: Context<Door<OrderingEnv>>): Act | null {
  const { method, path } = c.req;
  const { status, headers } = c.res;
  if (method === "GET" || method === "HEAD" || method === "OPTIONS" || isOfAnOrder(method, path)) return null;
  if (status >= 300 && status !== 403) return null;
  // Done before, and noted then.
  if (headers.get("idempotent-replayed") === "true") return null;
  const traceparent = headers.get("traceparent");
  const what = { method, path: path.slice(0, 300), status, traceparent };
  const principal = c.get("principal") ?? null;
  if (principal?.role === "staff" || principal?.role === "admin") {
    return { ...what, tenant: principal.tenant, by: principal.subject, role: principal.role };
  }
  // Only the operator is let through with a name and a secret to what is no token's.
  const operator = principal === null && status < 300 && !path.startsWith("/v1/oauth/token") && basicOf(c.req.raw);
  if (!operator || path === "/v1/oauth/revoke") return null;
  const tenant = /^\/v1\/tenants\/([^/]{1,64})\//.exec(path)?.[1] ?? "";
  return { ...what, tenant, by: "operator", role: "operator" };
}

/** What happens to each order some ten times; but to cancel one by hand, or to say who brings it, is an act. */
function isOfAnOrder(method: string, path: string): boolean {
  if (/\/(?:cancel|refunds|assign|channel|personal-data)$/.test(path)) return false;
  if (/^\/v1\/(?:orders|deliveries|drivers)(?:\/|$)/.test(path)) return true;
  return /^\/v1\/venues\/[^/]+\/(?:kitchen|quote)(?:\/|$)/.test(path) && method === "POST";
}
