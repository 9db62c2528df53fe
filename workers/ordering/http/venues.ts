import type { Context, Hono } from "hono";
import { tenantAddresses } from "../../../contracts/addresses.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { principalHeader, reachesVenue } from "../../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { epochMs } from "../../../contracts/time.ts";
import { venueRoutes } from "../../../contracts/venue-routes.ts";
import { VenueView } from "../../../contracts/venue.ts";
import { isOnMenu } from "../../../domain/menu/on-menu.ts";
import type { VenueCommand } from "../../../domain/venue/venue.ts";
import type { Answer, Ask } from "../../shared/actor.ts";
import { dbFor } from "../../shared/database.ts";
import { mount, type Door } from "../../shared/routes.ts";
import { overIn } from "./if-match.ts";
import type { OrderingEnv } from "../env.ts";
import { unknownChannel } from "../channels.ts";
import { endpointsOf } from "../endpoint-list.ts";
import { tellFloorOf } from "../floor-venue.ts";
import { menuAt, tenantOf } from "../menus.ts";
import { billOf } from "../place-order.ts";
import { venues } from "../tables/menus.ts";
import { tenantExists } from "../tokens/tenants.ts";
import { snapshotOf } from "../venue-snapshots.ts";
import { venueView, venueViewsOf, viewOf } from "../venue-views.ts";

export const noSuchVenue = refuse("not-found", "No such venue.");
const takenVenue = refuse(
  "not-found",
  "No such venue of yours. The id is taken: it is unique in the whole installation.",
);
const ownAddress = refuse(
  "invalid-value",
  `A venue has its page at its id, and these are other pages' addresses: ${tenantAddresses.join(", ")}.`,
);

export function mountVenues(app: Hono<Door<OrderingEnv>>): void {
  mount(app, venueRoutes.list, async ({ env, params }) => {
    const views = await venueViewsOf(env, params.tenant);
    if (views.length === 0 && !(await tenantExists(env, params.tenant))) return refuse("not-found", "No such tenant.");
    return { venues: views };
  });

  mount(app, venueRoutes.read, async ({ env, params }) => {
    const tenant = await tenantOf(env, params.venue);
    return (tenant === null ? null : await venueView(env, tenant, params.venue)) ?? noSuchVenue;
  });

  mount(app, venueRoutes.write, async ({ env, params, principal, body, ask, request }) => {
    const { tenant } = principal;
    if (!reachesVenue(principal, params.venue)) return noSuchVenue;
    if (tenantAddresses.includes(params.venue) && (await tenantOf(env, params.venue)) === null) return ownAddress;
    const unknown = await unknownChannel(env, tenant, body.channels);
    if (unknown !== null) return unknown;
    await dbFor(env, { tenant })
      .insert(venues)
      .values({ id: params.venue, tenant, createdAt: Date.now() })
      .onConflictDoNothing();
    if ((await tenantOf(env, params.venue)) !== tenant) return takenVenue;
    const told = await venueAt(env, tenant, params.venue).command(
      { type: "configure", settings: body, over: overIn(request) },
      ask,
    );
    // After the venue's line was written: an endpoint that is made meanwhile finds the venue there.
    const endpoints = isRefusal(told) ? [] : await endpointsOf(env, tenant);
    await Promise.all(endpoints.map((id) => env.ENDPOINT.getByName(`${tenant}/${id}`).cover(params.venue, ask)));
    return isRefusal(told) ? told : ((await freshView(env, tenant, params.venue)) ?? noSuchVenue);
  });

  mount(app, venueRoutes.quote, async ({ env, params, body }) => {
    const tenant = await tenantOf(env, params.venue);
    if (tenant === null) return noSuchVenue;
    const sale = await billOf(env, tenant, params.venue, await snapshotOf(env, tenant, params.venue, "fresh"), body);
    return isRefusal(sale) ? sale : sale.bill;
  });

  mount(app, venueRoutes.stock, async ({ env, params, principal }) => {
    const out = await outOfReach(env, principal, params.venue);
    return out ?? venueAt(env, principal.tenant, params.venue).stock();
  });

  mount(app, venueRoutes.adjustStock, async ({ env, params, principal, body, ask }) => {
    const out = await outOfReach(env, principal, params.venue);
    return out ?? venueAt(env, principal.tenant, params.venue).adjustStock(body.key, body.by, ask);
  });

  mount(app, venueRoutes.followStock, async ({ env, params, principal, request }) => {
    const out = await outOfReach(env, principal, params.venue);
    if (out !== null) return out;
    const headers = new Headers(request.headers);
    headers.set(principalHeader, JSON.stringify(principal));
    return venueAt(env, principal.tenant, params.venue).fetch(new Request(request, { headers }));
  });

  mount(app, venueRoutes.setStock, async ({ env, params, principal, body, ask }) => {
    const { tenant } = principal;
    const venue = venueAt(env, tenant, params.venue);
    const unknown =
      (await outOfReach(env, principal, params.venue)) ??
      (body.left === null ? null : await offMenu(env, tenant, params.venue, body.key));
    const told = unknown ?? (await venue.command({ type: "set-stock", ...body }, ask));
    return isRefusal(told) ? told : venue.stock();
  });

  mount(app, venueRoutes.sellOut, async ({ env, params, principal, body, ask }) => {
    const { tenant } = principal;
    const out = await outOfReach(env, principal, params.venue);
    if (out !== null) return out;
    const venue = venueAt(env, tenant, params.venue);
    const unknown = await offMenu(env, tenant, params.venue, body.key);
    // What was answered before is answered again, though the menu may have changed.
    const before = unknown === null ? null : await venue.replay(ask);
    if (unknown !== null && before === null) return unknown;
    const command = { type: "sell-out", key: body.key, until: instantOf(body.until) } as const;
    return shown(tenant, params.venue, before ?? (await venue.command(command, ask)));
  });

  mount(app, venueRoutes.makeAvailable, ({ env, params, principal, body, ask }) =>
    tellAndShow(env, principal, params.venue, { type: "make-available", key: body.key }, ask),
  );

  mount(app, venueRoutes.pause, ({ env, params, principal, body, ask }) =>
    tellAndShow(
      env,
      principal,
      params.venue,
      { type: "pause", until: instantOf(body.until), reason: body.reason },
      ask,
    ),
  );

  mount(app, venueRoutes.resume, ({ env, params, principal, ask }) =>
    tellAndShow(env, principal, params.venue, { type: "resume" }, ask),
  );

  mount(app, venueRoutes.busy, ({ env, params, principal, body, ask }) =>
    tellAndShow(env, principal, params.venue, { type: "set-busy", minutes: body.minutes }, ask),
  );
}

export type OrderingContext = Context<Door<OrderingEnv>>;

/** A refusal where the venue is not one of the tenant's that the token reaches: as if it did not exist. */
export async function outOfReach(env: OrderingEnv, principal: Principal, venue: string): Promise<Refusal | null> {
  if (!reachesVenue(principal, venue)) return noSuchVenue;
  return (await tenantOf(env, venue)) === principal.tenant ? null : noSuchVenue;
}

function venueAt(env: OrderingEnv, tenant: string, venue: string) {
  return env.VENUE.getByName(`${tenant}/${venue}`);
}

/** A refusal where staff speak of what is not on the menu: a slip of the pen must not pass for done. */
async function offMenu(env: OrderingEnv, tenant: string, venue: string, key: string): Promise<Refusal | null> {
  const { menuVersion } = await snapshotOf(env, tenant, venue, "fresh");
  const published = menuVersion === null ? null : await menuAt(env, tenant, venue, menuVersion);
  if (published === null || isOnMenu(published.menu, key)) return null;
  return refuse("invalid-value", "The menu has nothing of this key.", [
    { pointer: "/key", detail: "an item, an item/variation or a group/option of the menu" },
  ]);
}

async function tellAndShow(env: OrderingEnv, principal: Principal, venue: string, command: VenueCommand, ask: Ask) {
  const { tenant } = principal;
  const out = await outOfReach(env, principal, venue);
  const answer = out ?? shown(tenant, venue, await venueAt(env, tenant, venue).command(command, ask));
  if (!isRefusal(answer)) await tellFloorOf(env, tenant, VenueView.parse(JSON.parse(answer.body)));
  return answer;
}

function shown(tenant: string, venue: string, told: Answer | Refusal): Answer | Refusal {
  if (isRefusal(told)) return told;
  const view = viewOf(tenant, venue, JSON.parse(told.body));
  return view === null ? noSuchVenue : { body: JSON.stringify(view), replayed: told.replayed };
}

async function freshView(env: OrderingEnv, tenant: string, venue: string): Promise<VenueView | null> {
  return viewOf(tenant, venue, await venueAt(env, tenant, venue).snapshot());
}

function instantOf(text: string | null): number | null {
  return text === null ? null : epochMs(text);
}
