import { z } from "zod";
import type { OrderCommand } from "../../domain/order/events.ts";
import type { Attempt } from "../shared/effects.ts";
import type { OrderingEnv } from "./env.ts";

const patienceMs = 10_000;
const Request = z.object({
  about: z.literal("shipped"),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  until: z.number(),
});

type MailEnv = Pick<OrderingEnv, "MAIL_URL" | "PAYMENT_URL" | "PAYMENT_SECRET">;

/** One attempt at sending a mail. The provider knows by its key what it has sent before. It ends: by an answer or by time. */
export async function sendMail(
  env: MailEnv,
  tenant: string,
  request: unknown,
  key: string,
): Promise<Attempt<OrderCommand>> {
  const { about, until, ...mail } = Request.parse(request);
  const ended = (detail: string | null): Attempt<OrderCommand> => ({ done: { type: "mail-outcome", about, detail } });
  if (env.MAIL_URL === "") return ended("no mail provider is set up");
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error("no answer in time")), patienceMs);
  try {
    const response = await fetch(`${env.MAIL_URL}/mail`, {
      method: "POST",
      headers: { ...authorizationFor(env), "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify({ tenant, ...mail }),
      signal: patience.signal,
    });
    await response.body?.cancel();
    if (response.ok) return ended(null);
    if ([400, 409, 422].includes(response.status)) return ended(`the mail provider refused it with ${response.status}`);
    return later(`the mail provider answered ${response.status}`);
  } catch (error) {
    return later(String(error));
  } finally {
    clearTimeout(timer);
  }

  function later(why: string): Attempt<OrderCommand> {
    return Date.now() > until ? ended(why) : { again: why };
  }
}

/** In test mode the sandbox is both, and knows the payment's secret; to nobody else is that one shown. */
function authorizationFor({ MAIL_URL, PAYMENT_URL, PAYMENT_SECRET }: MailEnv): Record<string, string> {
  const isSandbox = URL.canParse(PAYMENT_URL) && new URL(MAIL_URL).origin === new URL(PAYMENT_URL).origin;
  return isSandbox ? { authorization: `Bearer ${PAYMENT_SECRET}` } : {};
}
