import { problemOf, type Problem, type Refusal } from "../../contracts/problem.ts";
import type { Fate } from "./faults.ts";

/** An answer as it is recorded: the body is kept as text, so that a repetition is the same to the byte. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What an object says to the door: what becomes of the request, and the answer unless nothing was done. */
export interface Outcome {
  readonly fate: Fate;
  readonly answer: Answer | null;
  /** Whether the answer was recorded by an earlier request with the same key. */
  readonly replayed: boolean;
}

export function answerOf(status: number, body: object): Answer {
  return { status, body: JSON.stringify(body) };
}

export function answerOfProblem(problem: Problem): Answer {
  return answerOf(problem.status, problem);
}

export function refused(refusal: Refusal): Response {
  return respond(answerOfProblem(problemOf(refusal)));
}

/** Sends an answer by way of its fate: late, not at all, or something else instead. */
export async function deliver({ fate, answer, replayed }: Outcome): Promise<Response> {
  if (fate.delayMs > 0) await scheduler.wait(fate.delayMs);
  switch (fate.kind) {
    case "answer":
      return answer === null ? respond(breakdown(500)) : respond(answer, replayed);
    case "error":
      return respond(breakdown(fate.status));
    case "lost":
      return respond(breakdown(500));
    case "silence":
      // The caller has hung up long ago; this is what a gateway says in the end to one that waits on.
      return respond(breakdown(504));
  }
}

function breakdown(status: number): Answer {
  return answerOfProblem({ type: "about:blank", title: "The provider could not answer", status });
}

/** Sends an answer as it is. */
export function respond({ status, body }: Answer, replayed = false): Response {
  const headers = new Headers({
    "content-type": status < 400 ? "application/json" : "application/problem+json",
    "cache-control": "no-store",
  });
  if (replayed) headers.set("idempotent-replayed", "true");
  if (status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(body, { status, headers });
}
