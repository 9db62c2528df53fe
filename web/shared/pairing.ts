import { z } from "zod";
import { ask, slugOf } from "./api.ts";
import type { Session } from "./session.ts";
import { requestToken } from "./tokens.ts";

/** RFC 8628: the device asks for codes, shows one, and polls with the other until somebody has let it in. */
export type Pairing =
  | { readonly step: "asking" }
  | { readonly step: "waiting"; readonly userCode: string; readonly page: string; readonly link: string }
  | { readonly step: "ended"; readonly why: "denied" | "expired" | "unknown" | "offline" };

const Codes = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
  expires_in: z.number(),
  interval: z.number(),
});
const route = { method: "POST", path: "/v1/oauth/device_authorization", response: Codes } as const;
const grantType = "urn:ietf:params:oauth:grant-type:device_code";

export interface PairingRequest {
  readonly tenant: string;
  readonly kind: "tablet" | "driver";
  readonly session: Session;
  show(pairing: Pairing): void;
  readonly signal: AbortSignal;
}

/** Runs until the session is held, the codes have ended, or nobody waits any more. */
export async function pair({ tenant, kind, session, show, signal }: PairingRequest): Promise<void> {
  show({ step: "asking" });
  const asked = await ask(route, { body: { tenant, kind } });
  if (signal.aborted) return;
  if (!asked.ok) return show({ step: "ended", why: asked.problem.status === 0 ? "offline" : "unknown" });
  const codes = asked.value;
  const link = `${codes.verification_uri_complete}&kind=${kind}`;
  show({ step: "waiting", userCode: codes.user_code, page: codes.verification_uri, link });
  let pauseMs = codes.interval * 1000;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return;
    const reply = await requestToken({ grant_type: grantType, device_code: codes.device_code });
    if (signal.aborted) return;
    if (reply.ok) return session.take(reply.value);
    const slug = slugOf(reply.problem);
    if (slug === "slow-down") pauseMs += 5_000;
    else if (slug === "access-denied") return show({ step: "ended", why: "denied" });
    else if (slug !== "authorization-pending" && reply.problem.status === 400)
      return show({ step: "ended", why: "expired" });
  }
}
