import type { Asked, Reply, RouteTo } from "./api.ts";
import type { Session } from "./session.ts";
import { freshId } from "./storage.ts";

const pausesMs = [300, 900, 2_000, 4_000, 8_000];

/**
 * Carries out what somebody wants done, once: repeated under the same Idempotency-Key while no answer comes or the
 * server is not well. What became of it is seen on the socket; the reply matters when it is a refusal.
 */
export async function intend<T>(session: Session, route: RouteTo<T>, asked: Asked): Promise<Reply<T>> {
  const request = { body: {}, key: freshId(), ...asked };
  for (const pause of pausesMs) {
    const reply = await session.ask(route, request);
    if (reply.ok || !isPassing(reply.problem.status)) return reply;
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
  return session.ask(route, request);
}

/** No answer, too many requests, or a server that is not well: the same request may yet succeed. */
export function isPassing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
