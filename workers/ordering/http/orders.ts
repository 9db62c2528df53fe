import type { Hono } from "hono";
import { orderRoutes } from "../../../contracts/order-routes.ts";
import type { NewOrder } from "../../../contracts/order.ts";
import { principalHeader, type Principal } from "../../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import type { OrderCommand } from "../../../domain/order/events.ts";
import type { Answer, Ask } from "../../shared/actor.ts";
import { mount, type Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { eraseOrder } from "../erasure.ts";
import { readLedger } from "../ledger/read-ledger.ts";
import { listOrders } from "../order-list.ts";
import { billOf, maySellAt, placeOrder, type Wanted } from "../place-order.ts";
import { orderKey, orderPath } from "../tokens/order-link.ts";
import { derivedId } from "../tokens/secrets.ts";
import { snapshotOf } from "../venue-snapshots.ts";
import { acceptedLanguage } from "./accept-language.ts";
import { forTheWhole } from "./tenant.ts";

export function mountOrders(app: Hono<Door<OrderingEnv>>): void {
  mount(app, orderRoutes.create, async ({ env, principal, body, ask, request }) => {
    const id = orderIdOf(principal.tenant, ask.key ?? "");
    const answer = await create(env, principal, id, { ...body, language: acceptedLanguage(request) }, ask);
    return isRefusal(answer) ? answer : created(id, answer);
  });

  mount(app, orderRoutes.list, ({ env, principal, query }) => listOrders(env, principal, query));

  mount(app, orderRoutes.statuses, async ({ env, principal, query }) => {
    const statuses = await Promise.all(query.id.map((id) => orderAt(env, principal, id).status(principal)));
    return { statuses: statuses.filter((status) => !isRefusal(status)) };
  });

  mount(app, orderRoutes.read, ({ env, principal, params, query: { at } }) => {
    const order = orderAt(env, principal, params.order);
    return at === undefined ? order.view(principal) : order.viewAt(principal, at);
  });

  mount(app, orderRoutes.status, ({ env, principal, params }) =>
    orderAt(env, principal, params.order).status(principal),
  );

  mount(app, orderRoutes.events, async ({ env, principal, params, query }) => {
    const events = await orderAt(env, principal, params.order).events(principal, query.after);
    return isRefusal(events) ? events : { events };
  });

  mount(app, orderRoutes.ledger, ({ env, principal, params }) => readLedger(env, principal, params.order));

  mount(app, orderRoutes.proof, async ({ env, principal, params }) => {
    const photo = await orderAt(env, principal, params.order).proof(principal);
    if (!(photo instanceof Uint8Array)) return photo;
    const headers = {
      "content-type": "image/jpeg",
      "cache-control": "no-store",
      "content-disposition": `inline; filename="${params.order}.jpg"`,
    };
    return new Response(photo, { headers });
  });

  mount(app, orderRoutes.live, async ({ env, principal, params, request }) => {
    const headers = new Headers(request.headers);
    headers.set(principalHeader, JSON.stringify(principal));
    const answer = await orderAt(env, principal, params.order).fetch(new Request(request, { headers }));
    // What a fetch brings cannot be headed anew; a socket can be passed on only as it is.
    return answer.status === 101 ? answer : new Response(answer.body, answer);
  });

  mount(app, orderRoutes.link, async ({ env, principal, params }) => {
    const seen = await orderAt(env, principal, params.order).status(principal);
    if (isRefusal(seen)) return seen;
    const which = { tenant: principal.tenant, order: params.order };
    return { key: orderKey(env, which), path: orderPath(env, which) };
  });

  mount(app, orderRoutes.addLines, ({ env, principal, params, body, ask }) =>
    changeLines(env, principal, params.order, { type: "change-lines", how: "add", lines: body.lines }, ask),
  );

  mount(app, orderRoutes.replaceLines, ({ env, principal, params, body, ask }) =>
    changeLines(env, principal, params.order, { type: "change-lines", how: "replace", lines: body.lines }, ask),
  );

  mount(app, orderRoutes.place, async ({ env, principal, params, body, ask, request }) => {
    const basket = await orderAt(env, principal, params.order).view(principal);
    if (isRefusal(basket)) return basket;
    const { venue, fulfilment, lines } = basket;
    if (basket.status !== "basket") return orderAt(env, principal, params.order).placedBefore(ask);
    const language = acceptedLanguage(request);
    const wanted = { venue, fulfilment, lines, checkout: body, language };
    const placed = await placeOrder(env, principal, params.order, wanted, ask);
    return isRefusal(placed) ? pointedAtCheckout(placed) : placed;
  });

  mount(app, orderRoutes.erase, async ({ env, principal, params }) => {
    if (principal.venues !== null) return forTheWhole;
    return (await eraseOrder(env, principal, params.order, Date.now())) ?? {};
  });

  mount(app, orderRoutes.cancel, ({ env, principal, params, body, ask }) => {
    const who = principal.role === "staff" || principal.role === "admin" ? "staff" : "customer";
    const { reason = `${who}-cancelled`, detail = "" } = body;
    if (who === "customer" && reason !== "customer-cancelled") {
      return refuse("invalid-value", "Only the venue can cancel for this reason.", [
        { pointer: "/reason", detail: "customer-cancelled, or leave it out" },
      ]);
    }
    return orderAt(env, principal, params.order).command({ type: "cancel", who, reason, detail }, ask, principal);
  });

  mount(app, orderRoutes.refund, ({ env, principal, params, body, ask }) => {
    const { lines = null, amount = null, reason, detail = "" } = body;
    const command = { type: "refund", lines, amount, reason, detail } as const;
    return orderAt(env, principal, params.order).command(command, ask, principal);
  });
}

function orderAt(env: OrderingEnv, principal: Principal, order: string) {
  return env.ORDER.getByName(`${principal.tenant}/${order}`);
}

/** The same request, sent again, meets the same order: its id is made from who asks and the Idempotency-Key. */
export function orderIdOf(tenant: string, key: string): string {
  return idOf("ord", tenant, key);
}

/** `prefix_` and 26 characters, the same for the same tenant and key. */
export function idOf(prefix: string, tenant: string, key: string): string {
  return derivedId(prefix, `${tenant}\n${key}`);
}

/** Here the checkout is the whole body, not a part of it. */
function pointedAtCheckout(refusal: Refusal): Refusal {
  const errors = refusal.errors?.map(({ pointer, detail }) => ({
    pointer: pointer.replace(/^\/checkout/, ""),
    detail,
  }));
  return refuse(refusal.refused, refusal.detail, errors);
}

async function create(
  env: OrderingEnv,
  principal: Principal,
  id: string,
  body: NewOrder & Pick<Wanted, "language">,
  ask: Ask,
): Promise<Answer | Refusal> {
  const { venue, fulfilment, lines, checkout, language } = body;
  if (checkout !== null) return placeOrder(env, principal, id, { venue, fulfilment, lines, checkout, language }, ask);
  const order = orderAt(env, principal, id);
  const priced = await pricedBasket(env, principal, body);
  if (isRefusal(priced)) return (await order.replay(ask)) ?? priced;
  return order.command({ type: "open", venue, fulfilment, lines }, ask, principal);
}

async function pricedBasket(env: OrderingEnv, principal: Principal, { venue, fulfilment, lines }: NewOrder) {
  const snapshot = await snapshotOf(env, principal.tenant, venue, "fresh");
  if (snapshot.settings === null || !maySellAt(principal, venue)) return refuse("not-found", "No such venue.");
  return lines.length === 0 ? {} : billOf(env, principal.tenant, venue, snapshot, { fulfilment, lines });
}

/** What could never be ordered does not get into a basket. */
async function changeLines(
  env: OrderingEnv,
  principal: Principal,
  id: string,
  command: Extract<OrderCommand, { type: "change-lines" }>,
  ask: Ask,
): Promise<Answer | Refusal> {
  const order = orderAt(env, principal, id);
  const basket = await order.view(principal);
  if (isRefusal(basket)) return basket;
  const { venue, fulfilment, status } = basket;
  if (status === "basket") {
    const snapshot = await snapshotOf(env, principal.tenant, venue, "fresh");
    const priced = await billOf(env, principal.tenant, venue, snapshot, { fulfilment, lines: command.lines });
    if (isRefusal(priced)) return (await order.replay(ask)) ?? priced;
  }
  return order.command(command, ask, principal);
}

function created(id: string, { body, replayed }: Answer): Response {
  const headers = new Headers({
    "content-type": "application/json",
    "cache-control": "no-store",
    location: `/v1/orders/${id}`,
  });
  if (replayed) headers.set("idempotent-replayed", "true");
  return new Response(body, { status: 201, headers });
}
