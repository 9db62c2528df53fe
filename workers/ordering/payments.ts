import { z } from "zod";
import type { OrderCommand, PaymentOutcome } from "../../domain/order/events.ts";
import type { Attempt } from "../shared/effects.ts";
import type { OrderingEnv } from "./env.ts";

/** How long the provider may take to answer one attempt. The next attempt brings the same key, so it acts once. */
const patienceMs = 10_000;

const Authorisation = z.object({ id: z.string(), status: z.string(), declineReason: z.string().optional() });
const Trouble = z.object({ detail: z.string().optional(), title: z.string().optional() });
const Step = z.object({ payment: z.string() });
const Part = z.object({ number: z.int() });
/** What of a request the provider is told; the rest is in the path, or ours alone. */
const Told = z.object({ amount: z.int().optional(), reason: z.string().min(1).optional().catch(undefined) });

/** One attempt at one step of a payment. No answer, or one that says "later", means: again with the same key. */
export async function callProvider(
  env: Pick<OrderingEnv, "PAYMENT_URL" | "PAYMENT_SECRET">,
  tenant: string,
  kind: string,
  request: object,
  key: string,
): Promise<Attempt<OrderCommand>> {
  const step = kind === "refund-part" ? "refund" : kind;
  const path = kind === "authorise" ? "/payments/authorisations" : `/payments/${Step.parse(request).payment}/${step}`;
  const body = kind === "authorise" ? request : Told.parse(request);
  // Not AbortSignal.timeout: while its timer runs, answered or not, the order's object is kept from hibernating.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error("no answer in time")), patienceMs);
  try {
    const response = await fetch(env.PAYMENT_URL + path, {
      method: "POST",
      headers: {
        authorization: `Bearer ${env.PAYMENT_SECRET}`,
        "content-type": "application/json",
        "idempotency-key": key,
        "x-account": tenant,
      },
      body: JSON.stringify(body),
      signal: patience.signal,
    });
    return attemptOf(kind, request, response, await response.json().catch(() => null));
  } finally {
    clearTimeout(timer);
  }
}

function attemptOf(kind: string, request: object, response: Response, answer: unknown): Attempt<OrderCommand> {
  const outcome = outcomeOf(kind, request, response, answer);
  return outcome === null
    ? { again: `the provider answered ${response.status}` }
    : { done: { type: "payment-outcome", outcome } };
}

/** What the answer says has become of the step; null where it does not say, and the same key must ask again. */
function outcomeOf(kind: string, request: object, response: Response, answer: unknown): PaymentOutcome | null {
  if (!response.ok && !isNo(kind, response.status)) return null;
  const trouble = Trouble.safeParse(answer).data;
  const reason = trouble?.detail ?? trouble?.title ?? `refused with ${response.status}`;
  switch (kind) {
    case "authorise": {
      if (!response.ok) return { step: "authorise", result: "declined", reason };
      const authorisation = Authorisation.safeParse(answer).data;
      // Cut off on its way, perhaps with the money held: only asking again tells which payment it is.
      if (authorisation === undefined) return null;
      if (authorisation.status === "authorised")
        return { step: "authorise", result: "authorised", id: authorisation.id };
      return { step: "authorise", result: "declined", reason: authorisation.declineReason ?? authorisation.status };
    }
    case "capture":
    case "void":
    case "refund":
      return response.ok ? { step: kind, result: "done" } : { step: kind, result: "refused", reason };
    case "refund-part": {
      const { number } = Part.parse(request);
      return response.ok ? { step: kind, number, result: "done" } : { step: kind, number, result: "refused", reason };
    }
  }
  throw new Error(`no payment step ${kind}`);
}

/** A refusal of the step itself. Whatever else is not a success says that the provider is busy, broken or set up wrongly. */
function isNo(kind: string, status: number): boolean {
  // A conflict while authorising is the same key still under way.
  return [400, 402, 422].includes(status) || (status === 409 && kind !== "authorise");
}
