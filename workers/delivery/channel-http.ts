import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { channelRoutes as routes } from "../../contracts/channel-routes.ts";
import { dbFor } from "../shared/database.ts";
import { mount, type Door } from "../shared/routes.ts";
import { carriers } from "../shared/tables/carriers.ts";
import { carrierAt } from "./carrier-http.ts";
import type { KnownCarriers } from "./channel-view.ts";
import type { DeliveryEnv } from "./env.ts";

const mostCarriers = 50;

/** The routes about channels, as `contracts/channel-routes.ts` lists them. */
export function mountChannels(app: Hono<Door<DeliveryEnv>>): void {
  mount(app, routes.list, async ({ env, principal: { tenant }, query: { zone } }) => {
    return zoneAt(env, tenant, zone).ranking(zone, await carriersOf(env, tenant));
  });
  mount(app, routes.weigh, async ({ env, principal: { tenant }, query: { zone }, body: weights, ask }) => {
    await zoneAt(env, tenant, zone).agree({ type: "weigh-channels", weights }, ask);
    return zoneAt(env, tenant, zone).ranking(zone, await carriersOf(env, tenant));
  });
  mount(app, routes.agree, async ({ env, principal: { tenant }, params: { channel }, query: { zone }, body: terms, ask }) => {
    await zoneAt(env, tenant, zone).agree({ type: "agree-channel", channel, terms }, ask);
    return zoneAt(env, tenant, zone).ranking(zone, await carriersOf(env, tenant));
  }); // prettier-ignore
}

async function carriersOf(env: DeliveryEnv, tenant: string): Promise<KnownCarriers> {
  const rows = await dbFor(env, { tenant }).select().from(carriers).where(eq(carriers.tenant, tenant)).limit(mostCarriers);
  return new Map(await Promise.all(rows.map(async ({ id }) => [id, await carrierAt(env, tenant, id).callName()] as const)));
} // prettier-ignore

function zoneAt(env: DeliveryEnv, tenant: string, zone: string) {
  return env.ZONE.getByName(`${tenant}/${zone}`);
}
