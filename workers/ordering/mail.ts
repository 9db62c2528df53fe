import { z } from "zod";
import { OrderId } from "../../contracts/ids.ts";
import type { OrderCommand } from "../../domain/order/events.ts";
import type { Attempt } from "../shared/effects.ts";
import type { OrderingEnv } from "./env.ts";
import { orderPath } from "./tokens/order-link.ts";

const patienceMs = 10_000;
const Request = z.object({
  about: z.enum(["accepted", "ready", "under-way", "ended", "paid-back", "shipped"]),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  until: z.number(),
});

type MailEnv = Pick<
  OrderingEnv,
  "MAIL_URL" | "PUBLIC_URL" | "PAYMENT_URL" | "PAYMENT_SECRET" | "KEY_ENCRYPTION_SECRET"
>;

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
      body: JSON.stringify({ tenant, ...mail, text: withLink(env, tenant, key, mail.text) }),
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

/** The mail with the way to its order's page, which opens it on any device: the effect's key begins with the order. */
function withLink(env: MailEnv, tenant: string, key: string, text: string): string {
  const order = OrderId.safeParse(key.split("/")[0]);
  if (env.PUBLIC_URL === "" || !order.success) return text;
  return `${text.trimEnd()}\n\n${env.PUBLIC_URL}${orderPath(env, { tenant, order: order.data })}\n`;
}

/** In test mode the sandbox is both, and knows the payment's secret; to nobody else is that one shown. */
function authorizationFor({ MAIL_URL, PAYMENT_URL, PAYMENT_SECRET }: MailEnv): Record<string, string> {
  const isSandbox = URL.canParse(PAYMENT_URL) && new URL(MAIL_URL).origin === new URL(PAYMENT_URL).origin;
  return isSandbox ? { authorization: `Bearer ${PAYMENT_SECRET}` } : {};
}
