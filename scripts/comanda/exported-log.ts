import { createHash } from "node:crypto";
import { z } from "zod";
import type { EventView } from "../../contracts/order.ts";

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
  data: z.json(),
});
type LoggedEvent = z.infer<typeof LoggedEvent>;

/** An order's log as NDJSON: one CloudEvent a line. */
export function exportedLog(order: { tenant: string; id: string }, events: readonly EventView[]): string {
  const { tenant, id } = order;
  const lines = events.map(({ seq, type, at, hash, body }): LoggedEvent => ({
    specversion: "1.0",
    id: `order/${tenant}/${id}#${seq}`,
    source: `/tenants/${tenant}/orders/${id}`,
    type: `comanda.log.${type}`,
    subject: id,
    time: at,
    datacontenttype: "application/json",
    sequence: seq,
    comandahash: hash,
    data: JSON.parse(body),
  }));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

export type Verdict =
  | { readonly whole: true; readonly order: string; readonly events: number }
  | { readonly whole: false; readonly line: number; readonly why: string };

/**
 * Whether an exported log is whole: one order's events, numbered from 1 without a gap, each with the SHA-256 over the
 * hash before it and its own text.
 */
export function verifyLog(text: string): Verdict {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  let hash = "";
  let order = "";
  for (const [at, line] of lines.entries()) {
    const broken = (why: string): Verdict => ({ whole: false, line: at + 1, why });
    const event = eventIn(line);
    if (event === null) return broken("it is no event of an exported log");
    const { sequence, subject, comandahash, data } = event;
    if (at > 0 && subject !== order) return broken(`it is of another order, ${subject}`);
    if (sequence !== at + 1) return broken(`it is event ${sequence} where ${at + 1} belongs`);
    order = subject;
    hash = createHash("sha256")
      .update(`${hash}\n${JSON.stringify(data)}`)
      .digest("hex");
    if (hash !== comandahash) return broken("its hash does not follow from what stands before it");
  }
  return lines.length === 0
    ? { whole: false, line: 1, why: "it is empty" }
    : { whole: true, order, events: lines.length };
}

function eventIn(line: string): LoggedEvent | null {
  try {
    return LoggedEvent.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
