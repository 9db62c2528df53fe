import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { parseAddress, type Service } from "../../contracts/address.ts";
import { Envelope, Message } from "../../contracts/events.ts";
import { dbFor } from "./database.ts";
import { log } from "./log.ts";
import { deadLetters } from "./tables/dead-letters.ts";
import { troubleOf } from "./verdict.ts";

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
      if (letters.length > 0) await store(db, letters);
      else log.error("not a message of ours", { queue: batch.queue, id: message.id });
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

/** Marks letters whose facts have been applied after all. */
export async function closeDeadLetters(db: D1Database, ids: readonly string[], now: number): Promise<void> {
  for (let at = 0; at < ids.length; at += mostIds) {
    await dbFor({ DB: db }, "installation")
      .update(deadLetters)
      .set({ state: "closed", closedAt: now })
      .where(and(inArray(deadLetters.id, ids.slice(at, at + mostIds)), eq(deadLetters.state, "open")));
  }
}

/**
 * Sends quiet open letters once more; called by the front door's cron for all services. Mostly their facts were applied by another copy before
 * the letter was stored, and a copy that is found applied closes it.
 */
export async function sweepDeadLetters(
  db: D1Database,
  queues: Partial<Record<Service, Queue>>,
  now: number,
): Promise<void> {
  const quiet = await dbFor({ DB: db }, "installation")
    .select({ id: deadLetters.id, envelope: deadLetters.envelope })
    .from(deadLetters)
    .where(and(eq(deadLetters.state, "open"), lt(deadLetters.lastAt, now - quietMs)))
    .limit(mostSwept);
  for (const { id, envelope } of quiet) {
    // Each for itself: one that cannot be sent must not keep the others from it.
    await sendAgain(envelope, queues).catch((error: unknown) =>
      log.error("dead letter not sent again", { id, error: troubleOf(error).error }),
    );
    await dbFor({ DB: db }, "installation").update(deadLetters).set({ lastAt: now }).where(eq(deadLetters.id, id));
  }
}

async function sendAgain(stored: string, queues: Partial<Record<Service, Queue>>): Promise<void> {
  const envelope = Envelope.parse(JSON.parse(stored));
  const { service } = parseAddress(envelope.to);
  const queue = queues[service];
  if (queue === undefined) throw new Error(`no queue leads to ${service}`);
  await queue.send({ facts: [envelope], acks: [] } satisfies Message);
}

async function store(db: D1Database, letters: readonly DeadLetter[]): Promise<void> {
  for (const letter of letters) {
    const { envelope } = letter;
    await dbFor({ DB: db }, "installation")
      .insert(deadLetters)
      .values({
        id: envelope.id,
        tenant: envelope.tenant,
        consumer: letter.consumer,
        sender: envelope.from,
        receiver: envelope.to,
        sequence: envelope.sequence,
        type: envelope.type,
        order: envelope.correlationid,
        envelope: JSON.stringify(envelope),
        error: letter.error,
        stack: letter.stack,
        attempts: letter.attempts,
        firstAt: letter.firstAt,
        lastAt: letter.lastAt,
        state: "open",
      })
      .onConflictDoUpdate({
        target: deadLetters.id,
        set: {
          error: letter.error,
          stack: letter.stack,
          attempts: sql`${deadLetters.attempts} + ${letter.attempts}`,
          lastAt: letter.lastAt,
          state: "open",
          closedAt: null,
        },
      });
    log.error("dead letter", {
      id: envelope.id,
      type: envelope.type,
      order: envelope.correlationid,
      error: letter.error,
    });
  }
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
