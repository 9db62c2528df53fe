import { sql } from "drizzle-orm";
import { parseAddress } from "../../contracts/address.ts";
import {
  factIn,
  isTombstone,
  Message,
  type Acknowledgement,
  type Envelope,
  type FactData,
} from "../../contracts/events.ts";
import type { Receiver } from "../shared/carriers.ts";
import { dbFor } from "../shared/database.ts";
import { closeLettersOf } from "../shared/dead-letters.ts";
import { log } from "../shared/log.ts";
import type { Tally } from "../shared/metrics/tally.ts";
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
export async function consumeOutlet(batch: MessageBatch, env: OrderingEnv, tally?: Tally): Promise<void> {
  const now = Date.now();
  const newest = new Map<string, Line>();
  const written: Envelope[] = [];
  const troubles = new Map<string, Trouble>();
  const messages = batch.messages.map((message) => ({ message, parsed: Message.safeParse(message.body) }));
  for (const { message, parsed } of messages) {
    if (!parsed.success) log.error("not a message of ours", { queue: batch.queue, id: message.id });
    for (const envelope of parsed.data?.facts ?? []) {
      try {
        const line = lineIn(envelope);
        const known = line === null ? undefined : newest.get(line.order);
        if (line !== null && (known === undefined || known.seq < line.seq)) newest.set(line.order, line);
        written.push(envelope);
      } catch (error) {
        troubles.set(envelope.id, troubleOf(error));
      }
    }
  }
  // All come again, for they are written together; what was written is written once more with the same outcome.
  const changed = await write(env, [...newest.values()]).catch((error: unknown) => {
    const trouble = troubleOf(error);
    log.error("read model not written", { queue: batch.queue, error: trouble.error });
    for (const envelope of written.splice(0)) troubles.set(envelope.id, trouble);
    return [];
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
  const arrived = messages.flatMap(({ parsed }) => parsed.data ?? []);
  if (tally !== undefined) await countIn(tally, { arrived, written, changed, env });
}

/** What the read model has learnt, and how late. A line that came twice has changed nothing, and is not counted. */
async function countIn(tally: Tally, { arrived, written, changed, env }: Learnt): Promise<void> {
  const now = Date.now();
  const news = new Set(changed.map(({ id }) => id));
  for (const { from, type, time } of written) {
    if (news.has(parseAddress(from).id)) tally.observe([type, now - Date.parse(time)]);
  }
  for (const { open, status } of changed) if (!open) tally.count("comanda_orders_ended_total", status);
  const again = arrived.filter((message) => message.again === true).flatMap(({ facts }) => facts);
  tally.count("comanda_retransmissions_total", "", again.length);
  await tally.tell(env.DB, now);
}

type Changed = Pick<typeof orders.$inferSelect, "id" | "status" | "open">;

interface Learnt {
  readonly arrived: readonly Message[];
  readonly written: readonly Envelope[];
  readonly changed: readonly Changed[];
  readonly env: OrderingEnv;
}

/** The line a fact brings; null for one that was dropped. Throws where it is none. */
export function lineIn(envelope: Envelope): Line | null {
  if (isTombstone(envelope)) return null;
  const fact = factIn(envelope);
  if (fact.type !== "order.changed") throw new Error(`${fact.type} is not for the read model`);
  return fact.data;
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

/** Writes lines, and returns those that were news. */
async function write(env: OrderingEnv, lines: readonly Line[]): Promise<Changed[]> {
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
        .onConflictDoUpdate({ target: orders.id, set: newer, setWhere: sql`excluded.seq > ${orders.seq}` })
        .returning({ id: orders.id, status: orders.status, open: orders.open }),
    );
  }
  const [first, ...rest] = statements;
  return first === undefined ? [] : (await db.batch([first, ...rest])).flat();
}
