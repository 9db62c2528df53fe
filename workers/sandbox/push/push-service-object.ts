import { DurableObject } from "cloudflare:workers";
import { problemOf, refuse } from "../../../contracts/problem.ts";
import { answerOf, answerOfProblem, type Outcome } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { FaultSwitch } from "../fault-switch.ts";
import type { Fault } from "../faults.ts";

/** A push as it arrived, which only the browser it is for can read. `body` is base64, `at` RFC 3339. */
export interface StoredPush {
  readonly browser: string;
  /** The sender's Idempotency-Key, for whoever counts repetitions: a real push service knows none. */
  readonly key: string | null;
  readonly body: string;
  readonly ttl: number;
  readonly urgency: string;
  readonly topic: string | null;
  readonly at: string;
}

interface Row extends Record<string, SqlStorageValue> {
  browser: string;
  key: string | null;
  body: string;
  ttl: number;
  urgency: string;
  topic: string | null;
  at: number;
}

/** A push service: it keeps whatever arrives, for browsers it knows nothing of, until one of them is gone. */
export class PushServiceObject extends DurableObject<SandboxEnv> {
  readonly #sql: SqlStorage;
  readonly #faults: FaultSwitch;

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS pushes (
        number INTEGER PRIMARY KEY AUTOINCREMENT, browser TEXT NOT NULL, key TEXT, body TEXT NOT NULL,
        ttl INTEGER NOT NULL, urgency TEXT NOT NULL, topic TEXT, at INTEGER NOT NULL
      );
      CREATE TABLE IF NOT EXISTS gone (browser TEXT PRIMARY KEY) WITHOUT ROWID;
    `);
    this.#faults = new FaultSwitch(ctx.storage);
  }

  take(push: Omit<StoredPush, "at">): Outcome {
    return this.ctx.storage.transactionSync(() => {
      const fate = this.#faults.next(push.key ?? push.browser);
      if (fate.kind === "error") return { fate, answer: null, replayed: false };
      const { browser, key, body, ttl, urgency, topic } = push;
      if (this.#sql.exec("SELECT 1 FROM gone WHERE browser = ?", browser).toArray().length > 0) {
        const gone = { ...problemOf(refuse("not-found", "This browser wants no more of them.")), status: 410 };
        return { fate, answer: answerOfProblem(gone), replayed: false };
      }
      this.#sql.exec(
        "INSERT INTO pushes (browser, key, body, ttl, urgency, topic, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        browser,
        key,
        body,
        ttl,
        urgency,
        topic,
        Date.now(),
      );
      return { fate, answer: answerOf(201, {}), replayed: false };
    });
  }

  /** Oldest first; of all browsers where `browser` is null. */
  pushes(browser: string | null): StoredPush[] {
    const rows =
      browser === null
        ? this.#sql.exec<Row>("SELECT * FROM pushes ORDER BY number LIMIT 1000")
        : this.#sql.exec<Row>("SELECT * FROM pushes WHERE browser = ? ORDER BY number LIMIT 1000", browser);
    return rows.toArray().map(({ key, body, ttl, urgency, topic, at, browser: of }) => ({
      browser: of,
      key,
      body,
      ttl,
      urgency,
      topic,
      at: new Date(at).toISOString(),
    }));
  }

  /** From now on the browser is gone, as one that has withdrawn its permission. */
  forget(browser: string): void {
    this.#sql.exec("INSERT OR IGNORE INTO gone VALUES (?)", browser);
  }

  fault(): Fault | null {
    return this.#faults.get();
  }

  setFault(fault: Fault | null): void {
    this.#faults.set(fault);
  }
}
