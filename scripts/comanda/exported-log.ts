import { z } from "zod";
import type { EventView } from "../../contracts/order.ts";
import { chained, digestOf, erasedTexts } from "../../workers/shared/storage.ts";

/** What every event of a log says; the rest of it is passed through untouched. */
const Happened = z.looseObject({ type: z.string(), seq: z.int(), at: z.int() });
type Happened = z.infer<typeof Happened>;

/** An event of an order's log as a CloudEvents 1.0 event; `comandahash` chains it to all before. */
const LoggedEvent = z.object({
  specversion: z.literal("1.0"),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal("application/json"),
  sequence: z.int(),
  comandahash: z.string(),
  // Copied by no schema: the hash is of its every letter.
  data: z.custom<Happened>((data) => Happened.safeParse(data).success),
});
type LoggedEvent = z.infer<typeof LoggedEvent>;

/** An order's log as NDJSON: one CloudEvent a line. */
export function exportedLog(order: { tenant: string; id: string }, events: readonly EventView[]): string {
  const source = `/tenants/${order.tenant}/orders/${order.id}`;
  return events.map(({ hash, body }) => `${lineOf(source, JSON.parse(body), hash)}\n`).join("");
}

/** The one way to write an event of the log: all of a line follows from whose it is, what happened, and the hash. */
function lineOf(source: string, data: Happened, hash: string): string {
  const [, , tenant = "", , order = ""] = source.split("/");
  const line: LoggedEvent = {
    specversion: "1.0",
    id: `order/${tenant}/${order}#${data.seq}`,
    source,
    type: `comanda.log.${data.type}`,
    subject: order,
    time: new Date(data.at).toISOString(),
    datacontenttype: "application/json",
    sequence: data.seq,
    comandahash: hash,
    data,
  };
  return JSON.stringify(line);
}

export type Verdict =
  | { readonly whole: true; readonly order: string; readonly events: number }
  | { readonly whole: false; readonly line: number; readonly why: string };

/**
 * Whether an exported log is whole: one order's events, numbered from 1 without a gap, each with the SHA-256 over the
 * hash before it and its own text, or with the text that a later event says it has since something of it was erased;
 * and nothing on a line but what follows from those. Where the end was cut off, or all was written anew, only the order
 * itself can tell.
 */
export function verifyLog(text: string): Verdict {
  const lines = text.replace(/\n$/, "").split("\n");
  const erased = erasedTexts(lines.flatMap((line) => eventIn(line)?.data ?? []).map((data) => JSON.stringify(data)));
  let hash = "";
  let source = "";
  let order = "";
  for (const [at, line] of lines.entries()) {
    const broken = (why: string): Verdict => ({ whole: false, line: at + 1, why });
    if (line.trim() === "") return broken(text.trim() === "" ? "it is empty" : "it is a line without an event");
    const event = eventIn(line);
    if (event === null) return broken("it is no event of an exported log");
    const { sequence, subject, comandahash, data } = event;
    if (at > 0 && event.source !== source) return broken(`it is of another order, ${subject}`);
    if (sequence !== at + 1) return broken(`it is event ${sequence} where ${at + 1} belongs`);
    ({ source, subject: order } = event);
    const body = JSON.stringify(data);
    const follows = comandahash === chained(hash, body) || erased.get(sequence) === digestOf(body);
    if (!follows) return broken("its hash does not follow from what stands before it");
    hash = comandahash;
    if (line !== lineOf(source, data, hash)) return broken("it says something else than the event its hash is of");
  }
  return { whole: true, order, events: lines.length };
}

/** What a line holds; its data as it stands there, to the last letter that can be parsed. */
function eventIn(line: string): LoggedEvent | null {
  try {
    return LoggedEvent.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
