import { createHmac } from "node:crypto";
import type { Customer } from "../../contracts/order.ts";
import { tracesOf } from "../../domain/order/finding.ts";
import { keyFor } from "../shared/sealing.ts";

/**
 * Characters of base64url that are kept of a hash: 48 bits for a trace, of which a name has few and a tenant many
 * orders, and 132 for a phone, which is looked for alone.
 */
const traceLength = 8;
const phoneLength = 22;

/** What the list holds of a customer: nothing that could be read, or tried out by who has the list and not the secret. */
export function hidden(secret: string, tenant: string, customer: Customer): { phone: string | null; traces: string } {
  const all = tracesOf(customer).map((trace) => hiddenTrace(secret, tenant, trace));
  return {
    phone: customer.phone === null ? null : hiddenPhone(secret, tenant, customer.phone),
    traces: ` ${all.join(" ")} `,
  };
}

export function hiddenPhone(secret: string, tenant: string, phone: string): string {
  return hashOf(secret, tenant, `whole ${phone}`).slice(0, phoneLength);
}

export function hiddenTrace(secret: string, tenant: string, trace: string): string {
  return hashOf(secret, tenant, trace).slice(0, traceLength);
}

/** Derived once: an order has some thirty traces. */
let derived: { readonly secret: string; readonly key: Uint8Array } | undefined;

function hashOf(secret: string, tenant: string, text: string): string {
  if (derived?.secret !== secret) derived = { secret, key: keyFor(secret, "traces of customers") };
  return createHmac("sha256", derived.key).update(`${tenant}\n${text}`).digest("base64url");
}
