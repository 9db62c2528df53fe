import type { OrderingEnv } from "../env.ts";

export type VapidEnv = Pick<OrderingEnv, "VAPID_PUBLIC_KEY" | "VAPID_PRIVATE_KEY" | "VAPID_SUBJECT">;

/** A push service takes no token that is good for more than a day (RFC 8292, 2). */
const goodForMs = 12 * 3_600_000;

/** The public key browsers subscribe with; null where the pair was not set up. */
export function vapidKeyOf(env: VapidEnv): string | null {
  // A secret that was never put is not there at all, whatever its type says.
  const { VAPID_PUBLIC_KEY: open, VAPID_PRIVATE_KEY: own }: Partial<VapidEnv> = env;
  return open === undefined || own === undefined || open === "" || own === "" ? null : open;
}

/** The `Authorization` by which a push service knows who sends to it (RFC 8292). `now` in epoch milliseconds. */
export async function vapidAuthorization(env: VapidEnv, endpoint: string, now: number): Promise<string> {
  const { VAPID_PUBLIC_KEY: open, VAPID_SUBJECT: sub } = env;
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor((now + goodForMs) / 1_000),
    ...(sub === "" ? {} : { sub }),
  };
  const signed = `${encoded({ typ: "JWT", alg: "ES256" })}.${encoded(claims)}`;
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    await signingKey(env),
    new TextEncoder().encode(signed),
  );
  return `vapid t=${signed}.${Buffer.from(signature).toString("base64url")}, k=${open}`;
}

function signingKey({ VAPID_PUBLIC_KEY: open, VAPID_PRIVATE_KEY: d }: VapidEnv): Promise<CryptoKey> {
  const point = Buffer.from(open, "base64url");
  const half = (from: number): string => point.subarray(from, from + 32).toString("base64url");
  const key = { kty: "EC", crv: "P-256", d, x: half(1), y: half(33) };
  return crypto.subtle.importKey("jwk", key, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
