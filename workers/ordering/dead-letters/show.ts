import { and, asc, eq } from "drizzle-orm";
import type { DeadLetterDetail, LetterAct, Rehearsal, StreamView } from "../../../contracts/dead-letter.ts";
import type { Owed, Standing } from "../../../contracts/desk.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { rfc3339 } from "../../../contracts/time.ts";
import { dbFor } from "../../shared/database.ts";
import { envelopeFor } from "../../shared/dead-letters.ts";
import { deadLetterActs } from "../../shared/tables/dead-letters.ts";
import { troubleOf } from "../../shared/trouble.ts";
import { deskFor } from "../desks.ts";
import type { OrderingEnv } from "../env.ts";
import { lineIn } from "../outlet.ts";
import { endsOf, letterOf, viewOf, type Row } from "./rows.ts";

const mostActs = 200;

/** A letter with what waits behind it, as both ends of its stream tell, and what was done about it. */
export async function showDeadLetter(
  env: OrderingEnv,
  tenant: string,
  id: string,
): Promise<DeadLetterDetail | Refusal> {
  const row = await letterOf(env, tenant, id);
  if (isRefusal(row)) return row;
  const [stream, acts] = await Promise.all([streamOf(env, row), actsOn(env, row)]);
  return { ...viewOf(row), stream, acts };
}

/** What the receiver would do with the letter's fact, as it would be sent now. */
export async function rehearse(env: OrderingEnv, tenant: string, id: string): Promise<Rehearsal | Refusal> {
  const row = await letterOf(env, tenant, id);
  if (isRefusal(row)) return row;
  const envelope = envelopeFor(row);
  const desk = deskFor(env, endsOf(row).to);
  if (desk === null) return rehearsedLine(envelope);
  return desk
    .rehearse(envelope)
    .catch((error: unknown) => refuse("unavailable", `The receiver cannot be asked: ${String(error)}`));
}

function rehearsedLine(envelope: Parameters<typeof lineIn>[0]): Rehearsal {
  try {
    lineIn(envelope);
    return { outcome: "applied", events: [], facts: [], calls: [] };
  } catch (error) {
    return { outcome: "failing", error: troubleOf(error).error };
  }
}

async function streamOf(env: OrderingEnv, row: Row): Promise<StreamView> {
  const { from, to } = endsOf(row);
  const unknown: string[] = [];
  const asked = async <T>(answer: Promise<T> | undefined, whom: string): Promise<T | null> => {
    try {
      return (await answer) ?? null;
    } catch (error) {
      unknown.push(`${whom} cannot be asked: ${String(error)}`);
      return null;
    }
  };
  const [standing, owed] = await Promise.all([
    asked<Standing>(deskFor(env, to)?.standing(to, from), "the receiver"),
    asked<Owed>(deskFor(env, from)?.owed(from, to), "the sender"),
  ]);
  const held = new Set(standing?.held);
  const behind = (owed?.waiting ?? []).filter(
    ({ sequence }) => sequence > Math.max(row.sequence, standing?.applied ?? 0),
  );
  return {
    applied: standing?.applied ?? null,
    retransmissions: owed?.retransmissions ?? 0,
    nextAt: owed === null || owed.nextAt === null ? null : rfc3339(owed.nextAt),
    blocks: behind.map(({ sequence, type, order, writtenAt }) => ({
      sequence,
      type,
      order,
      writtenAt: rfc3339(writtenAt),
      held: held.has(sequence),
    })),
    unknown,
  };
}

async function actsOn(env: OrderingEnv, { id, tenant }: Row): Promise<LetterAct[]> {
  const rows = await dbFor(env, { tenant })
    .select()
    .from(deadLetterActs)
    .where(and(eq(deadLetterActs.tenant, tenant), eq(deadLetterActs.letter, id)))
    .orderBy(asc(deadLetterActs.id))
    .limit(mostActs);
  return rows.map(({ at, by, act, reason }) => ({ at: rfc3339(at), by, act, reason }));
}
