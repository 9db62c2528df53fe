import type { Hono } from "hono";
import { floorRoutes } from "../../../contracts/floor-routes.ts";
import { principalHeader } from "../../../contracts/principal.ts";
import { mount, type Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { figuresOf } from "../figures.ts";
import { floorOf } from "../floor-object.ts";
import { searchOrders } from "../order-search.ts";

/** What the crew sees of all its venues at once. */
export function mountFloor(app: Hono<Door<OrderingEnv>>): void {
  mount(app, floorRoutes.read, ({ env, principal }) => floorOf(env, principal));

  mount(app, floorRoutes.live, async ({ env, principal, request }) => {
    const headers = new Headers(request.headers);
    headers.set(principalHeader, JSON.stringify(principal));
    return env.FLOOR.getByName(principal.tenant).fetch(new Request(request, { headers }));
  });

  mount(app, floorRoutes.search, ({ env, principal, body }) => searchOrders(env, principal, body));

  mount(app, floorRoutes.figures, ({ env, principal, query }) => figuresOf(env, principal, query));
}
