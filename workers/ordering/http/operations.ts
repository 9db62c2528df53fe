import type { Hono } from "hono";
import { operationRoutes } from "../../../contracts/operations.ts";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";
import { dbFor } from "../../shared/database.ts";
import { mount, type Door } from "../../shared/routes.ts";
import { listDeadLetters, redrive } from "../dead-letter-list.ts";
import type { OrderingEnv } from "../env.ts";
import { tenants } from "../tables/tokens.ts";
import { once, scopeOf } from "../tokens/idempotent.ts";

export function mountOperations(app: Hono<Door<OrderingEnv>>): void {
  mount(app, operationRoutes.deadLetters, async ({ env, principal, query }) => ({
    deadLetters: await listDeadLetters(env, principal.tenant, query.state),
  }));

  mount(app, operationRoutes.redrive, async ({ env, principal, params, ask, request }) => {
    const { key, fingerprint, traceparent } = ask;
    if (key === null || fingerprint === null) return redrive(env, principal.tenant, params.id);
    return once(env, { scope: scopeOf(principal), key, fingerprint }, request, async () => {
      const sent = await redrive(env, principal.tenant, params.id);
      const headers = { "cache-control": "no-store", traceparent };
      return isRefusal(sent)
        ? problemResponse(sent, request, { traceparent })
        : Response.json(sent, { status: operationRoutes.redrive.status, headers });
    });
  });

  app.get("/healthz", async (c) => {
    // Without it every card would wait for its authorisation until its order is cancelled.
    if (!/^https?:\/\//.test(c.env.PAYMENT_URL) || !URL.canParse(c.env.PAYMENT_URL)) {
      return problemResponse(refuse("unavailable", "PAYMENT_URL is not the address of a payment provider."), c.req.raw);
    }
    try {
      await dbFor(c.env, "installation").select({ id: tenants.id }).from(tenants).limit(1);
      return c.json({ status: "ok" });
    } catch {
      return problemResponse(
        refuse("unavailable", "The database does not answer, or its migrations are missing."),
        c.req.raw,
      );
    }
  });
}
