import { and, eq } from "drizzle-orm";
import { Address, addressOf } from "../../../contracts/address.ts";
import type { Trace } from "../../../contracts/desk.ts";
import type { Ledger } from "../../../contracts/ledger.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { isRefusal, type Refusal } from "../../../contracts/problem.ts";
import { dbFor } from "../../shared/database.ts";
import { deadLetters } from "../../shared/tables/dead-letters.ts";
import { deskFor } from "../desks.ts";
import type { OrderingEnv } from "../env.ts";
import type { Row } from "../dead-letters/rows.ts";
import type { Account } from "./account.ts";
import { callsOf } from "./calls.ts";
import { costsOf } from "./costs.ts";
import { hopsOf, type Witnesses } from "./hops.ts";

const mostLetters = 200;

/**
 * The order's way through the machinery, put together when somebody asks: from its own log, from what every actor it
 * had to do with remembers of it, and from its dead letters. Nothing of it is written while the order is under way.
 */
export async function readLedger(env: OrderingEnv, principal: Principal, id: string): Promise<Ledger | Refusal> {
  const { tenant } = principal;
  const object = env.ORDER.getByName(`${tenant}/${id}`);
  const account: Account | Refusal = await object.account(principal);
  if (isRefusal(account)) return account;
  const order = addressOf("order", tenant, id);
  const [own, letters]: [Trace, Row[]] = await Promise.all([object.traceOf(id), lettersOf(env, tenant, id)]);
  const unknown: string[] = [];
  const near = await askAll(
    env,
    [...account.said.map(({ to }) => to), ...own.streams.map(({ peer }) => peer)],
    id,
    unknown,
  );
  const further = [...near.values()].flatMap(({ others }) => others).filter((one) => !near.has(one) && one !== order);
  const others = new Map([...near, ...(await askAll(env, further, id, unknown))]);
  const witnesses: Witnesses = { order, account, own, others, letters };
  const facts = hopsOf(witnesses);
  const calls = callsOf(account, own);
  const looks = [own, ...others.values()];
  return {
    order: id,
    seq: account.seq,
    facts,
    calls,
    costs: costsOf(witnesses, facts, calls),
    look: { actors: looks.length, rowsRead: looks.reduce((sum, { rowsRead }) => sum + rowsRead, 0) },
    unknown: [...unknown, ...oddities(witnesses)],
  };
}

/** What each actor remembers of the order; of those that cannot be asked it is noted why. */
async function askAll(
  env: OrderingEnv,
  addresses: readonly string[],
  order: string,
  unknown: string[],
): Promise<Map<string, Trace>> {
  const traces = new Map<string, Trace>();
  await Promise.all(
    [...new Set(addresses)].map(async (text) => {
      const address = Address.parse(text);
      try {
        const trace = await deskFor(env, address)?.traceOf(address, order);
        if (trace !== undefined) traces.set(address, trace);
      } catch (error) {
        unknown.push(`${address} cannot be asked: ${String(error)}`);
      }
    }),
  );
  return traces;
}

/** Where what is worked out does not agree with what is recorded, or is recorded no more. */
function oddities({ account, own, others }: Witnesses): string[] {
  const said = Map.groupBy(account.said, ({ to }): string => to);
  const otherRules = own.streams
    .filter(({ peer, sent }) => (said.get(peer)?.length ?? 0) !== sent)
    .map(({ peer, sent }) => `${sent} facts were said to ${peer}; by today's rules it would not be as many.`);
  const forgotten = [...others.values()]
    .filter(({ oldest, events }) => oldest > 1 && events === 0)
    .map(({ actor, oldest }) => `${actor} has forgotten its events before number ${oldest}.`);
  return [...otherRules, ...forgotten];
}

function lettersOf(env: OrderingEnv, tenant: string, order: string): Promise<Row[]> {
  return dbFor(env, { tenant })
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.tenant, tenant), eq(deadLetters.order, order)))
    .limit(mostLetters);
}
