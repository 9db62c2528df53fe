import { Address, parseAddress } from "../../../contracts/address.ts";
import type { Applied, Trace } from "../../../contracts/desk.ts";
import type { Hop } from "../../../contracts/ledger.ts";
import { rfc3339 } from "../../../contracts/time.ts";
import { nameOf, type Row } from "../dead-letters/rows.ts";
import type { Account } from "./account.ts";

/** All that is known of an order, by whom it was told. */
export interface Witnesses {
  readonly order: Address;
  readonly account: Account;
  readonly own: Trace;
  /** What other actors remember of the order, by their address. */
  readonly others: ReadonlyMap<string, Trace>;
  readonly letters: readonly Row[];
}

type Bare = Pick<Hop, "from" | "to" | "sequence"> & {
  readonly type: string | null;
  readonly writtenAt: number | null;
  readonly applied: Applied | undefined;
};

/** Every fact of the order, by the time of its write. */
export function hopsOf(witnesses: Witnesses): Hop[] {
  const bare = [...saidBy(witnesses), ...toldTo(witnesses), ...amongOthers(witnesses)];
  return bare
    .toSorted((a, b) => (a.writtenAt ?? Infinity) - (b.writtenAt ?? Infinity))
    .map((fact) => hopOf(fact, witnesses));
}

/** Whether facts between two actors go by a call: those of one service do, at first. */
export function goesByCall(from: string, to: string): boolean {
  return parseAddress(Address.parse(from)).service === parseAddress(Address.parse(to)).service;
}

function saidBy({ order, account, others }: Witnesses): Bare[] {
  return account.said.map(({ to, sequence, type, writtenAt }) => {
    const applied = others.get(to)?.applied.find((one) => one.from === order && one.sequence === sequence);
    return { from: order, to, sequence, type, writtenAt, applied };
  });
}

/** What others told the order: what it has applied, with or without effect, and what they still wait to tell. */
function toldTo({ order, own, others }: Witnesses): Bare[] {
  return own.streams.flatMap(({ peer, applied: upTo }) => {
    const waiting = others.get(peer)?.waiting.filter(({ to, sequence }) => to === order && sequence > upTo) ?? [];
    const told = Array.from({ length: upTo }, (_, at): Bare => {
      const applied = own.applied.find((one) => one.from === peer && one.sequence === at + 1);
      const { type = null, writtenAt = null } = applied ?? {};
      return { from: peer, to: order, sequence: at + 1, type, writtenAt, applied };
    });
    return [
      ...told,
      ...waiting.map(({ sequence, type, writtenAt }) => ({ from: peer, to: order, sequence, type, writtenAt, applied: undefined })),
    ];
  }); // prettier-ignore
}

/** What others told each other about the order, such as a zone its drivers. */
function amongOthers({ order, others }: Witnesses): Bare[] {
  return [...others].flatMap(([to, trace]) => [
    ...trace.applied
      .filter(({ from }) => from !== order)
      .map((applied) => ({ ...applied, to, applied })),
    ...trace.waiting
      .filter((one) => one.to !== order)
      .map(({ to: receiver, sequence, type, writtenAt }) => ({ from: to, to: receiver, sequence, type, writtenAt, applied: undefined })),
  ]); // prettier-ignore
}

function hopOf({ from, to, sequence, type, writtenAt, applied }: Bare, witnesses: Witnesses): Hop {
  const id = `${from}>${to}#${sequence}`;
  const sender = traceOf(from, witnesses);
  const stream = sender?.streams.find(({ peer }) => peer === to);
  const acknowledged = stream === undefined ? null : sequence <= stream.acked;
  const again = (sender?.resent ?? []).filter((one) => one.to === to && one.first <= sequence && sequence <= one.last);
  const first = writtenAt === null ? [] : [{ at: rfc3339(writtenAt), how: "first" as const }];
  return {
    id,
    type,
    from,
    to,
    sequence,
    way: goesByCall(from, to) ? "call" : "queue",
    writtenAt: writtenAt === null ? null : rfc3339(writtenAt),
    sent: [...first, ...again.map(({ at }) => ({ at: rfc3339(at), how: "again" as const }))],
    applied: appliedAt(from, to, sequence, applied, acknowledged, witnesses),
    appliedAt: applied === undefined ? null : rfc3339(applied.appliedAt),
    effect: [...(applied?.events ?? [])],
    handOffMs: applied === undefined ? null : applied.appliedAt - applied.writtenAt,
    acknowledged,
    letter: letterFor(id, witnesses),
  };
}

function appliedAt(
  from: string,
  to: string,
  sequence: number,
  applied: Applied | undefined,
  acknowledged: boolean | null,
  witnesses: Witnesses,
): Hop["applied"] {
  if (applied !== undefined || acknowledged === true) return "yes";
  const stream = traceOf(to, witnesses)?.streams.find(({ peer }) => peer === from);
  // The read model keeps no streams: its line has arrived when that is acknowledged.
  if (stream === undefined) return acknowledged === false ? "no" : "unknown";
  return sequence <= stream.applied ? "yes" : "no";
}

function traceOf(address: string, { order, own, others }: Witnesses): Trace | undefined {
  return address === order ? own : others.get(address);
}

function letterFor(id: string, { letters }: Witnesses): Hop["letter"] {
  const row = letters.find((letter) => letter.id === id);
  if (row === undefined) return null;
  const { state, attempts, error, firstAt, lastAt } = row;
  return { id: nameOf(row), state, attempts, error, firstAt: rfc3339(firstAt), lastAt: rfc3339(lastAt) };
}
