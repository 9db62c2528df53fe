import { z } from "zod";
import { DeadLetterDetail, DeadLetterView, LetterState, Rehearsal } from "./dead-letter.ts";
import { OrderId } from "./ids.ts";
import { count, type RouteContract } from "./route.ts";

const params = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,1000}$/) });
const roles = ["admin"] as const;
const reason = z.string().trim().min(1).max(500);

/** What the engineer on duty asks. */
export const operationRoutes = {
  deadLetters: {
    method: "GET",
    path: "/v1/dead-letters",
    summary: "Facts that could not be handled, newest first; `cursor` is the `next` of the page before",
    roles,
    query: z.strictObject({
      state: z.enum([...LetterState.options, "all"]).default("open"),
      consumer: z
        .string()
        .regex(/^[a-z0-9-]{1,100}$/)
        .optional(),
      order: OrderId.optional(),
      cursor: z.string().max(1_500).optional(),
      limit: count(1, 200).default(200),
    }),
    response: z.object({ deadLetters: z.array(DeadLetterView), next: z.string().nullable() }),
    status: 200,
    idempotent: false,
  },
  deadLetter: {
    method: "GET",
    path: "/v1/dead-letters/{id}",
    summary: "One dead letter: its fact, why it died, what waits behind it, and what was done about it",
    roles,
    params,
    response: DeadLetterDetail,
    status: 200,
    idempotent: false,
  },
  dryRun: {
    method: "GET",
    path: "/v1/dead-letters/{id}/dry-run",
    summary: "What the receiver would do with the letter's fact, as edited, if it came now; changes nothing",
    roles,
    params,
    response: Rehearsal,
    status: 200,
    idempotent: false,
  },
  editLetter: {
    method: "PUT",
    path: "/v1/dead-letters/{id}/data",
    summary: "Replace what an open letter's fact says, under the same number; the original is kept beside it",
    roles,
    params,
    body: z.strictObject({ data: z.record(z.string(), z.json()), reason }),
    response: DeadLetterView,
    status: 200,
    idempotent: false,
  },
  redrive: {
    method: "POST",
    path: "/v1/dead-letters/{id}/redrive",
    summary: "Send a dead letter's fact once more",
    roles,
    params,
    body: z.strictObject({}),
    response: DeadLetterView,
    status: 202,
    idempotent: true,
  },
  redriveMany: {
    method: "POST",
    path: "/v1/dead-letters/redrive",
    summary:
      "Send every open letter once more, or those of one order, 200 at a time; `cursor` is the last answer's `next`",
    roles,
    body: z.strictObject({ order: OrderId.optional(), cursor: params.shape.id.optional() }),
    response: z.object({ redriven: z.int(), next: z.string().nullable() }),
    status: 202,
    idempotent: true,
  },
  dropLetter: {
    method: "POST",
    path: "/v1/dead-letters/{id}/drop",
    summary: "Give a letter's fact up, so that those behind it have their turn",
    roles,
    params,
    body: z.strictObject({ reason }),
    response: DeadLetterView,
    status: 202,
    idempotent: true,
  },
} as const satisfies Record<string, RouteContract>;
