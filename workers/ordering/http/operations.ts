import type { Hono } from "hono";
import { operationRoutes } from "../../../contracts/operations.ts";
import { refuse } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";
import { mount, type Door } from "../../shared/routes.ts";
import { listDeadLetters, redrive } from "../dead-letter-list.ts";
import type { OrderingEnv } from "../env.ts";

export function mountOperations(app: Hono<Door<OrderingEnv>>): void {
  mount(app, operationRoutes.deadLetters, async ({ env, principal, query }) => ({
    deadLetters: await listDeadLetters(env, principal.tenant, query.state),
  }));

  mount(app, operationRoutes.redrive, ({ env, principal, params }) => redrive(env, principal.tenant, params.id));

  app.get("/healthz", async (c) => {
    try {
      await c.env.DB.prepare("SELECT 1 FROM tenants LIMIT 1").all();
      return c.json({ status: "ok" });
    } catch {
      return problemResponse(
        refuse("unavailable", "The database does not answer, or its migrations are missing."),
        c.req.raw,
      );
    }
  });
}
