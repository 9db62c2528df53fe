import { createHash } from "node:crypto";
import { z } from "zod";
import type { Recorded } from "../../contracts/rules.ts";

/**
 * An actor's memory: the hash-chained log of its events, its state, and everything that must be written with them.
 * The tables are made at the first write, so that asking for an object that never was leaves nothing behind.
 */
export class ActorStorage {
  readonly sql: SqlStorage;
  private readonly storage: DurableObjectStorage;
  private made: boolean;
  private readonly doubts: (() => void)[] = [];

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    this.sql = storage.sql;
    this.made = [...this.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'events'")].length > 0;
  }

  get exists(): boolean {
    return this.made;
  }

  /** Runs the writes as one: all of them or, when anything throws, none. */
  write<T>(work: () => T): T {
    try {
      return this.storage.transactionSync(() => {
        if (!this.made) this.make();
        const result = work();
        this.made = true;
        return result;
      });
    } catch (error) {
      for (const forget of this.doubts) forget();
      throw error;
    }
  }

  /** Whoever keeps in memory what stands in the tables is told here when a write was undone, and must forget it. */
  onUndone(forget: () => void): void {
    this.doubts.push(forget);
  }

  private make(): void {
    this.sql.exec(`
      CREATE TABLE events (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL);
      CREATE TABLE state (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE outbox (peer TEXT, sequence INTEGER, body TEXT NOT NULL, PRIMARY KEY (peer, sequence)) WITHOUT ROWID;
      CREATE TABLE early (peer TEXT, sequence INTEGER, body TEXT NOT NULL, PRIMARY KEY (peer, sequence)) WITHOUT ROWID;
      CREATE TABLE peers (peer TEXT PRIMARY KEY, sent INTEGER NOT NULL, acked INTEGER NOT NULL, attempts INTEGER NOT NULL,
        retry_at INTEGER, applied INTEGER NOT NULL, touched INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE effects (key TEXT PRIMARY KEY, kind TEXT NOT NULL, request TEXT NOT NULL, attempts INTEGER NOT NULL,
        next_at INTEGER NOT NULL, error TEXT) WITHOUT ROWID;
      CREATE TABLE answers (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    `);
  }

  /** The number and hash of the last event; (0, "") before the first. */
  tip(): { seq: number; hash: string } {
    if (!this.made) return { seq: 0, hash: "" };
    const [row] = this.sql.exec<{ seq: number; hash: string }>(
      "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1",
    );
    return row ?? { seq: 0, hash: "" };
  }

  appendEvent(seq: number, body: string, hash: string): void {
    this.sql.exec("INSERT INTO events (seq, body, hash) VALUES (?, ?, ?)", seq, body, hash);
  }

  /** Puts another text in an event's place. Its hash stays: whoever does this records the new text's in a later event. */
  rewriteEvent(seq: number, body: string): void {
    this.sql.exec("UPDATE events SET body = ? WHERE seq = ?", body, seq);
  }

  /** The events after number `after`, oldest first, as they were written. */
  eventsAfter(after: number): { seq: number; body: string; hash: string }[] {
    if (!this.made) return [];
    return this.sql
      .exec<{ seq: number; body: string; hash: string }>(
        "SELECT seq, body, hash FROM events WHERE seq > ? ORDER BY seq",
        after,
      )
      .toArray();
  }

  /** The number of the oldest event that is still kept; 0 where there is none. */
  oldestEvent(): number {
    if (!this.made) return 0;
    return this.sql.exec<{ seq: number | null }>("SELECT min(seq) AS seq FROM events").one().seq ?? 0;
  }

  /** When the oldest event that is still kept was recorded (epoch ms); null where there is none. */
  oldestEventAt(): number | null {
    if (!this.made) return null;
    const [row] = this.sql.exec<{ at: number | null }>(
      "SELECT json_extract(body, '$.at') AS at FROM events ORDER BY seq LIMIT 1",
    );
    return row?.at ?? null;
  }

  /** The number of the first event that was recorded at `at` or later; the newest's where all are older. */
  firstEventSince(at: number): number {
    const since = this.sql.exec<{ seq: number | null }>(
      "SELECT min(seq) AS seq FROM events WHERE json_extract(body, '$.at') >= ?",
      at,
    );
    return since.one().seq ?? this.tip().seq;
  }

  /** Forgets the events before number `before`: for feeds that go on for years. An order keeps all of its own. */
  trimEvents(before: number): void {
    this.sql.exec("DELETE FROM events WHERE seq < ?", before);
  }

  stateRows(): { key: string; body: string }[] {
    if (!this.made) return [];
    return this.sql.exec<{ key: string; body: string }>("SELECT key, body FROM state").toArray();
  }

  putState(key: string, body: string | null): void {
    if (body === null) this.sql.exec("DELETE FROM state WHERE key = ?", key);
    else this.sql.exec("INSERT OR REPLACE INTO state (key, body) VALUES (?, ?)", key, body);
  }

  answer(key: string): { fingerprint: string; body: string } | undefined {
    if (!this.made) return undefined;
    return this.sql
      .exec<{ fingerprint: string; body: string }>("SELECT fingerprint, body FROM answers WHERE key = ?", key)
      .toArray()[0];
  }

  putAnswer(key: string, fingerprint: string, body: string, at: number): void {
    this.sql.exec(
      "INSERT OR REPLACE INTO answers (key, fingerprint, body, at) VALUES (?, ?, ?, ?)",
      key,
      fingerprint,
      body,
      at,
    );
  }

  forgetAnswers(before: number): void {
    this.sql.exec("DELETE FROM answers WHERE at < ?", before);
  }
}

/** Links an event to all before it: SHA-256 over the hash so far and the event's text, in hex. */
export function chained(hash: string, body: string): string {
  return createHash("sha256").update(hash).update("\n").update(body).digest("hex");
}

/**
 * The first number whose hash does not follow from what stands before it, or null when the chain is whole.
 * `after` is the last event known to be good, for a log whose beginning was trimmed. An event of which something was
 * erased keeps the hash of what it was; its text is the one that the event `erased`, further on in the chain, names.
 */
export function brokenAt(
  events: readonly { seq: number; body: string; hash: string }[],
  after: { readonly seq: number; readonly hash: string } = { seq: 0, hash: "" },
): number | null {
  let { seq, hash } = after;
  const erased = erasedTexts(events.map(({ body }) => body));
  for (const event of events) {
    const follows = event.hash === chained(hash, event.body) || erased.get(event.seq) === digestOf(event.body);
    seq += 1;
    if (!follows || event.seq !== seq) return event.seq;
    hash = event.hash;
  }
  return null;
}

/** SHA-256 of an event's text, in hex. */
export function digestOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

const Erased = z.object({
  type: z.literal("erased"),
  events: z.array(z.object({ seq: z.int(), digest: z.string() })),
});

/** Of each event of which something was erased, the digest of the text it has since. */
export function erasedTexts(bodies: readonly string[]): ReadonlyMap<number, string> {
  const found = bodies
    .filter((body) => body.includes('"erased"'))
    .flatMap((body) => Erased.safeParse(JSON.parse(body)).data?.events ?? []);
  return new Map(found.map(({ seq, digest }) => [seq, digest]));
}

export function parseEvent<Event>(body: string): Recorded<Event> {
  return JSON.parse(body);
}
