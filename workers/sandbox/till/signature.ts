import { createHmac, timingSafeEqual } from "node:crypto";

/** Whoever holds back a webhook for longer than this and sends it then is not believed. */
const toleranceMs = 5 * 60_000;

/**
 * Whether a webhook was signed with the secret (Standard Webhooks 1.0), and not long ago: `webhook-signature` holds
 * `v1,…` signatures, of which one must fit; while a secret is changed there are two.
 */
export function isGenuine(secret: string, headers: Headers, body: string, now: number): boolean {
  const id = headers.get("webhook-id") ?? "";
  const timestamp = headers.get("webhook-timestamp") ?? "";
  if (id === "" || !/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - now) > toleranceMs)
    return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  return (headers.get("webhook-signature") ?? "").split(" ").some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ""), "base64");
    return one.startsWith("v1,") && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
