import { getTableColumns, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { parseAddress } from "../../contracts/address.ts";
import { factIn, isTombstone, Message, type Acknowledgement, type Envelope } from "../../contracts/envelope.ts";
import type { FactData } from "../../contracts/events.ts";
import type { Receiver } from "../shared/carriers.ts";
import { dbFor } from "../shared/database.ts";
import { closeLettersOf } from "../shared/dead-letters.ts";
import { log } from "../shared/log.ts";
import type { Tally } from "../shared/metrics/tally.ts";
import { troubleOf, type Trouble } from "../shared/trouble.ts";
import { judgeMessage } from "../shared/verdict.ts";
import { tableKeyOf } from "../../domain/order/finding.ts";
import type { OrderingEnv } from "./env.ts";
import { floorOrderIn } from "./floor-line.ts";
import { orders } from "./tables/orders.ts";
import { hidden } from "./traces.ts";

type Line = FactData<"order.changed">;

/** A line has a kilobyte or two, and D1 takes texts of two million characters. */
const linesPerStatement = 200;

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
  await tellFloors(env, [...newest.values()], changed);
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

const Changed = z.object({
  id: z.string(),
  status: z.string(),
  open: z.union([z.boolean(), z.number()]).transform(Boolean),
});
type Changed = z.output<typeof Changed>;

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

/** Who looks at a tenant's open orders is told of each that was written. */
async function tellFloors(env: OrderingEnv, lines: readonly Line[], changed: readonly Changed[]): Promise<void> {
  const news = new Set(changed.map(({ id }) => id));
  const byTenant = Map.groupBy(
    lines.filter(({ order }) => news.has(order)),
    ({ tenant }) => tenant,
  );
  await Promise.all(
    [...byTenant].map(async ([tenant, told]) => {
      try {
        await env.FLOOR.getByName(tenant).tell(told.map(floorOrderIn));
      } catch (error) {
        // What is lost here the next snapshot shows; the lines are written, and must not come again for it.
        log.error("floor not told", { tenant, ...troubleOf(error) });
      }
    }),
  );
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

/** Writes lines, and returns those that were news. A statement takes them as one text, however many they are. */
async function write(env: OrderingEnv, lines: readonly Line[]): Promise<Changed[]> {
  const db = dbFor(env, "installation");
  const changed: unknown[] = [];
  for (let at = 0; at < lines.length; at += linesPerStatement) {
    const rows = lines.slice(at, at + linesPerStatement).map((line) => rowOf(env, line));
    changed.push(...(await db.all(upsert(JSON.stringify(rows)))));
  }
  return z.array(Changed).parse(changed);
}

/** What a line of older code leaves out stays as it was. */
function upsert(rows: string): SQL {
  const kept = [
    "sent_at",
    "accepted_at",
    "promised_at",
    "ready_at",
    "ended_at",
    "reason",
    "items",
    "at_table",
    "table_key",
    "phone",
    "traces",
  ];
  const set = sql.join(
    [
      ...["status", "total", "updated_at", "placed_at", "seq", "open", "due_at", "refunded", "attention"].map((name) =>
        sql.raw(`${name} = excluded.${name}`),
      ),
      ...kept.map((name) => sql.raw(`${name} = coalesce(excluded.${name}, orders.${name})`)),
    ],
    sql`, `,
  );
  const names = Object.values(getTableColumns(orders)).map(({ name }) => name);
  const values = sql.join(
    names.map((name) => sql.raw(`value ->> '$.${name}'`)),
    sql`, `,
  );
  // `where true`: without it SQLite takes ON for a join's.
  return sql`insert into orders (${sql.raw(names.join(", "))}) select ${values} from json_each(${rows}) where true
    on conflict (id) do update set ${set} where excluded.seq > orders.seq returning id, status, open`;
}

/** A line as the table has it; of the customer only what cannot be read. */
function rowOf(env: OrderingEnv, line: Line): Record<string, string | number | null> {
  const { contact, tenant } = line;
  return {
    id: line.order, tenant, venue: line.venue, customer: line.customer, code: line.code, status: line.status,
    fulfilment: line.fulfilment, total: line.total, currency: line.currency, placed_at: line.placedAt,
    updated_at: line.updatedAt, seq: line.seq, open: line.open ? 1 : 0, erased_at: null, sent_at: line.sentAt ?? null,
    accepted_at: line.acceptedAt ?? null, promised_at: line.promisedAt ?? null, ready_at: line.readyAt ?? null,
    ended_at: line.endedAt ?? null, due_at: line.dueAt ?? null, reason: line.reason ?? null,
    refunded: line.refunded ?? 0, attention: JSON.stringify(line.attention ?? []),
    items: line.items === undefined ? null : JSON.stringify(line.items),
    at_table: line.table ?? null, table_key: line.table === undefined ? null : tableKeyOf(line.table),
    ...(contact === undefined ? { phone: null, traces: null } : hidden(env.KEY_ENCRYPTION_SECRET, tenant, contact)),
  }; // prettier-ignore
}
