import type { Hono } from "hono";
import type { Principal } from "../../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { pushRoutes } from "../../../contracts/push-routes.ts";
import type { NewSubscription } from "../../../contracts/push.ts";
import type { Answer, Ask } from "../../shared/actor.ts";
import { mount, type Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { publicKeyOf } from "../push/encryption.ts";
import { pushFault } from "../push/push-call.ts";
import { endTopics, listTopic } from "../push/topics.ts";
import { vapidKeyOf } from "../push/vapid.ts";
import { derivedId } from "../tokens/secrets.ts";
import { acceptedLanguage } from "./accept-language.ts";
import { noSuchVenue, outOfReach } from "./venues.ts";

/** Web Push: the key to subscribe with, and who is told of what. */
export function mountPush(app: Hono<Door<OrderingEnv>>): void {
  mount(app, pushRoutes.key, ({ env }) => ({ key: vapidKeyOf(env) }));

  mount(app, pushRoutes.subscribe, async ({ env, principal, body, ask, request }) => {
    const fault = await faultIn(env, body);
    if (fault !== null) return fault;
    const id = derivedId("sub", body.endpoint);
    const language = body.language ?? acceptedLanguage(request);
    const told = await subscribe(env, principal, id, { ...body, ...(language === null ? {} : { language }) }, ask);
    if (isRefusal(told)) return told;
    // Listed afterwards: what is not listed can be ended by its topic's end, what is listed for nothing ends nothing.
    await listTopic(env, principal, id, body.topic);
    return told;
  });

  mount(app, pushRoutes.unsubscribe, async ({ env, principal, body, ask }) => {
    return { ended: await endTopics(env, principal, derivedId("sub", body.endpoint), ask) };
  });
}

async function subscribe(
  env: OrderingEnv,
  principal: Principal,
  id: string,
  wanted: NewSubscription,
  ask: Ask,
): Promise<Answer | Refusal> {
  const { tenant, role } = principal;
  const { topic } = wanted;
  if (topic.kind === "order")
    return env.ORDER.getByName(`${tenant}/${topic.order}`).subscribe(id, wanted, principal, ask);
  if (role !== "staff" && role !== "admin") return noSuchVenue;
  const out = await outOfReach(env, principal, topic.venue);
  return out ?? env.VENUE.getByName(`${tenant}/${topic.venue}`).subscribe(id, wanted, ask);
}

/** What cannot be told at all: an address nobody may be told at, or a key that is no point of the curve. */
async function faultIn(env: OrderingEnv, { endpoint, keys }: NewSubscription): Promise<Refusal | null> {
  if (vapidKeyOf(env) === null) return refuse("conflict", "No pushes are sent here.");
  const detail = pushFault(endpoint, env);
  if (detail !== null) {
    return refuse("invalid-value", "Nothing can be sent to this address.", [{ pointer: "/endpoint", detail }]);
  }
  try {
    await publicKeyOf(new Uint8Array(Buffer.from(keys.p256dh, "base64url")));
    return null;
  } catch {
    return refuse("invalid-value", "Nothing can be encrypted for this key.", [
      { pointer: "/keys/p256dh", detail: "no point of P-256" },
    ]);
  }
}
