/**
 * The link: exactly once and in order, over a carrier that loses, doubles, delays and reorders. This is its pure
 * core; `outbox.ts` keeps it in an object's storage, `inbox.ts` carries it over a queue.
 *
 * A stream is (sending actor → receiving actor). The sender numbers its facts from 1 and keeps each until it is
 * acknowledged; the receiver applies number n only after n - 1, and holds what came early.
 */

/** What a sender knows of one stream. `retryAt` (epoch ms) is null when nothing waits for an acknowledgement. */
export interface Outgoing {
  readonly sent: number;
  readonly acked: number;
  /** Retransmissions since the last progress. */
  readonly attempts: number;
  readonly retryAt: number | null;
}

export const silent: Outgoing = { sent: 0, acked: 0, attempts: 0, retryAt: null };

const firstRetryMs = 5_000;
const firstRetryOfLinesMs = 8_000;
const longestRetryMs = 5 * 60_000;

function backOff(firstMs: number, attempts: number): number {
  return Math.min(firstMs * 2 ** Math.min(attempts, 20), longestRetryMs);
}

/** How long to wait for the acknowledgement of transmission number `attempts` + 1: 5 s, 10 s, 20 s … 5 min. */
export function patienceMs(attempts: number): number {
  return backOff(firstRetryMs, attempts);
}

/** With a receiver that gathers before it writes there is more patience: 8 s, 16 s, 32 s … 5 min. */
export function longPatienceMs(attempts: number): number {
  return backOff(firstRetryOfLinesMs, attempts);
}

/** The stream after `count` more facts were written to its outbox; they are numbered from `sent` + 1. */
export function enqueued(stream: Outgoing, count: number, now: number, patience = patienceMs): Outgoing {
  return { ...stream, sent: stream.sent + count, retryAt: stream.retryAt ?? now + patience(0) };
}

/** The stream after everything unacknowledged was sent once more. */
export function retransmitted(stream: Outgoing, now: number, patience = patienceMs): Outgoing {
  const attempts = stream.attempts + 1;
  return { ...stream, attempts, retryAt: now + patience(attempts) };
}

/**
 * The stream after an acknowledgement. An old one changes nothing; one beyond what was ever sent is a bug elsewhere
 * and is not believed.
 */
export function acknowledged(stream: Outgoing, upTo: number, now: number): Outgoing {
  const acked = Math.min(Math.max(stream.acked, upTo), stream.sent);
  if (acked === stream.acked) return stream;
  return { ...stream, acked, attempts: 0, retryAt: acked === stream.sent ? null : now + patienceMs(0) };
}

/** What a receiver does with the facts of one stream that have arrived. */
export interface Plan<Item> {
  /** To apply now, in this order: numbers `applied` + 1, + 2 … without a gap. */
  readonly apply: readonly Item[];
  /** Came before its turn: to be kept. */
  readonly hold: readonly Item[];
}

/**
 * Sorts what has arrived on a stream, given the last number applied and what is held already.
 * What was applied before, and all but one of a repeated number, is dropped.
 */
export function plan<Item extends { readonly sequence: number }>(
  applied: number,
  held: readonly Item[],
  arrived: readonly Item[],
): Plan<Item> {
  const waiting = new Map<number, Item>();
  for (const item of [...arrived, ...held]) {
    if (item.sequence > applied) waiting.set(item.sequence, item);
  }
  const apply: Item[] = [];
  for (let next = applied + 1; ; next += 1) {
    const item = waiting.get(next);
    if (item === undefined) break;
    apply.push(item);
    waiting.delete(next);
  }
  return { apply, hold: [...waiting.values()].toSorted((a, b) => a.sequence - b.sequence) };
}
