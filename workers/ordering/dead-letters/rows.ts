import { and, eq } from "drizzle-orm";
import { Address } from "../../../contracts/address.ts";
import type { DeadLetterView, LetterAct } from "../../../contracts/dead-letter.ts";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { rfc3339 } from "../../../contracts/time.ts";
import { dbFor } from "../../shared/database.ts";
import { deadLetters } from "../../shared/tables/dead-letters.ts";
import type { OrderingEnv } from "../env.ts";

export type Row = typeof deadLetters.$inferSelect;

/** Who does something with a letter. */
export interface Hand {
  readonly tenant: string;
  readonly by: string;
}

/** One thing done with a letter, as it is kept. `at` is epoch milliseconds. */
export interface Act extends Hand {
  readonly letter: string;
  readonly at: number;
  readonly act: LetterAct["act"];
  readonly reason: string;
}

/** A tenant's letter by its id as paths give it. */
export async function letterOf(env: OrderingEnv, tenant: string, id: string): Promise<Row | Refusal> {
  const [row] = await dbFor(env, { tenant })
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.tenant, tenant), eq(deadLetters.id, idIn(id))));
  return row ?? refuse("not-found", "No such dead letter.");
}

/** The two ends of a letter's stream. */
export function endsOf({ sender, receiver }: Row): { from: Address; to: Address } {
  return { from: Address.parse(sender), to: Address.parse(receiver) };
}

export function viewOf(row: Row): DeadLetterView {
  const { consumer, sender, receiver, sequence, type, order, error, stack, attempts, state } = row;
  return {
    id: nameOf(row),
    consumer, sender, receiver, sequence, type, order, error, stack, attempts, state,
    envelope: JSON.parse(row.envelope),
    edited: row.edited === null ? null : JSON.parse(row.edited),
    firstAt: rfc3339(row.firstAt),
    lastAt: rfc3339(row.lastAt),
    closedAt: row.closedAt === null ? null : rfc3339(row.closedAt),
  }; // prettier-ignore
}

/** An envelope's id has slashes and signs in it; in a path it stands as base64url. */
export function nameOf({ id }: Pick<Row, "id">): string {
  return Buffer.from(id).toString("base64url");
}

export function idIn(text: string): string {
  return Buffer.from(text, "base64url").toString("utf8");
}
