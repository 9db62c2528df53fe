import type { Pushed, PushEnd } from "../../../contracts/push.ts";
import { urlFault } from "../../../domain/endpoint/safe-url.ts";
import type { OrderingEnv } from "../env.ts";
import { retryAfter } from "../webhook-call.ts";
import { encrypted } from "./encryption.ts";
import type { PushBox } from "./push-box.ts";
import { vapidAuthorization, vapidKeyOf, type VapidEnv } from "./vapid.ts";

export type PushEnv = VapidEnv & Pick<OrderingEnv, "WEBHOOK_LOOPBACK">;

/** How one attempt at a push ended: for good, or to be made again, at the earliest after so long (ms). */
export type PushAttempt = { readonly end: PushEnd } | { readonly again: string; readonly afterMs?: number };

const patienceMs = 10_000;

/** One attempt. Never throws. A push service knows nothing of keys: shown twice, the tag makes them one again. */
export async function sendPush(env: PushEnv, box: PushBox, pushed: Pushed, key: string): Promise<PushAttempt> {
  const to = box.get(pushed.subscription);
  if (to === null) return ended("gone");
  if (vapidKeyOf(env) === null) return failed("no VAPID keys are set up");
  // Judged at every call: what was let through before may not be any more.
  const fault = pushFault(to.endpoint, env);
  if (fault !== null) return failed(`address not allowed: ${fault}`);
  const now = Date.now();
  // Not AbortSignal.timeout: while its timer runs, answered or not, the object is kept from hibernating.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error("no answer in time")), patienceMs);
  try {
    const { message, ttlMs, urgency, topic } = pushed;
    const body = await encrypted(new TextEncoder().encode(JSON.stringify(message)), to);
    const response = await fetch(to.endpoint, {
      method: "POST",
      headers: {
        authorization: await vapidAuthorization(env, to.endpoint, now),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "idempotency-key": key,
        ttl: String(Math.max(0, Math.round(ttlMs / 1_000))),
        topic,
        urgency,
      },
      body,
      // A redirect would lead past the check of the address.
      redirect: "manual",
      signal: patience.signal,
    });
    await response.body?.cancel();
    return verdict(response, pushed.until, now);
  } catch (error) {
    return later(String(error), pushed.until);
  } finally {
    clearTimeout(timer);
  }
}

/** Why nothing may be pushed to this address, or null; the same as for webhooks. */
export function pushFault(endpoint: string, { WEBHOOK_LOOPBACK }: Pick<PushEnv, "WEBHOOK_LOOPBACK">): string | null {
  return urlFault(endpoint, WEBHOOK_LOOPBACK === "allowed");
}

function verdict({ ok, status, headers }: Response, until: number, now: number): PushAttempt {
  if (ok) return ended("sent");
  if (status === 404 || status === 410) return ended("gone");
  const why = `the push service answered ${status}`;
  if (status !== 429 && status < 500) return failed(why);
  const afterMs = retryAfter(headers.get("retry-after"), now) ?? 0;
  return later(why, until, afterMs);
}

function later(why: string, until: number, afterMs = 0): PushAttempt {
  if (Date.now() + afterMs > until) return failed(why);
  return { again: why, afterMs };
}

function ended(result: "sent" | "gone"): PushAttempt {
  return { end: { result } };
}

function failed(detail: string): PushAttempt {
  return { end: { result: "failed", detail } };
}
