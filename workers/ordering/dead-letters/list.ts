import { and, desc, eq, lt, or } from "drizzle-orm";
import type { z } from "zod";
import type { DeadLetterView } from "../../../contracts/dead-letter.ts";
import type { operationRoutes } from "../../../contracts/operations.ts";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { dbFor } from "../../shared/database.ts";
import { deadLetters } from "../../shared/tables/dead-letters.ts";
import type { OrderingEnv } from "../env.ts";
import { idIn, nameOf, viewOf } from "./rows.ts";

type Query = z.output<typeof operationRoutes.deadLetters.query>;

/** A page of a tenant's letters, the one that was tried last first. */
export async function listDeadLetters(
  env: OrderingEnv,
  tenant: string,
  { state, consumer, order, cursor, limit }: Query,
): Promise<{ deadLetters: DeadLetterView[]; next: string | null } | Refusal> {
  const after = cursor === undefined ? undefined : placeIn(cursor);
  if (after === null)
    return refuse("invalid-value", "See errors.", [{ pointer: "/query/cursor", detail: "not a cursor of this list" }]);
  const rows = await dbFor(env, { tenant })
    .select()
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.tenant, tenant),
        state === "all" ? undefined : eq(deadLetters.state, state),
        consumer === undefined ? undefined : eq(deadLetters.consumer, consumer),
        order === undefined ? undefined : eq(deadLetters.order, order),
        after === undefined
          ? undefined
          : or(lt(deadLetters.lastAt, after.at), and(eq(deadLetters.lastAt, after.at), lt(deadLetters.id, after.id))),
      ),
    )
    .orderBy(desc(deadLetters.lastAt), desc(deadLetters.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { deadLetters: page.map(viewOf), next: more ? `${last.lastAt}_${nameOf(last)}` : null };
}

function placeIn(text: string): { at: number; id: string } | null {
  const [, at, id] = /^(\d{1,15})_([A-Za-z0-9_-]+)$/.exec(text) ?? [];
  if (at === undefined || id === undefined) return null;
  return { at: Number(at), id: idIn(id) };
}
