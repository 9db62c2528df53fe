import { z } from "zod";
import type { OrderCommand, PaymentOutcome } from "../../domain/order/events.ts";
import type { Attempt } from "../shared/effects.ts";
import type { OrderingEnv } from "./env.ts";

/** How long the provider may take to answer one attempt. The next attempt brings the same key, so it acts once. */
const patienceMs = 10_000;

const Authorisation = z.object({ id: z.string(), status: z.string(), declineReason: z.string().optional() });
const Trouble = z.object({ detail: z.string().optional(), title: z.string().optional() });
const Step = z.object({ payment: z.string() });

/** One attempt at one step of a payment. No answer, or one that says "later", means: again with the same key. */
export async function callProvider(
  env: Pick<OrderingEnv, "PAYMENT_URL" | "PAYMENT_SECRET">,
  tenant: string,
  kind: string,
  request: object,
  key: string,
): Promise<Attempt<OrderCommand>> {
  const path = kind === "authorise" ? "/payments/authorisations" : `/payments/${Step.parse(request).payment}/${kind}`;
  const body = kind === "authorise" ? request : bodyOf(request);
  const response = await fetch(env.PAYMENT_URL + path, {
    method: "POST",
    headers: {
      "authorization": `Bearer ${env.PAYMENT_SECRET}`,
      "content-type": "application/json",
      "idempotency-key": key,
      "x-account": tenant,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (isForLater(response.status)) return { again: `the provider answered ${response.status}` };
  return { done: { type: "payment-outcome", outcome: outcomeOf(kind, response, answer) } };
}

function outcomeOf(kind: string, response: Response, answer: unknown): PaymentOutcome {
  const trouble = Trouble.safeParse(answer).data;
  const reason = trouble?.detail ?? trouble?.title ?? `refused with ${response.status}`;
  switch (kind) {
    case "authorise": {
      const authorisation = Authorisation.safeParse(answer).data;
      if (!response.ok || authorisation === undefined) return { step: "authorise", result: "declined", reason };
      if (authorisation.status === "authorised") return { step: "authorise", result: "authorised", id: authorisation.id };
      return { step: "authorise", result: "declined", reason: authorisation.declineReason ?? authorisation.status };
    }
    case "capture":
    case "void":
    case "refund":
      return response.ok ? { step: kind, result: "done" } : { step: kind, result: "refused", reason };
  }
  throw new Error(`no payment step ${kind}`);
}

function bodyOf(request: object): object {
  return "reason" in request && request.reason !== "" ? { reason: request.reason } : {};
}

/** Busy, broken or too slow: nothing is known of what was done, and the same key will tell. */
function isForLater(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status === 401 || status >= 500;
}
