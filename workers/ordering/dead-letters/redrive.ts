import { and, asc, eq, gt } from "drizzle-orm";
import type { DeadLetterView } from "../../../contracts/dead-letter.ts";
import type { Envelope, Message } from "../../../contracts/envelope.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { dbFor } from "../../shared/database.ts";
import { envelopeFor } from "../../shared/dead-letters.ts";
import { bytesOf } from "../../shared/message-size.ts";
import { deadLetterActs, deadLetters } from "../../shared/tables/dead-letters.ts";
import { queueTo } from "../desks.ts";
import type { OrderingEnv } from "../env.ts";
import { idIn, letterOf, nameOf, viewOf, type Hand, type Row } from "./rows.ts";

const mostRedriven = 200;
/** A queue takes at most 100 messages and 256 KB at once; D1 100 parameters a statement, of which an act takes six. */
const mostInBatch = 100;
const mostBatchBytes = 240_000;
const mostActs = 16;

/** Puts the letter's fact on its way once more; it is closed when the receiver has applied it. */
export async function redrive(env: OrderingEnv, hand: Hand, id: string): Promise<DeadLetterView | Refusal> {
  const row = await letterOf(env, hand.tenant, id);
  if (isRefusal(row)) return row;
  if (row.state !== "open") return refuse("conflict", `The dead letter is ${row.state} already.`);
  await send(env, [row]);
  await note(env, hand, [row]);
  return viewOf(row);
}

/** The same with all that are open, or those of one order; what does not go now goes with the next page. */
export async function redriveMany(
  env: OrderingEnv,
  hand: Hand,
  { order, cursor }: { readonly order?: string | undefined; readonly cursor?: string | undefined },
): Promise<{ redriven: number; next: string | null }> {
  const { tenant } = hand;
  const rows = await dbFor(env, { tenant })
    .select()
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.tenant, tenant),
        eq(deadLetters.state, "open"),
        order === undefined ? undefined : eq(deadLetters.order, order),
        cursor === undefined ? undefined : gt(deadLetters.id, idIn(cursor)),
      ),
    )
    .orderBy(asc(deadLetters.id))
    .limit(mostRedriven + 1);
  const some = rows.slice(0, mostRedriven);
  await send(env, some);
  await note(env, hand, some);
  const last = some.at(-1);
  return { redriven: some.length, next: rows.length > mostRedriven && last !== undefined ? nameOf(last) : null };
}

/** Each fact as a message of its own, so that one that fails again has its attempts for itself. */
async function send(env: OrderingEnv, rows: readonly Row[]): Promise<void> {
  const envelopes = rows.map(envelopeFor).toSorted((a, b) => a.sequence - b.sequence);
  for (const [queue, some] of Map.groupBy(envelopes, (envelope) => queueTo(env, envelope))) {
    for (const batch of batches(some)) await queue.sendBatch(batch.map((body) => ({ body })));
  }
}

function batches(envelopes: readonly Envelope[]): Message[][] {
  const parts: Message[][] = [];
  let bytes = Infinity;
  for (const envelope of envelopes) {
    const message = { facts: [envelope], acks: [] };
    const size = bytesOf(JSON.stringify(message)) + 100;
    if (bytes + size > mostBatchBytes || parts.at(-1)?.length === mostInBatch) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(message);
    bytes += size;
  }
  return parts;
}

/** Keeps who has sent them. */
async function note(env: OrderingEnv, { tenant, by }: Hand, rows: readonly Row[]): Promise<void> {
  const at = Date.now();
  const db = dbFor(env, { tenant });
  for (let first = 0; first < rows.length; first += mostActs) {
    const some = rows.slice(first, first + mostActs);
    const acts = some.map(({ id }) => ({ letter: id, tenant, by, at, act: "redriven" as const, reason: "" }));
    await db.insert(deadLetterActs).values(acts);
  }
}
