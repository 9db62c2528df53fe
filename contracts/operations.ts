import { z } from "zod";
import type { RouteContract } from "./route.ts";

const State = z.enum(["open", "closed", "dropped"]);

/** A fact that could not be handled: where it came from, where it was going, and what went wrong. */
export const DeadLetterView = z.object({
  id: z.string(),
  consumer: z.string(),
  sender: z.string(),
  receiver: z.string(),
  sequence: z.int(),
  type: z.string(),
  order: z.string(),
  error: z.string(),
  stack: z.string(),
  attempts: z.int(),
  state: State,
  envelope: z.unknown(),
  firstAt: z.string(),
  lastAt: z.string(),
  closedAt: z.string().nullable(),
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** What the engineer on duty asks. */
export const operationRoutes = {
  deadLetters: {
    method: "GET",
    path: "/v1/dead-letters",
    summary: "Facts that could not be handled, newest first",
    roles: ["admin"],
    query: z.strictObject({ state: State.default("open") }),
    response: z.object({ deadLetters: z.array(DeadLetterView) }),
    status: 200,
    idempotent: false,
  },
  redrive: {
    method: "POST",
    path: "/v1/dead-letters/{id}/redrive",
    summary: "Send a dead letter's fact once more",
    roles: ["admin"],
    params: z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,1000}$/) }),
    body: z.strictObject({}),
    response: DeadLetterView,
    status: 202,
    idempotent: true,
  },
} as const satisfies Record<string, RouteContract>;
