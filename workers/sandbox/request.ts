import type { Context } from "hono";
import type { z } from "zod";
import { TenantId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";

const ascii = /^[\x21-\x7e]{1,255}$/;

/** The JSON body as the schema reads it; no body at all reads as `{}`. */
export async function bodyOf<T extends object>(c: Context, schema: z.ZodType<T>): Promise<T | Refusal> {
  const text = await c.req.text();
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (text !== "" && type !== "application/json") {
    return refuse("unsupported-media-type", "Send application/json.");
  }
  const json = jsonOf(text === "" ? "{}" : text);
  if (json === undefined) return refuse("malformed-body", "The body is not JSON.");
  return valueOf(schema, json);
}

/** A value from outside as the schema reads it, or every fault of it by JSON Pointer. */
export function valueOf<T extends object>(schema: z.ZodType<T>, value: unknown): T | Refusal {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: "unknown field" }))
      : [{ pointer: pointerOf(issue.path), detail: issue.message }],
  );
  return refuse("invalid-value", "Some values are not allowed.", errors);
}

export function keyOf(c: Context): { key: string } | Refusal {
  const key = c.req.header("idempotency-key");
  if (key === undefined || key === "") return refuse("idempotency-key-missing", "Send an Idempotency-Key.");
  if (!ascii.test(key)) return refuse("invalid-value", "Idempotency-Key is 1 to 255 visible ASCII characters.");
  return { key };
}

/** Whose books: header `x-account`, or `?account=` where a browser asks. */
export function accountOf(c: Context): { account: string } | Refusal {
  const account = TenantId.safeParse(c.req.header("x-account") ?? c.req.query("account"));
  if (account.success) return { account: account.data };
  return refuse("invalid-value", "Name the account in the header x-account.");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
