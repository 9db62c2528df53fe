import { pushRoutes } from "../../contracts/push-routes.ts";
import type { PushTopic } from "../../contracts/push.ts";
import { ask, type Reply } from "./api.ts";
import { language } from "./language.ts";
import type { Session } from "./session.ts";

/**
 * `impossible`: not by this browser, or this Comanda sends none; `denied`: somebody said no, and only the browser's
 * settings can change that.
 */
export type PushState = "impossible" | "denied" | "off" | "on";

const failed = { type: "about:blank", title: "The browser's push service does not answer", status: 0 };

/** Whether this browser shows us pushes already. */
export async function pushState(): Promise<PushState> {
  if (!("serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis))
    return "impossible";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration();
  if (await registration?.pushManager.getSubscription()) return "on";
  const known = await ask(pushRoutes.key);
  return known.ok && known.value.key === null ? "impossible" : "off";
}

/**
 * Asks the person, then the browser's push service, and hands the subscription to the server. To be called from a press
 * of a button. Safe to repeat: a further topic joins the same subscription.
 */
export async function startPush(session: Session, topic: PushTopic, idempotencyKey: string): Promise<Reply<PushState>> {
  if ((await pushState()) === "impossible") return { ok: true, value: "impossible" };
  if ((await Notification.requestPermission()) !== "granted") return { ok: true, value: "denied" };
  const asked = await ask(pushRoutes.key);
  if (!asked.ok) return asked;
  if (asked.value.key === null) return { ok: true, value: "impossible" };
  const subscription = await subscriptionWith(asked.value.key);
  if (subscription === null) return { ok: false, problem: failed };
  const { endpoint, keys } = subscription.toJSON();
  const reply = await session.ask(pushRoutes.subscribe, {
    body: { endpoint, keys, topic, language: language.value },
    key: idempotencyKey,
  });
  return reply.ok ? { ok: true, value: "on" } : reply;
}

/** No push comes any more, whatever it was about. */
export async function stopPush(session: Session): Promise<Reply<PushState>> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return { ok: true, value: "off" };
  const reply = await session.ask(pushRoutes.unsubscribe, { body: { endpoint: subscription.endpoint } });
  if (!reply.ok && reply.problem.status !== 404) return reply;
  await subscription.unsubscribe();
  return { ok: true, value: "off" };
}

/** The browser's one subscription here; one made with an older key of ours is replaced. */
async function subscriptionWith(publicKey: string): Promise<PushSubscription | null> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await pushManager.subscribe(options);
  } catch {
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options).catch(() => null);
  }
}
