import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Rehearsal } from "../../contracts/dead-letter.ts";
import type { Applied, Made, Outstanding, StreamEnd, Trace } from "../../contracts/desk.ts";
import { factIn, isTombstone, type Envelope } from "../../contracts/envelope.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { Context, Recorded, Rules } from "../../contracts/rules.ts";
import { waitingOf } from "./outbox.ts";
import { Resendings } from "./resendings.ts";
import { stepsOf } from "./steps.ts";
import { parseEvent, type ActorStorage } from "./storage.ts";
import { troubleOf } from "./trouble.ts";

/** What would follow from a fact by the receiver's rules, worked out to the last call and written nowhere. */
export function rehearsed<State, Command, Event extends { type: string }>(
  rules: Rules<State, Command, Event>,
  before: { readonly state: State; readonly seq: number },
  envelope: Envelope,
  applied: number,
  context: Context,
): Rehearsal {
  if (envelope.sequence <= applied) return { outcome: "repeated", applied };
  if (envelope.sequence > applied + 1) return { outcome: "waiting", next: applied + 1 };
  try {
    const command = isTombstone(envelope) ? null : rules.react(factIn(envelope), envelope.from, before.state);
    const events = command === null ? [] : rules.decide(before.state, command, context);
    if (isRefusal(events)) return { outcome: "refused", why: events.detail };
    const { state, steps } = stepsOf(rules, before, events, { at: context.now, by: context.by });
    // A deadline that cannot be worked out would keep the fact from being written, too.
    rules.deadlines(state);
    return {
      outcome: "applied",
      events: steps.map(({ event }) => event.type),
      facts: steps.flatMap(({ facts }) => facts.map(({ to, type }) => ({ to, type }))),
      calls: steps.flatMap(({ calls }) => calls.map(({ kind }) => kind)),
    };
  } catch (error) {
    return { outcome: "failing", error: troubleOf(error).error };
  }
}

/** What an actor remembers of an order, from its log and its tables. `partiesOf` names whom an event brings in. */
export function traced<Event extends { type: string }>(
  memory: ActorStorage,
  self: Address,
  order: string,
  partiesOf: (event: Recorded<Event>) => readonly Address[],
): Trace {
  if (!memory.exists) return { ...nothing, actor: self };
  const { kind, tenant, id } = parseAddress(self);
  const isOwn = kind === "order" && id === order;
  let rowsRead = 0;
  const read = <Row extends Record<string, SqlStorageValue>>(query: string, ...bindings: SqlStorageValue[]): Row[] => {
    const cursor = memory.sql.exec<Row>(query, ...bindings);
    const rows = cursor.toArray();
    rowsRead += cursor.rowsRead;
    return rows;
  };
  const bodies = isOwn
    ? read<{ body: string }>("SELECT body FROM events ORDER BY seq")
    : read<{ body: string }>("SELECT body FROM events WHERE instr(body, ?) > 0 ORDER BY seq", order);
  const events = bodies.map(({ body }) => parseEvent<Event>(body));
  const others = [...new Set(events.flatMap((event) => partiesOf(event)))];
  const peers = isOwn ? null : [addressOf("order", tenant, order), ...others];
  const concerns = ({ peer }: { peer: string }): boolean => peers === null || peers.some((one) => one === peer);
  return {
    actor: self,
    applied: appliedIn(events),
    made: madeIn(events),
    outstanding: read<Outstanding & Columns>(
      "SELECT key, kind, attempts, next_at AS nextAt, error FROM effects WHERE instr(key, ?) > 0",
      order,
    ),
    waiting: read<{ body: string }>("SELECT body FROM outbox WHERE instr(body, ?) > 0 LIMIT 200", order)
      .map(({ body }): Envelope => JSON.parse(body))
      .map((envelope) => waitingOf(envelope)),
    resent: new Resendings(memory).to(peers),
    streams: peersRead(peers, read).filter(concerns),
    others,
    events: events.length,
    writes: writesIn(events).length,
    oldest: memory.oldestEvent(),
    rowsRead,
  };
}

type Columns = Record<string, SqlStorageValue>;
type Read = <Row extends Columns>(query: string, ...bindings: SqlStorageValue[]) => Row[];

const nothing = {
  applied: [], made: [], outstanding: [], waiting: [], resent: [], streams: [], others: [],
  events: 0, writes: 0, oldest: 0, rowsRead: 0,
}; // prettier-ignore

/** An order has a handful of streams; of a zone's thousands only some are asked for. */
function peersRead(peers: readonly Address[] | null, read: Read): StreamEnd[] {
  const columns = "SELECT peer, sent, acked, applied FROM peers";
  if (peers === null) return read<StreamEnd & Columns>(columns);
  return peers.flatMap((peer) => read<StreamEnd & Columns>(`${columns} WHERE peer = ?`, peer));
}

/** The events that were written together: those of one moment that came of the same thing. */
function writesIn<Event extends { type: string }>(events: readonly Recorded<Event>[]): Recorded<Event>[][] {
  return [...Map.groupBy(events, ({ at, by, origin }) => JSON.stringify([at, by, origin])).values()];
}

/** The facts that events came of, each with the events that came of it. */
function appliedIn<Event extends { type: string }>(events: readonly Recorded<Event>[]): Applied[] {
  return writesIn(events).flatMap((group) => {
    const [first] = group;
    if (first?.origin === undefined || !("fact" in first.origin)) return [];
    const { fact: sequence, type, writtenAt } = first.origin;
    return { from: first.by, sequence, type, writtenAt, appliedAt: first.at, events: group.map((event) => event.type) };
  });
}

/** The calls that events came of, each with the events that came of it. */
function madeIn<Event extends { type: string }>(events: readonly Recorded<Event>[]): Made[] {
  return writesIn(events).flatMap((group) => {
    const [first] = group;
    if (first?.origin === undefined || !("call" in first.origin)) return [];
    const { call: key, attempts } = first.origin;
    return { key, kind: first.by, attempts, endedAt: first.at, events: group.map((event) => event.type) };
  });
}
