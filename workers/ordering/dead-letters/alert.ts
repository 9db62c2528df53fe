import { and, eq, isNull } from "drizzle-orm";
import { createHash } from "node:crypto";
import { dbFor } from "../../shared/database.ts";
import { log } from "../../shared/log.ts";
import { deadLetters } from "../../shared/tables/dead-letters.ts";
import { troubleOf } from "../../shared/trouble.ts";
import type { OrderingEnv } from "../env.ts";
import { endpoints } from "../tables/endpoints.ts";
import { nameOf, type Row } from "./rows.ts";

const mostAtOnce = 20;
/** A letter's error can be long; the whole of it is in the letter. */
const longestError = 500;

/**
 * Tells each tenant's endpoints of letters that have appeared; called by the front door's cron for all services, so that
 * none of them needs a way to endpoints. What fails comes again in a minute, under the same id.
 */
export async function alertTenants(env: OrderingEnv, now: number): Promise<void> {
  const untold = await dbFor(env, "installation")
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.state, "open"), isNull(deadLetters.toldAt)))
    .limit(mostAtOnce);
  for (const row of untold) {
    await tell(env, row, now).catch((error: unknown) =>
      log.error("dead letter not told of", { id: row.id, error: troubleOf(error).error }),
    );
  }
}

async function tell(env: OrderingEnv, row: Row, now: number): Promise<void> {
  const { id, tenant, order, type: fact, sender, receiver, sequence, consumer, firstAt } = row;
  const listeners = await dbFor(env, { tenant })
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(eq(endpoints.tenant, tenant));
  const error = row.error.slice(0, longestError);
  const alert = { letter: nameOf(row), order, fact, sender, receiver, sequence, consumer, error, at: row.lastAt };
  // The same for every attempt to tell of it, another one when it comes back after it was closed.
  const name = `alert_${createHash("sha256").update(`${id} ${firstAt}`).digest("hex").slice(0, 40)}`;
  await Promise.all(listeners.map((listener) => env.ENDPOINT.getByName(`${tenant}/${listener.id}`).alert(name, alert)));
  await dbFor(env, { tenant })
    .update(deadLetters)
    .set({ toldAt: now })
    .where(and(eq(deadLetters.tenant, tenant), eq(deadLetters.id, id)));
}
