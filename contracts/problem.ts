import { z } from "zod";

/** RFC 9457 problem details, with JSON Pointers (RFC 6901) into the request where a value was wrong. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Every problem Comanda answers: slug → title and status. The slug is the last part of `type`. */
export const problems = {
  "malformed-body": { title: "The body is not what this route takes", status: 400 },
  "unknown-parameter": { title: "The query has a parameter that is not taken here", status: 400 },
  "invalid-value": { title: "A value is not allowed", status: 422 },
  "idempotency-key-missing": { title: "Idempotency-Key is required", status: 400 },
  "idempotency-key-reused": { title: "Idempotency-Key was used for another request", status: 422 },
  unauthenticated: { title: "An access token is required", status: 401 },
  forbidden: { title: "Your role may not do this", status: 403 },
  "not-found": { title: "Nothing here", status: 404 },
  "method-not-allowed": { title: "Method not allowed", status: 405 },
  "not-acceptable": { title: "Not acceptable", status: 406 },
  conflict: { title: "Not possible in the present state", status: 409 },
  "sold-out": { title: "Not enough left", status: 409 },
  "outside-area": { title: "The address is outside the delivery area", status: 422 },
  "venue-closed": { title: "The venue takes no orders", status: 409 },
  stale: { title: "Changed by somebody else meanwhile", status: 412 },
  "too-large": { title: "The body is too large", status: 413 },
  "uri-too-long": { title: "The address is too long", status: 414 },
  "unsupported-media-type": { title: "The body's media type is not taken here", status: 415 },
  "upgrade-required": { title: "This route is a WebSocket", status: 426 },
  "too-many": { title: "Too many requests", status: 429 },
  "headers-too-large": { title: "The request's headers are too large", status: 431 },
  internal: { title: "Something broke on our side", status: 500 },
  unavailable: { title: "Not available for the moment", status: 503 },
} as const satisfies Record<string, { title: string; status: number }>;
export type ProblemSlug = keyof typeof problems;

/** A refusal is plain data: it survives an RPC, which an error class does not. */
export interface Refusal {
  readonly refused: ProblemSlug;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export function refuse(refused: ProblemSlug, detail: string, errors?: Refusal["errors"]): Refusal {
  return errors === undefined ? { refused, detail } : { refused, detail, errors };
}

export function isRefusal(value: object): value is Refusal {
  return "refused" in value;
}

/** The problem document of a refusal. */
export function problemOf(refusal: Refusal, instance?: string): Problem {
  const { title, status } = problems[refusal.refused];
  return {
    type: `https://comanda.dev/problems/${refusal.refused}`,
    title,
    status,
    detail: refusal.detail,
    ...(instance === undefined ? {} : { instance }),
    ...(refusal.errors === undefined ? {} : { errors: [...refusal.errors] }),
  };
}
