import { createHash } from "node:crypto";
import { z } from "zod";
import { refuse, type Refusal } from "../../contracts/problem.ts";

/** The header in the OpenAPI document; `idempotencyKeyOf` reads it. */
export const IdempotencyKeyHeader = z.object({
  "idempotency-key": z.string().meta({
    description:
      "Any string of 1 to 255 printable ASCII characters, bare or (where it has a comma) quoted; the same for every retry.",
    example: "8e03978e-40d5-43dd-bc93-6894a57f9324",
  }),
});

/** The key of a request, quoted (draft-ietf-httpapi-idempotency-key-header) or bare: 1 to 255 printable characters. */
export function idempotencyKeyOf(request: Request): string | Refusal {
  const header = request.headers.get("idempotency-key")?.trim();
  if (header === undefined) {
    return refuse("idempotency-key-missing", "Send an Idempotency-Key: the same for a retry, a new one otherwise.");
  }
  // Two headers come joined by a comma: which of the two would it be?
  if (!header.startsWith('"') && header.includes(",")) {
    return refuse("idempotency-key-missing", "Send one Idempotency-Key; one with a comma in it goes in double quotes.");
  }
  const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header)?.[1];
  const key = quoted?.replaceAll(/\\(.)/g, "$1") ?? (/^[\x20-\x21\x23-\x7e]*$/.test(header) ? header : "");
  if (key.length >= 1 && key.length <= 255) return key;
  return refuse("idempotency-key-missing", "Idempotency-Key takes 1 to 255 printable ASCII characters.");
}

/** SHA-256 (hex) of method, path and body; JSON bodies that differ only in field order or spacing are the same. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash("sha256")
    .update(`${method}\n${path}\n${canonical(body)}`)
    .digest("hex");
}

function canonical(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body, (_key, value: unknown) => sorted(value)));
  } catch {
    return body;
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
