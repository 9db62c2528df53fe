import { and, eq, sql } from "drizzle-orm";
import type { DeadLetterView } from "../../../contracts/dead-letter.ts";
import { facts } from "../../../contracts/events.ts";
import { factTypeOf, type Message } from "../../../contracts/envelope.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { dbFor } from "../../shared/database.ts";
import { closeDeadLetters, envelopeFor } from "../../shared/dead-letters.ts";
import { faultsOf } from "../../shared/problem.ts";
import { bytesOf, mostMessageBytes } from "../../shared/message-size.ts";
import { deadLetterActs, deadLetters } from "../../shared/tables/dead-letters.ts";
import { deskFor, queueTo } from "../desks.ts";
import type { OrderingEnv } from "../env.ts";
import { endsOf, letterOf, viewOf, type Act, type Hand, type Row } from "./rows.ts";

/** Has a letter's fact say something else when it is next sent; only what its receiver's code would understand. */
export async function editLetter(
  env: OrderingEnv,
  hand: Hand,
  id: string,
  { data, reason }: { readonly data: object; readonly reason: string },
): Promise<DeadLetterView | Refusal> {
  const row = await openLetter(env, hand.tenant, id);
  if (isRefusal(row)) return row;
  const type = factTypeOf(row);
  if (type === null) return refuse("conflict", `Nothing here knows a fact of the type ${row.type}: deploy what does.`);
  const said = facts[type].safeParse(data);
  if (!said.success) return refuse("invalid-value", "See errors.", faultsOf(said.error, "/data"));
  // Its receiver keeps what it says under the order of its sender: one of two orders could never be told apart again.
  if ("order" in said.data && said.data.order !== row.order) {
    return refuse("invalid-value", "See errors.", [{ pointer: "/data/order", detail: `it is of ${row.order}` }]);
  }
  const edited = JSON.stringify(said.data);
  if (bytesOf(JSON.stringify(envelopeFor({ ...row, edited }))) > mostMessageBytes) {
    return refuse("too-large", "No queue would take a fact of that size.");
  }
  const act = { ...hand, letter: row.id, at: Date.now(), act: "edited", reason } as const;
  return changed(env, row, act, { edited });
}

/**
 * Gives a letter's fact up: a tombstone takes its place in the stream, so that what waits behind it has its turn. Only
 * the fact whose turn it is can be dropped, for before that nobody knows that it would fail.
 */
export async function dropLetter(
  env: OrderingEnv,
  hand: Hand,
  id: string,
  reason: string,
): Promise<DeadLetterView | Refusal> {
  const row = await openLetter(env, hand.tenant, id);
  if (isRefusal(row)) return row;
  const early = await notYet(env, row);
  if (early !== null) return early;
  const act = { ...hand, letter: row.id, at: Date.now(), act: "dropped", reason } as const;
  const dropped = await changed(env, row, act, { state: "dropped", lastAt: act.at });
  if (isRefusal(dropped)) return dropped;
  // Lost on its way, it is sent again by the sweep until it has been applied.
  const tombstone = envelopeFor({ ...row, state: "dropped" });
  await queueTo(env, tombstone).send({ facts: [tombstone], acks: [] } satisfies Message);
  return dropped;
}

/** Why the fact's place cannot be taken now; null where its turn has come. */
async function notYet(env: OrderingEnv, row: Row): Promise<Refusal | null> {
  const { from, to } = endsOf(row);
  const desk = deskFor(env, to);
  if (desk === null) return null;
  const standing = await desk
    .standing(to, from)
    .catch((error: unknown) => refuse("unavailable", `The receiver cannot be asked: ${String(error)}`));
  if (isRefusal(standing)) return standing;
  const { applied } = standing;
  if (row.sequence > applied + 1) return refuse("conflict", `Number ${applied + 1} of its stream must go first.`);
  if (row.sequence > applied) return null;
  await closeDeadLetters(env.DB, [row.id], Date.now());
  return refuse("conflict", "The fact has been applied meanwhile; its letter is closed.");
}

async function openLetter(env: OrderingEnv, tenant: string, id: string): Promise<Row | Refusal> {
  const row = await letterOf(env, tenant, id);
  if (isRefusal(row) || row.state === "open") return row;
  return refuse("conflict", `The dead letter is ${row.state} already.`);
}

/** Writes the change and who made it as one, unless the letter is open no more. */
async function changed(
  env: OrderingEnv,
  { id, tenant }: Row,
  act: Act,
  change: Partial<Pick<Row, "edited" | "state" | "lastAt">>,
): Promise<DeadLetterView | Refusal> {
  const db = dbFor(env, { tenant });
  const stillOpen = and(eq(deadLetters.tenant, tenant), eq(deadLetters.id, id), eq(deadLetters.state, "open"));
  const acted = db
    .select({
      id: sql<number>`null`.as("id"),
      letter: deadLetters.id,
      tenant: deadLetters.tenant,
      at: sql<number>`${act.at}`.as("at"),
      by: sql<string>`${act.by}`.as("by"),
      act: sql<Act["act"]>`${act.act}`.as("act"),
      reason: sql<string>`${act.reason}`.as("reason"),
    })
    .from(deadLetters)
    .where(stillOpen);
  const [, [row]] = await db.batch([
    db.insert(deadLetterActs).select(acted),
    db.update(deadLetters).set(change).where(stillOpen).returning(),
  ]);
  return row === undefined ? refuse("conflict", "The dead letter is open no more.") : viewOf(row);
}
