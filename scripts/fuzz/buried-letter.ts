import type { Envelope } from "../../contracts/envelope.ts";

/** Puts a dead letter of a fact that was applied long ago where the operator finds it. Its id as paths give it. */
export async function buryLetter(db: D1Database, tenant: string, order: string): Promise<string> {
  const [from, to] = [`order/${tenant}/${order}`, `board/${tenant}/demo-1`] as const;
  const id = `${from}>${to}#1`;
  const envelope: Envelope = {
    specversion: "1.0", id, source: `/tenants/${tenant}/orders/${order}`, type: "comanda.order.sent.v1", subject: order,
    time: new Date(0).toISOString(), datacontenttype: "application/json", data: { customer: "Marker" }, tenant, from, to,
    sequence: 1, correlationid: order, causationid: `${from}#1`,
  }; // prettier-ignore
  const columns = {
    id, tenant, consumer: "kitchen-inbox", sender: from, receiver: to, sequence: 1, type: envelope.type, order,
    envelope: JSON.stringify(envelope), error: "Error: Marker", stack: "", attempts: 4, first_at: 1, last_at: 1, state: "open",
  }; // prettier-ignore
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const marks = names.map(() => "?").join(", ");
  await db
    .prepare(`insert into dead_letters (${names.join(", ")}) values (${marks})`)
    .bind(...Object.values(columns))
    .run();
  return Buffer.from(id).toString("base64url");
}
