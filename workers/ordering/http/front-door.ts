import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono, MiddlewareHandler } from "hono";
import { isRefusal } from "../../../contracts/problem.ts";
import { notFoundProblem, onProblem } from "../../shared/problem.ts";
import { door, type Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { principalOf } from "../tokens/guard.ts";
import { tokenRoutes } from "../tokens/token-routes.ts";
import { headAnswers } from "./answer-headers.ts";
import { passBehind } from "./behind.ts";
import { serveApps } from "./apps.ts";
import { noteActs } from "./auditing.ts";
import { crossOrigin } from "./cross-origin.ts";
import { drainRefused } from "./draining.ts";
import { describe } from "./describe.ts";
import { mountFloor } from "./floor.ts";
import { mountMenus } from "./menus.ts";
import { mountOperations } from "./operations.ts";
import { mountOrders } from "./orders.ts";
import { holdToLimits } from "./overload.ts";
import { mountPush } from "./push.ts";
import { mountTenant } from "./tenant.ts";
import { mountVenues } from "./venues.ts";
import { mountWebhooks } from "./webhooks.ts";

/** The whole public API: tokens, orders, venues and menus here, the kitchen and the drivers behind. */
export function frontDoor(): Hono<Door<OrderingEnv>> {
  const app = new OpenAPIHono<Door<OrderingEnv>>();
  app.notFound(notFoundProblem(app));
  app.onError(onProblem);
  for (const path of ["/v1/*", "/.well-known/*", "/openapi.json", "/healthz", "/metrics", "/metrics/*"]) {
    app.use(path, headAnswers);
  }
  for (const path of ["/healthz", "/metrics", "/metrics/*"]) app.use(path, holdToLimits);
  app.use("/v1/*", drainRefused, crossOrigin, recognise, holdToLimits, noteActs);
  app.route("/", tokenRoutes);
  app.route("/", guarded());
  describe(app);
  serveApps(app);
  return app;
}

/** Says who asks, or why the token that was sent does not hold. */
const recognise: MiddlewareHandler<Door<OrderingEnv>> = async (c, next) => {
  const principal = hasToken(c.req.raw) ? await principalOf(c.req.raw, c.env) : null;
  if (principal !== null && isRefusal(principal)) {
    c.set("principal", null);
    c.set("barred", principal);
  } else {
    c.set("principal", principal);
  }
  return next();
};

function guarded(): Hono<Door<OrderingEnv>> {
  const routes = door<OrderingEnv>();
  mountOperations(routes);
  mountFloor(routes);
  mountOrders(routes);
  mountMenus(routes);
  mountVenues(routes);
  mountTenant(routes);
  mountWebhooks(routes);
  mountPush(routes);
  passBehind(routes);
  return routes;
}

function hasToken(request: Request): boolean {
  const { headers } = request;
  return headers.has("authorization") || headers.get("upgrade") !== null;
}
