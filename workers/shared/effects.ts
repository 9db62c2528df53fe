import type { EffectRequest } from "../../contracts/rules.ts";
import { log } from "./log.ts";
import type { ActorStorage } from "./storage.ts";

/**
 * How an attempt at an outside call ended: with a command that records its outcome, or to be tried again, where the other
 * side said so no sooner than after `afterMs`.
 */
export type Attempt<Command> = { readonly done: Command } | { readonly again: string; readonly afterMs?: number };

/** Makes an outside call; a throw means: try again. */
export type Perform<Command> = (kind: string, request: unknown, key: string) => Promise<Attempt<Command>>;

export interface EffectRow extends Record<string, SqlStorageValue> {
  key: string;
  kind: string;
  request: string;
  attempts: number;
}

/** An attempt that has not answered for this long is taken for dead: the process died, not the other side. */
const leaseMs = 3_000;
/** An attempt under way here for longer than this is not waited for any more, but made again. */
const longestCallMs = 30_000;
const longestWaitMs = 60_000;
/** Nobody else decides to have a call made later than this. */
const longestAskedMs = 3_600_000;

/** The outside calls an object owes, kept until their outcome is recorded. */
export class Effects {
  /** When each call under way here began (epoch ms). */
  private readonly running = new Map<string, number>();
  private readonly storage: ActorStorage;
  /** Whether any call is owed, as far as that is known since the object woke. */
  private owing: boolean | undefined;

  constructor(storage: ActorStorage) {
    this.storage = storage;
    storage.onUndone(() => (this.owing = undefined));
  }

  /** Writes calls to be made; to be called inside the transaction of their event. */
  put(requests: readonly EffectRequest[], now: number): void {
    for (const { key, kind, request } of requests) {
      this.storage.sql.exec(
        "INSERT OR IGNORE INTO effects (key, kind, request, attempts, next_at) VALUES (?, ?, ?, 0, ?)",
        key,
        kind,
        JSON.stringify(request),
        now + leaseMs,
      );
      this.owing = true;
    }
  }

  /** Forgets a call whose outcome is being recorded; to be called inside that transaction. */
  settle(key: string): void {
    this.storage.sql.exec("DELETE FROM effects WHERE key = ?", key);
    this.owing = undefined;
  }

  /**
   * When a call is next to be made or looked after (epoch ms), or null when nothing is owed. A call under way keeps
   * an alarm too, for only that brings it back when the process dies, but not one that is always due.
   */
  nextAt(now: number): number | null {
    if (!this.owesAny()) return null;
    const rows = this.storage.sql.exec<{ key: string; next_at: number }>("SELECT key, next_at FROM effects").toArray();
    if (rows.length === 0) return null;
    return Math.min(
      ...rows.map(({ key, next_at: at }) => (this.isRunning(key, now) ? Math.max(at, now + leaseMs) : at)),
    );
  }

  /** How many calls are owed. */
  owed(): number {
    if (!this.owesAny()) return 0;
    return this.storage.sql.exec<{ owed: number }>("SELECT count(*) AS owed FROM effects").one().owed;
  }

  /** The calls to make now: those never tried and those whose wait is over, but none that is under way here. */
  due(now: number): EffectRow[] {
    if (!this.owesAny()) return [];
    return this.storage.sql
      .exec<EffectRow>("SELECT key, kind, request, attempts FROM effects WHERE attempts = 0 OR next_at <= ?", now)
      .toArray()
      .filter((row) => !this.isRunning(row.key, now));
  }

  /**
   * Makes one attempt; the same key goes with every attempt, so that the other side acts once. `record` writes the
   * outcome and settles the call; where it throws, the call is made again, and its outcome with it.
   */
  async attempt<Command>(
    row: EffectRow,
    perform: Perform<Command>,
    record: (outcome: Command) => void,
    now: () => number,
  ): Promise<void> {
    const began = now();
    this.running.set(row.key, began);
    try {
      const outcome = await perform(row.kind, JSON.parse(row.request), row.key).catch((error: unknown) => ({
        again: String(error),
      }));
      // A given-up attempt may answer after a later one: what is recorded is not recorded again.
      if (!this.owes(row.key)) return;
      if ("done" in outcome) record(outcome.done);
      else this.putOff(row, outcome.again, now(), "afterMs" in outcome ? outcome.afterMs : 0);
    } catch (error) {
      log.error("outcome not recorded", { kind: row.kind, key: row.key, error: String(error) });
      this.putOff(row, String(error), now());
    } finally {
      if (this.running.get(row.key) === began) this.running.delete(row.key);
    }
  }

  /** Has the call made again after a while that grows with its attempts. */
  private putOff(row: EffectRow, error: string, now: number, afterMs = 0): void {
    this.reschedule(row, now + Math.max(waitMs(row.attempts), Math.min(afterMs, longestAskedMs)), error);
  }

  private owesAny(): boolean {
    if (!this.storage.exists) return false;
    this.owing ??= this.storage.sql.exec("SELECT 1 FROM effects LIMIT 1").toArray().length > 0;
    return this.owing;
  }

  private owes(key: string): boolean {
    if (!this.storage.exists) return false;
    return this.storage.sql.exec("SELECT 1 FROM effects WHERE key = ?", key).toArray().length > 0;
  }

  private isRunning(key: string, now: number): boolean {
    const began = this.running.get(key);
    return began !== undefined && now - began < longestCallMs;
  }

  private reschedule(row: EffectRow, nextAt: number, error: string | null): void {
    this.storage.sql.exec(
      "UPDATE effects SET attempts = ?, next_at = ?, error = coalesce(?, error) WHERE key = ?",
      row.attempts + 1,
      nextAt,
      error,
      row.key,
    );
  }
}

/** 0.5 s, 1 s, 2 s … at most a minute, and up to half as much again, so that many do not come back at once. */
function waitMs(attempts: number): number {
  const wait = Math.min(500 * 2 ** Math.min(attempts, 10), longestWaitMs) * (1 + Math.random() / 2);
  // An alarm knows no parts of a millisecond: it would go off before its time, and find nothing due.
  return Math.ceil(wait);
}
