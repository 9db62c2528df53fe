import type { Outcome, PendingAction } from "./pending.ts";

/** What a device keeps of what was done on it. */
interface Kept {
  readonly waiting: readonly PendingAction[];
  readonly outcomes: readonly Outcome[];
}

/**
 * What holds when it turns out that `last` was kept, and not `first`, by which this page has begun and come to `now`:
 * what was done, settled or read here meanwhile stays so.
 */
export function keptAfterAll(first: Kept, last: Kept, now: Kept): Kept {
  return {
    waiting: merged(first.waiting, last.waiting, now.waiting, ({ key }: PendingAction) => key),
    outcomes: merged(first.outcomes, last.outcomes, now.outcomes, ({ action }: Outcome) => action.key),
  };
}

function merged<T>(first: readonly T[], last: readonly T[], now: readonly T[], keyOf: (one: T) => string): T[] {
  const keys = (all: readonly T[]): ReadonlySet<string> => new Set(all.map(keyOf));
  const [atFirst, atLast, still] = [keys(first), keys(last), keys(now)];
  const isGone = (one: T): boolean => atFirst.has(keyOf(one)) && !still.has(keyOf(one));
  const isNew = (one: T): boolean => !atFirst.has(keyOf(one)) && !atLast.has(keyOf(one));
  return [...last.filter((one) => !isGone(one)), ...now.filter(isNew)];
}
