import { sql } from "drizzle-orm";
import { factIn, Message, type Acknowledgement, type Envelope, type FactData } from "../../contracts/events.ts";
import { log } from "../shared/log.ts";
import { dbFor } from "./database.ts";
import type { OrderingEnv } from "./env.ts";
import { orders } from "./tables/orders.ts";

type Line = FactData<"order.changed">;

/** D1 takes at most 100 bound parameters a statement, and a line has 13. */
const linesPerStatement = 7;

/**
 * The outlet's consumer: writes the read model. A line replaces every older one of its order, so that the newest of a
 * batch is enough and a repetition harmless; it is acknowledged only after it is written.
 */
export async function consumeOutlet(batch: MessageBatch, env: OrderingEnv): Promise<void> {
  const newest = new Map<string, Line>();
  const positions = new Map<string, Acknowledgement>();
  const understood: MessageBatch["messages"][number][] = [];
  for (const message of batch.messages) {
    const lines = linesIn(message.body);
    if (typeof lines === "string") {
      log.error("not a message for the read model", { queue: batch.queue, id: message.id, error: lines });
      message.retry({ delaySeconds: 2 });
      continue;
    }
    understood.push(message);
    for (const { envelope, line } of lines) {
      const known = newest.get(line.order);
      if (known === undefined || known.seq < line.seq) newest.set(line.order, line);
      const { from, to, sequence } = envelope;
      const upTo = Math.max(positions.get(from)?.upTo ?? 0, sequence);
      positions.set(from, { from, to, upTo });
    }
  }
  try {
    await write(env, [...newest.values()]);
    if (positions.size > 0)
      await env.ORDERING_INBOX.send({ facts: [], acks: [...positions.values()] } satisfies Message);
    for (const message of understood) message.ack();
  } catch (error) {
    // All come again, for they were written together; what was written is written once more with the same outcome.
    log.error("read model not written", { queue: batch.queue, error: String(error) });
    for (const message of understood) message.retry({ delaySeconds: 2 });
  }
}

/** The lines a message brings, or what is wrong with it. */
function linesIn(body: unknown): { envelope: Envelope; line: Line }[] | string {
  const message = Message.safeParse(body);
  if (!message.success) return message.error.message;
  try {
    return message.data.facts.flatMap((envelope) => {
      const fact = factIn(envelope);
      return fact.type === "order.changed" ? [{ envelope, line: fact.data }] : [];
    });
  } catch (error) {
    return String(error);
  }
}

async function write(env: OrderingEnv, lines: readonly Line[]): Promise<void> {
  const db = dbFor(env);
  const statements = [];
  for (let at = 0; at < lines.length; at += linesPerStatement) {
    const rows = lines.slice(at, at + linesPerStatement).map(({ order, ...line }) => ({ id: order, ...line }));
    const newer = {
      status: sql`excluded.status`,
      total: sql`excluded.total`,
      updatedAt: sql`excluded.updated_at`,
      placedAt: sql`excluded.placed_at`,
      seq: sql`excluded.seq`,
      open: sql`excluded.open`,
    };
    statements.push(
      db
        .insert(orders)
        .values(rows)
        .onConflictDoUpdate({ target: orders.id, set: newer, setWhere: sql`excluded.seq > ${orders.seq}` }),
    );
  }
  const [first, ...rest] = statements;
  if (first !== undefined) await db.batch([first, ...rest]);
}
