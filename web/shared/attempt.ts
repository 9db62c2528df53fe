import { z } from "zod";
import type { Asked, Reply, RouteTo } from "./api.ts";
import { intend } from "./intent.ts";
import type { Session } from "./session.ts";
import { freshId, keep, kept } from "./storage.ts";

const Attempt = z.object({ key: z.string(), body: z.string() });

/**
 * Carries out what must be done once. Its key is kept in the browser under `name` until an answer comes, so that the
 * same thing wanted again, even after a reload, is the same thing.
 */
export async function attempt<T>(
  session: Session,
  route: RouteTo<T>,
  { body, ...asked }: Asked & { readonly body: object },
  name: string,
): Promise<Reply<T>> {
  const text = JSON.stringify(body);
  const before = kept(name, Attempt);
  const key = before?.body === text ? before.key : freshId();
  keep(name, { key, body: text });
  const reply = await intend(session, route, { ...asked, body, key });
  const unknown = !reply.ok && (reply.problem.status === 0 || reply.problem.status >= 500);
  if (!unknown) keep(name, null);
  return reply;
}

/** What was attempted under a name and not answered; null where there is nothing of the kind. */
export function unanswered<T>(name: string, schema: z.ZodType<T>): T | null {
  const before = kept(name, Attempt);
  if (before === null) return null;
  const body = schema.safeParse(JSON.parse(before.body));
  return body.success ? body.data : null;
}
