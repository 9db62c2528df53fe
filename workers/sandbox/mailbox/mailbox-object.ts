import { createHash } from "node:crypto";
import { DurableObject } from "cloudflare:workers";
import { problemOf, refuse } from "../../../contracts/problem.ts";
import { answerOf, answerOfProblem, type Outcome } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { FaultSwitch } from "../fault-switch.ts";
import type { Fault } from "../faults.ts";
import type { Mail, StoredMail } from "./mail.ts";

interface Row extends Record<string, SqlStorageValue> {
  number: number;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  at: number;
}

/** All mail of one tenant. The key is the row's own, so a mail sent twice lies there once. */
export class MailboxObject extends DurableObject<SandboxEnv> {
  readonly #sql: SqlStorage;
  readonly #faults: FaultSwitch;

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS mails (
        number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL,
        "to" TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT, at INTEGER NOT NULL
      );
    `);
    this.#faults = new FaultSwitch(ctx.storage);
  }

  send(key: string, mail: Mail): Outcome {
    return this.ctx.storage.transactionSync(() => {
      const fate = this.#faults.next(key);
      if (fate.kind === "error") return { fate, answer: null, replayed: false };
      const fingerprint = createHash("sha256").update(JSON.stringify(mail)).digest("hex");
      const [known] = this.#sql.exec<{ number: number; fingerprint: string }>(
        "SELECT number, fingerprint FROM mails WHERE key = ?",
        key,
      );
      if (known !== undefined && known.fingerprint !== fingerprint) {
        const reused = refuse("idempotency-key-reused", "This key came before with another mail.");
        return { fate, answer: answerOfProblem(problemOf(reused)), replayed: false };
      }
      const number = known?.number ?? this.#store(key, fingerprint, mail);
      return { fate, answer: answerOf(202, { id: idOf(number) }), replayed: known !== undefined };
    });
  }

  /** Newest first; all addresses when `to` is null. */
  mails(to: string | null, limit: number): StoredMail[] {
    const rows =
      to === null
        ? this.#sql.exec<Row>("SELECT * FROM mails ORDER BY number DESC LIMIT ?", limit)
        : this.#sql.exec<Row>('SELECT * FROM mails WHERE "to" = ? ORDER BY number DESC LIMIT ?', to, limit);
    return rows.toArray().map((row) => ({
      id: idOf(row.number),
      to: row.to,
      subject: row.subject,
      text: row.text,
      html: row.html,
      at: new Date(row.at).toISOString(),
    }));
  }

  empty(to: string | null): void {
    if (to === null) this.#sql.exec("DELETE FROM mails");
    else this.#sql.exec('DELETE FROM mails WHERE "to" = ?', to);
  }

  fault(): Fault | null {
    return this.#faults.get();
  }

  setFault(fault: Fault | null): void {
    this.#faults.set(fault);
  }

  #store(key: string, fingerprint: string, { to, subject, text, html }: Mail): number {
    return this.#sql
      .exec<{ number: number }>(
        `INSERT INTO mails (key, fingerprint, "to", subject, text, html, at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number`,
        key,
        fingerprint,
        to,
        subject,
        text,
        html ?? null,
        Date.now(),
      )
      .one().number;
  }
}

function idOf(number: number): string {
  return `mail_${String(number).padStart(8, "0")}`;
}
