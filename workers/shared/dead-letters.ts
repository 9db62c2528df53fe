import { and, count, eq, inArray, isNull, lt, min, or, sql } from "drizzle-orm";
import { z } from "zod";
import { parseAddress, type Service } from "../../contracts/address.ts";
import { Envelope, Message, tombstoneOf } from "../../contracts/envelope.ts";
import { dbFor } from "./database.ts";
import { log } from "./log.ts";
import { deadLetters } from "./tables/dead-letters.ts";
import { troubleOf } from "./trouble.ts";

/** What the consumer writes on a fact it gives up: the queue itself would keep nothing of why. */
export const DeadLetter = z.object({
  envelope: Envelope,
  consumer: z.string(),
  error: z.string(),
  stack: z.string(),
  attempts: z.int(),
  /** When the message was first sent, and when it was given up (epoch ms). */
  firstAt: z.int(),
  lastAt: z.int(),
});
export type DeadLetter = Readonly<z.infer<typeof DeadLetter>>;

const Letters = z.object({ letters: z.array(DeadLetter) });

/** Letters whose stream still waits: for their fact, or for its tombstone. */
const unfinished = or(
  eq(deadLetters.state, "open"),
  and(eq(deadLetters.state, "dropped"), isNull(deadLetters.closedAt)),
);

/** D1 takes at most 100 bound parameters a statement. */
const mostIds = 90;
/** A fact that still fails dies anew at least every five minutes, for its sender goes on; a letter older than this is quiet. */
const quietMs = 10 * 60_000;
const mostSwept = 50;
/** No younger fact can be a dead letter: its attempts take 7 s. */
const youngestMs = 5_000;

/** The dead-letter queue's consumer: every letter goes to D1 before it is acknowledged. */
export async function storeDeadLetters(batch: MessageBatch, db: D1Database): Promise<void> {
  for (const message of batch.messages) {
    try {
      const letters = lettersIn(message, batch.queue);
      if (letters.length === 0) log.error("not a message of ours", { queue: batch.queue, id: message.id });
      await store(db, letters);
      message.ack();
    } catch (error) {
      log.error("dead letter not stored", { queue: batch.queue, error: troubleOf(error).error });
      message.retry();
    }
  }
}

/**
 * To be told of every fact that is applied: closes the letters of those that are old enough to have been given up
 * before. Costs nothing for facts that come in time.
 */
export async function closeLettersOf(db: D1Database, applied: readonly Envelope[], now: number): Promise<void> {
  const old = applied.filter(({ time }) => !(now - Date.parse(time) < youngestMs));
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await closeDeadLetters(db, ids, now).catch((error: unknown) =>
    log.error("dead letter left open", { error: troubleOf(error).error }),
  );
}

/** Marks letters whose facts have been applied after all, or whose tombstones have: a dropped letter stays dropped. */
export async function closeDeadLetters(db: D1Database, ids: readonly string[], now: number): Promise<void> {
  for (let at = 0; at < ids.length; at += mostIds) {
    await dbFor({ DB: db }, "installation")
      .update(deadLetters)
      .set({ state: sql`case ${deadLetters.state} when 'dropped' then 'dropped' else 'closed' end`, closedAt: now })
      .where(and(inArray(deadLetters.id, ids.slice(at, at + mostIds)), unfinished));
  }
}

/** How many letters of each consumer are open, and since when the oldest (epoch ms); for metrics, of all tenants. */
export async function deadLetterCounts(
  db: D1Database,
): Promise<{ consumer: string; open: number; oldestAt: number }[]> {
  const rows = await dbFor({ DB: db }, "installation")
    .select({ consumer: deadLetters.consumer, open: count(), oldestAt: min(deadLetters.firstAt) })
    .from(deadLetters)
    .where(eq(deadLetters.state, "open"))
    .groupBy(deadLetters.consumer);
  return rows.map(({ oldestAt, ...row }) => ({ ...row, oldestAt: oldestAt ?? 0 }));
}

/** What is sent for a letter: its fact, as edited where somebody has, or the tombstone of one that was dropped. */
export function envelopeFor({ envelope, edited, state }: Sendable): Envelope {
  const written = Envelope.parse(JSON.parse(envelope));
  if (state === "dropped") return tombstoneOf(written);
  return edited === null ? written : { ...written, data: JSON.parse(edited) };
}

type Sendable = Pick<typeof deadLetters.$inferSelect, "envelope" | "edited" | "state">;

/**
 * Sends quiet letters once more, and lost tombstones; called by the front door's cron for all services. Mostly their
 * facts were applied by another copy before the letter was stored, and a copy that is found applied closes it.
 */
export async function sweepDeadLetters(
  db: D1Database,
  queues: Partial<Record<Service, Queue>>,
  now: number,
): Promise<void> {
  const quiet = await dbFor({ DB: db }, "installation")
    .select({
      id: deadLetters.id,
      envelope: deadLetters.envelope,
      edited: deadLetters.edited,
      state: deadLetters.state,
    })
    .from(deadLetters)
    .where(and(unfinished, lt(deadLetters.lastAt, now - quietMs)))
    .limit(mostSwept);
  for (const { id, ...letter } of quiet) {
    // Each for itself: one that cannot be sent must not keep the others from it.
    await sendAgain(letter, queues).catch((error: unknown) =>
      log.error("dead letter not sent again", { id, error: troubleOf(error).error }),
    );
    await dbFor({ DB: db }, "installation").update(deadLetters).set({ lastAt: now }).where(eq(deadLetters.id, id));
  }
}

async function sendAgain(letter: Sendable, queues: Partial<Record<Service, Queue>>): Promise<void> {
  const envelope = envelopeFor(letter);
  const { service } = parseAddress(envelope.to);
  const queue = queues[service];
  if (queue === undefined) throw new Error(`no queue leads to ${service}`);
  await queue.send({ facts: [envelope], acks: [] } satisfies Message);
}

async function store(db: D1Database, letters: readonly DeadLetter[]): Promise<void> {
  for (const letter of letters) {
    const known = await stateOf(db, letter.envelope.id);
    await dbFor({ DB: db }, "installation")
      .insert(deadLetters)
      .values(rowOf(letter))
      .onConflictDoUpdate({
        target: deadLetters.id,
        set: {
          error: letter.error,
          stack: letter.stack,
          attempts: sql`${deadLetters.attempts} + ${letter.attempts}`,
          lastAt: letter.lastAt,
          // A late copy of a fact that was dropped does not bring it back.
          state: sql`case ${deadLetters.state} when 'dropped' then 'dropped' else 'open' end`,
          closedAt: sql`case ${deadLetters.state} when 'dropped' then ${deadLetters.closedAt} end`,
          // One that was over and is back has begun anew, and is told of anew.
          firstAt: sql`case ${deadLetters.state} when 'closed' then ${letter.firstAt} else ${deadLetters.firstAt} end`,
          toldAt: sql`case ${deadLetters.state} when 'closed' then null else ${deadLetters.toldAt} end`,
        },
      });
    if (known === "open" || known === "dropped") tell("died again", log.info, letter);
    else tell("dead letter", log.error, letter);
  }
}

/** The line an alert is made of: one for each letter that appears. Those who watch the log look for its `event`. */
function tell(message: string, write: typeof log.error, { envelope, consumer, error, attempts }: DeadLetter): void {
  const { id, tenant, type, correlationid: order, traceparent } = envelope;
  const event = message === "dead letter" ? "dead-letter.appeared" : "dead-letter.died-again";
  write(message, {
    event,
    id,
    tenant,
    type,
    order,
    consumer,
    attempts,
    error,
    ...(traceparent === undefined ? {} : { traceparent }),
  });
}

async function stateOf(db: D1Database, id: string): Promise<"open" | "closed" | "dropped" | null> {
  const [row] = await dbFor({ DB: db }, "installation")
    .select({ state: deadLetters.state })
    .from(deadLetters)
    .where(eq(deadLetters.id, id));
  return row?.state ?? null;
}

function rowOf({ envelope, consumer, error, stack, attempts, firstAt, lastAt }: DeadLetter) {
  return {
    id: envelope.id,
    tenant: envelope.tenant,
    consumer,
    sender: envelope.from,
    receiver: envelope.to,
    sequence: envelope.sequence,
    type: envelope.type,
    order: envelope.correlationid,
    envelope: JSON.stringify(envelope),
    error,
    stack,
    attempts,
    firstAt,
    lastAt,
    state: "open" as const,
  };
}

function lettersIn(message: { body: unknown; timestamp: Date; attempts: number }, queue: string): DeadLetter[] {
  const written = Letters.safeParse(message.body);
  if (written.success) return written.data.letters;
  const moved = Message.safeParse(message.body);
  if (!moved.success) return [];
  const at = message.timestamp.getTime();
  return moved.data.facts.map((envelope) => ({
    envelope,
    consumer: queue.replace(/-dead$/, ""),
    error: "The queue gave the message up before its consumer could say why: the consumer died or ran out of time.",
    stack: "",
    attempts: message.attempts,
    firstAt: at,
    lastAt: at,
  }));
}
