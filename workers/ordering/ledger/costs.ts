import { Address, parseAddress } from "../../../contracts/address.ts";
import type { Call, Figure, Hop, Ledger } from "../../../contracts/ledger.ts";
import { goesByCall, type Witnesses } from "./hops.ts";

/** Rows in an object for each fact at its sender (outbox in and out, stream twice) and at its receiver (stream). */
const rowsSaid = 4;
const rowsApplied = 1;
/** For each call: put down and settled. */
const rowsAsked = 2;
/** What an object reads when it wakes: its state, the tip of its log, its tables' names. */
const rowsWoken = 3;

const counted = (count: number): Figure => ({ count, how: "counted" });
const estimated = (count: number): Figure => ({ count, how: "estimated" });

/**
 * What an order has cost. Counted is what its log and those of the others hold; estimated what follows from it by how
 * the machinery works: batches are shared with other orders, so that messages and acknowledgements are upper bounds.
 */
export function costsOf(witnesses: Witnesses, facts: readonly Hop[], calls: readonly Call[]): Ledger["costs"] {
  const { account, own, others } = witnesses;
  const attempts = calls.reduce((sum, call) => sum + (call.attempts ?? 1), 0);
  const messages = sendings(facts);
  const arrivals = new Set(facts.flatMap(({ to, appliedAt }) => (appliedAt === null ? [] : [`${to} ${appliedAt}`])));
  const byQueue = facts.filter(({ way, appliedAt }) => way === "queue" && appliedAt !== null);
  const acknowledgements = new Set(byQueue.map(({ from, to, appliedAt }) => `${serviceOf(from)} ${to} ${appliedAt}`));
  const traces = [own, ...others.values()];
  const events = traces.reduce((sum, trace) => sum + trace.events, 0);
  const writes = traces.reduce((sum, trace) => sum + trace.writes, 0);
  const { commands, timers } = account;
  return {
    commands: counted(commands),
    timers: counted(timers),
    outsideRequests: counted(attempts),
    actorRequests: estimated(commands + arrivals.size + acknowledgements.size),
    queueMessages: estimated(messages),
    acknowledgements: estimated(acknowledgements.size),
    queueOperations: estimated(3 * (messages + acknowledgements.size)),
    events: counted(events),
    rowsWritten: estimated(
      // Each event, and with each write a row of state; an answer for each command; an alarm for each message.
      events + writes + commands + messages + facts.length * (rowsSaid + rowsApplied) + calls.length * rowsAsked,
    ),
    rowsRead: estimated(traces.length * rowsWoken + facts.length * (rowsSaid + rowsApplied) + calls.length * rowsAsked),
  };
}

/** Facts of one write for one service are one message; what is sent again is another. */
function sendings(facts: readonly Hop[]): number {
  const sent = facts.flatMap(({ from, to, sent: times }) =>
    times
      .filter(({ how }) => how === "again" || !goesByCall(from, to))
      .map(({ at, how }) => `${how} ${from} ${serviceOf(to)} ${at}`),
  );
  return new Set(sent).size;
}

function serviceOf(address: string): string {
  return parseAddress(Address.parse(address)).service;
}
