import { z } from "zod";
import { rfc3339 } from "../../contracts/time.ts";

/** What every event of a log says; the rest of it is passed through untouched. */
export const Happened = z.looseObject({ type: z.string(), seq: z.int(), at: z.int() });
export type Happened = z.infer<typeof Happened>;

/** An event of an order's log as a CloudEvents 1.0 event; `comandahash` chains it to all before. */
export const LoggedEvent = z.object({
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
export type LoggedEvent = z.infer<typeof LoggedEvent>;

/** An order's log as NDJSON: one CloudEvent a line. */
export function exportedLog(
  order: { readonly tenant: string; readonly id: string },
  events: readonly { readonly hash: string; readonly body: string }[],
): string {
  const source = `/tenants/${order.tenant}/orders/${order.id}`;
  return events.map(({ hash, body }) => `${lineOf(source, JSON.parse(body), hash)}\n`).join("");
}

/** The one way to write an event of the log: all of a line follows from whose it is, what happened, and the hash. */
export function lineOf(source: string, data: Happened, hash: string): string {
  const [, , tenant = "", , order = ""] = source.split("/");
  const line: LoggedEvent = {
    specversion: "1.0",
    id: `order/${tenant}/${order}#${data.seq}`,
    source,
    type: `comanda.log.${data.type}`,
    subject: order,
    time: rfc3339(data.at),
    datacontenttype: "application/json",
    sequence: data.seq,
    comandahash: hash,
    data,
  };
  return JSON.stringify(line);
}
