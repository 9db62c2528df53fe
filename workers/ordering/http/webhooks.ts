import type { Hono } from "hono";
import type { Principal } from "../../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { epochMs } from "../../../contracts/time.ts";
import { durationMs } from "../../../contracts/venue.ts";
import { webhookRoutes } from "../../../contracts/webhook-routes.ts";
import type { EndpointSettings, EndpointView } from "../../../contracts/webhook.ts";
import { urlFault } from "../../../domain/endpoint/safe-url.ts";
import { mount, type Door, type Reply } from "../../shared/routes.ts";
import { endpointsOf, listEndpoint, unlistEndpoint, venueIdsOf } from "../endpoint-list.ts";
import type { OrderingEnv } from "../env.ts";
import { beyondReach } from "../tokens/reach.ts";
import { idOf } from "./orders.ts";

const mostEndpoints = 50;
const noSuchEndpoint = refuse("not-found", "No such endpoint.");

export function mountWebhooks(app: Hono<Door<OrderingEnv>>): void {
  mount(app, webhookRoutes.list, async ({ env, principal }) => {
    const ids = await endpointsOf(env, principal.tenant);
    const views = await Promise.all(ids.map((id) => endpointAt(env, principal, id).view()));
    return { endpoints: views.filter((view) => !isRefusal(view) && reaches(principal, view)) };
  });

  mount(app, webhookRoutes.create, async ({ env, principal, body, ask }) => {
    const { tenant } = principal;
    const refused = refusedSettings(env, principal, body);
    if (refused !== null) return refused;
    const id = idOf("end", tenant, ask.key ?? "");
    const known = await endpointsOf(env, tenant);
    if (!known.includes(id) && known.length >= mostEndpoints) {
      return refuse("conflict", `A tenant has at most ${mostEndpoints} endpoints.`);
    }
    // Listed first: a venue that is opened meanwhile either finds it in the list or is found among the venues.
    await listEndpoint(env, tenant, id);
    const venues = await venuesFor(env, tenant, body);
    const made = isRefusal(venues) ? venues : await endpointAt(env, principal, id).create(body, venues, ask);
    if (!isRefusal(made)) return made;
    if (isRefusal(await endpointAt(env, principal, id).view())) await unlistEndpoint(env, tenant, id);
    return made;
  });

  mount(app, webhookRoutes.read, ({ env, principal, params }) => viewed(env, principal, params.endpoint));

  mount(app, webhookRoutes.write, async ({ env, principal, params, body, ask }) => {
    const view = await viewed(env, principal, params.endpoint);
    if (isRefusal(view)) return view;
    const refused = refusedSettings(env, principal, body);
    if (refused !== null) return refused;
    const venues = await venuesFor(env, principal.tenant, body);
    return isRefusal(venues) ? venues : endpointAt(env, principal, params.endpoint).change(body, venues, ask);
  });

  mount(app, webhookRoutes.remove, async ({ env, principal, params, ask }) => {
    const view = await viewed(env, principal, params.endpoint);
    if (isRefusal(view)) return view;
    const removed = await endpointAt(env, principal, params.endpoint).remove(ask);
    if (!isRefusal(removed)) await unlistEndpoint(env, principal.tenant, params.endpoint);
    return removed;
  });

  mount(app, webhookRoutes.rotate, ({ env, principal, params, body, ask }) =>
    within(env, principal, params.endpoint, (endpoint) => endpoint.rotate(durationMs(body.overlap), ask)),
  );

  mount(app, webhookRoutes.test, ({ env, principal, params, ask }) =>
    within(env, principal, params.endpoint, (endpoint) => endpoint.test(ask)),
  );

  mount(app, webhookRoutes.reports, ({ env, principal, params, query }) =>
    within(env, principal, params.endpoint, async (endpoint) => {
      const reports = await endpoint.reports(query);
      return isRefusal(reports) ? reports : { reports };
    }),
  );

  mount(app, webhookRoutes.report, ({ env, principal, params }) =>
    within(env, principal, params.endpoint, (endpoint) => endpoint.report(params.report)),
  );

  mount(app, webhookRoutes.replay, ({ env, principal, params, ask }) =>
    within(env, principal, params.endpoint, (endpoint) => endpoint.replay(params.report, ask)),
  );

  mount(app, webhookRoutes.replayRange, ({ env, principal, params, body, ask }) => {
    const [from, until] = [epochMs(body.from), epochMs(body.until)];
    return within(env, principal, params.endpoint, (endpoint) =>
      endpoint.replayRange({ from, until, status: body.status }, ask),
    );
  });
}

type Endpoint = ReturnType<typeof endpointAt>;

function endpointAt(env: OrderingEnv, { tenant }: Principal, id: string) {
  return env.ENDPOINT.getByName(`${tenant}/${id}`);
}

/** The endpoint, if there is one and it is for no venue beyond the token's reach; as if there were none otherwise. */
async function viewed(env: OrderingEnv, principal: Principal, id: string): Promise<EndpointView | Refusal> {
  const view = await endpointAt(env, principal, id).view();
  return isRefusal(view) || !reaches(principal, view) ? noSuchEndpoint : view;
}

async function within(
  env: OrderingEnv,
  principal: Principal,
  id: string,
  work: (endpoint: Endpoint) => Promise<Reply>,
): Promise<Reply> {
  const view = await viewed(env, principal, id);
  return isRefusal(view) ? view : work(endpointAt(env, principal, id));
}

function reaches(principal: Principal, { venues }: Pick<EndpointView, "venues">): boolean {
  return beyondReach(principal, venues) === null;
}

function refusedSettings(env: OrderingEnv, principal: Principal, { url, venues }: EndpointSettings): Refusal | null {
  const fault = urlFault(url, env.WEBHOOK_LOOPBACK === "allowed");
  if (fault !== null) {
    return refuse("invalid-value", "Nothing can be sent to this address.", [{ pointer: "/url", detail: fault }]);
  }
  return beyondReach(principal, venues);
}

/** The tenant's venues the settings speak of; a refusal where one is not the tenant's. */
async function venuesFor(env: OrderingEnv, tenant: string, settings: EndpointSettings): Promise<string[] | Refusal> {
  const own = await venueIdsOf(env, tenant);
  if (settings.venues === null) return own;
  const errors = settings.venues.flatMap((venue, at) =>
    own.includes(venue) ? [] : [{ pointer: `/venues/${at}`, detail: "no venue of yours" }],
  );
  return errors.length === 0 ? [...new Set(settings.venues)] : refuse("invalid-value", "See errors.", errors);
}
