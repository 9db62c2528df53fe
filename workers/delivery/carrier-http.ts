import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { callbackSecretHeader, carrierRoutes as routes } from "../../contracts/carrier-routes.ts";
import { isRefusal, refuse } from "../../contracts/problem.ts";
import { urlFault } from "../../domain/endpoint/safe-url.ts";
import { dbFor } from "../shared/database.ts";
import { mount, type Door } from "../shared/routes.ts";
import { carriers } from "../shared/tables/carriers.ts";
import type { DeliveryEnv } from "./env.ts";

const mostCarriers = 50;

/** The routes about carriers, as `contracts/carrier-routes.ts` lists them. */
export function mountCarriers(app: Hono<Door<DeliveryEnv>>): void {
  mount(app, routes.list, async ({ env, principal: { tenant } }) => {
    const rows = await dbFor(env, { tenant })
      .select()
      .from(carriers)
      .where(eq(carriers.tenant, tenant))
      .orderBy(carriers.id)
      .limit(mostCarriers);
    const views = await Promise.all(rows.map(({ id }) => carrierAt(env, tenant, id).view()));
    return { carriers: views.filter((view) => !isRefusal(view)) };
  });

  mount(app, routes.read, ({ env, principal, params }) => carrierAt(env, principal.tenant, params.carrier).view());

  mount(app, routes.write, async ({ env, principal: { tenant }, params, body, ask, request }) => {
    const fault = urlFault(body.url, isOwnMachine(new URL(request.url).hostname));
    if (fault !== null) {
      return refuse("invalid-value", "Nothing may be sent to this address.", [{ pointer: "/url", detail: fault }]);
    }
    const db = dbFor(env, { tenant });
    const known = await db.select().from(carriers).where(eq(carriers.tenant, tenant)).limit(mostCarriers);
    if (known.length === mostCarriers && !known.some(({ id }) => id === params.carrier)) {
      return refuse("conflict", `A tenant has at most ${mostCarriers} carriers.`);
    }
    const view = await carrierAt(env, tenant, params.carrier).configure(body, ask);
    // After the object has taken it: a carrier that is listed is there.
    if (!isRefusal(view)) {
      const row = { tenant, id: params.carrier, createdAt: Date.now() };
      await db.insert(carriers).values(row).onConflictDoNothing();
    }
    return view;
  });

  mount(app, routes.bookings, async ({ env, principal, params, query }) => {
    const bookings = await carrierAt(env, principal.tenant, params.carrier).bookings(principal, query.status);
    return isRefusal(bookings) ? bookings : { bookings };
  });

  mount(app, routes.callback, ({ env, params, body, ask, request }) =>
    carrierAt(env, params.tenant, params.carrier).tell(body, request.headers.get(callbackSecretHeader) ?? "", ask),
  );
}

export function carrierAt(env: DeliveryEnv, tenant: string, carrier: string) {
  return env.CARRIER.getByName(`${tenant}/${carrier}`);
}

/** Whoever asks by such a name is in development: Cloudflare routes by host name, so it cannot be feigned there. */
function isOwnMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
