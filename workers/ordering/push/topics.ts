import { and, eq } from "drizzle-orm";
import type { Principal } from "../../../contracts/principal.ts";
import type { PushTopic } from "../../../contracts/push.ts";
import type { Ask } from "../../shared/actor.ts";
import { dbFor } from "../../shared/database.ts";
import type { OrderingEnv } from "../env.ts";
import { pushTopics } from "../tables/push.ts";

/** Somebody of a tenant who wants to be told. */
type Subject = Pick<Principal, "tenant" | "subject">;
type TopicsEnv = Pick<OrderingEnv, "DB" | "ORDER" | "VENUE">;

/** Notes that a subject wants to be told of a topic by a subscription. */
export async function listTopic(env: TopicsEnv, whose: Subject, subscription: string, topic: PushTopic): Promise<void> {
  const { tenant, subject } = whose;
  const about = topic.kind === "order" ? topic.order : topic.venue;
  await dbFor(env, { tenant })
    .insert(pushTopics)
    .values({ tenant, subject, subscription, kind: topic.kind, about, createdAt: Date.now() })
    .onConflictDoNothing();
}

/** Ends all that a subject wants to be told by one subscription, or, null, by any. How much that was. */
export async function endTopics(
  env: TopicsEnv,
  { tenant, subject }: Subject,
  subscription: string | null,
  ask: Ask,
): Promise<number> {
  const db = dbFor(env, { tenant });
  const own = and(
    eq(pushTopics.tenant, tenant),
    eq(pushTopics.subject, subject),
    subscription === null ? undefined : eq(pushTopics.subscription, subscription),
  );
  const listed = await db.select().from(pushTopics).where(own);
  await Promise.all(
    listed.map(({ kind, about, subscription: id }) =>
      kind === "order"
        ? env.ORDER.getByName(`${tenant}/${about}`).unsubscribe(id, subject, ask)
        : env.VENUE.getByName(`${tenant}/${about}`).unsubscribe(id, ask),
    ),
  );
  if (listed.length > 0) await db.delete(pushTopics).where(own);
  return listed.length;
}
