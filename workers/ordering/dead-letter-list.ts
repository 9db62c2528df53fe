import { and, desc, eq } from "drizzle-orm";
import { Envelope, type Message } from "../../contracts/events.ts";
import { parseAddress } from "../../contracts/address.ts";
import type { DeadLetterView } from "../../contracts/operations.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { dbFor } from "../shared/database.ts";
import { deadLetters } from "../shared/tables/dead-letters.ts";
import type { OrderingEnv } from "./env.ts";

const mostShown = 200;

type Row = typeof deadLetters.$inferSelect;

export async function listDeadLetters(
  env: OrderingEnv,
  tenant: string,
  state: Row["state"],
): Promise<DeadLetterView[]> {
  const rows = await dbFor(env, { tenant })
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.tenant, tenant), eq(deadLetters.state, state)))
    .orderBy(desc(deadLetters.lastAt))
    .limit(mostShown);
  return rows.map(viewOf);
}

/** Puts the letter's fact on its way once more; it is closed when the receiver has applied it. */
export async function redrive(env: OrderingEnv, tenant: string, id: string): Promise<DeadLetterView | Refusal> {
  const [row] = await dbFor(env, { tenant })
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.tenant, tenant), eq(deadLetters.id, idIn(id))));
  if (row === undefined) return refuse("not-found", "No such dead letter.");
  if (row.state !== "open") return refuse("conflict", `The dead letter is ${row.state} already.`);
  const envelope = Envelope.parse(JSON.parse(row.envelope));
  await queueTo(env, envelope).send({ facts: [envelope], acks: [] } satisfies Message);
  return viewOf(row);
}

function queueTo(env: OrderingEnv, envelope: Envelope): Queue {
  const { service } = parseAddress(envelope.to);
  switch (service) {
    case "ordering":
      return env.ORDERING_INBOX;
    case "kitchen":
      return env.KITCHEN_INBOX;
    case "delivery":
      return env.DELIVERY_INBOX;
    case "outlet":
      return env.OUTLET;
  }
}

/** An envelope's id has slashes and signs in it; in a path it stands as base64url. */
function idIn(text: string): string {
  return Buffer.from(text, "base64url").toString("utf8");
}

function viewOf(row: Row): DeadLetterView {
  const { consumer, sender, receiver, sequence, type, order, error, stack, attempts, state } = row;
  return {
    id: Buffer.from(row.id).toString("base64url"),
    consumer, sender, receiver, sequence, type, order, error, stack, attempts, state,
    envelope: JSON.parse(row.envelope),
    firstAt: rfc3339(row.firstAt),
    lastAt: rfc3339(row.lastAt),
    closedAt: row.closedAt === null ? null : rfc3339(row.closedAt),
  }; // prettier-ignore
}
