import { sql } from "drizzle-orm";
import { parseAddress } from "../../contracts/address.ts";
import { factIn, Message, type Acknowledgement, type Envelope, type FactData } from "../../contracts/events.ts";
import type { Receiver } from "../shared/carriers.ts";
import { dbFor } from "../shared/database.ts";
import { closeLettersOf } from "../shared/dead-letters.ts";
import { log } from "../shared/log.ts";
import { judgeMessage, troubleOf, type Trouble } from "../shared/verdict.ts";
import type { OrderingEnv } from "./env.ts";
import { orders } from "./tables/orders.ts";

type Line = FactData<"order.changed">;

/** D1 takes at most 100 bound parameters a statement, and a line has 13. */
const linesPerStatement = 7;

const consumer = "outlet";

/**
 * The outlet's consumer: writes the read model. A line replaces every older one of its order, so that the newest of a
 * batch is enough and a repetition harmless; it is acknowledged only after it is written.
 */
export async function consumeOutlet(batch: MessageBatch, env: OrderingEnv): Promise<void> {
  const now = Date.now();
  const newest = new Map<string, Line>();
  const written: Envelope[] = [];
  const troubles = new Map<string, Trouble>();
  const messages = batch.messages.map((message) => ({ message, parsed: Message.safeParse(message.body) }));
  for (const { message, parsed } of messages) {
    if (!parsed.success) log.error("not a message of ours", { queue: batch.queue, id: message.id });
    for (const envelope of parsed.data?.facts ?? []) {
      try {
        const fact = factIn(envelope);
        if (fact.type !== "order.changed") throw new Error(`${fact.type} is not for the read model`);
        const known = newest.get(fact.data.order);
        if (known === undefined || known.seq < fact.data.seq) newest.set(fact.data.order, fact.data);
        written.push(envelope);
      } catch (error) {
        troubles.set(envelope.id, troubleOf(error));
      }
    }
  }
  // All come again, for they are written together; what was written is written once more with the same outcome.
  await write(env, [...newest.values()]).catch((error: unknown) => {
    const trouble = troubleOf(error);
    log.error("read model not written", { queue: batch.queue, error: trouble.error });
    for (const envelope of written.splice(0)) troubles.set(envelope.id, trouble);
  });
  for (const { message, parsed } of messages) {
    const failed = (parsed.data?.facts ?? []).flatMap((envelope) => {
      const trouble = troubles.get(envelope.id);
      return trouble === undefined ? [] : [{ envelope, trouble }];
    });
    await judgeMessage(message, failed, { consumer, dead: env.DEAD_LETTERS }, now);
  }
  await acknowledge(env, written);
  await closeLettersOf(env.DB, written, now);
}

async function acknowledge(env: OrderingEnv, written: readonly Envelope[]): Promise<void> {
  const positions = new Map<string, Acknowledgement>();
  for (const { from, to, sequence } of written) {
    positions.set(from, { from, to, upTo: Math.max(positions.get(from)?.upTo ?? 0, sequence) });
  }
  const senders: { getByName(name: string): Receiver } = env.ORDER;
  // An acknowledgement that is lost costs one retransmission.
  await Promise.allSettled(
    [...positions.values()].map((position) =>
      senders.getByName(parseAddress(position.from).name).receive({ facts: [], acks: [position] }),
    ),
  );
}

async function write(env: OrderingEnv, lines: readonly Line[]): Promise<void> {
  const db = dbFor(env, "installation");
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
