import type { Hono } from "hono";
import { refuse } from "../../../contracts/problem.ts";
import { tenantRoutes } from "../../../contracts/tenant-routes.ts";
import { mount, type Door } from "../../shared/routes.ts";
import { listActs } from "../audit.ts";
import type { OrderingEnv } from "../env.ts";
import { settingsOf, writeSettings } from "../tenant-settings.ts";

export const forTheWhole = refuse("forbidden", "This takes an admin of all the tenant's venues.");

/** What is the tenant's own: its settings, and what its people did. */
export function mountTenant(app: Hono<Door<OrderingEnv>>): void {
  mount(app, tenantRoutes.settings, ({ env, principal }) =>
    principal.venues === null ? settingsOf(env, principal.tenant) : forTheWhole,
  );

  mount(app, tenantRoutes.writeSettings, async ({ env, principal, body }) => {
    if (principal.venues !== null) return forTheWhole;
    await writeSettings(env, principal.tenant, body);
    return body;
  });

  mount(app, tenantRoutes.audit, ({ env, principal, query }) =>
    principal.venues === null ? listActs(env, principal, query) : forTheWhole,
  );
}
