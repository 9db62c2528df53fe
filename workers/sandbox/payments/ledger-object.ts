import { createHash } from "node:crypto";
import { DurableObject } from "cloudflare:workers";
import { isRefusal, problemOf, refuse } from "../../../contracts/problem.ts";
import { answerOf, answerOfProblem, type Answer, type Outcome } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { FaultSwitch } from "../fault-switch.ts";
import type { Fate, Fault } from "../faults.ts";
import { authorise, begin, type Command, decide, evolve, mannerOf, type Movement } from "./ledger.ts";
import { Entry, Payment, statementOf } from "./payment.ts";

const slowMs = 3_000;
const neverMs = 60_000;
const unknown = refuse("not-found", "The account has no such payment.");

/** The provider's books of one account, each key's answer written together with what it moved. */
export class LedgerObject extends DurableObject<SandboxEnv> {
  readonly #sql: SqlStorage;
  readonly #faults: FaultSwitch;

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS answers (
        key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS payments (
        id TEXT PRIMARY KEY, reference TEXT NOT NULL, document TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS payments_by_reference ON payments (reference);
      CREATE TABLE IF NOT EXISTS movements (number INTEGER PRIMARY KEY, document TEXT NOT NULL);
    `);
    this.#faults = new FaultSwitch(ctx.storage);
  }

  /** Does a command once for its key; the answer, whatever it is, stays the key's answer. */
  act(key: string, command: Command): Outcome {
    return this.ctx.storage.transactionSync(() => {
      const fate = this.#faults.next(key);
      if (fate.kind === "error") return { fate, answer: null, replayed: false };
      const fingerprint = hashOf(JSON.stringify(command));
      const known = this.#answered(key);
      if (known === null) {
        const answer = this.#perform(key, command);
        this.#sql.exec("INSERT INTO answers VALUES (?, ?, ?, ?)", key, fingerprint, answer.status, answer.body);
        return { fate: fatedBy(fate, command), answer, replayed: false };
      }
      if (known.fingerprint === fingerprint) return { fate, answer: known.answer, replayed: true };
      const reused = refuse("idempotency-key-reused", "This key came before with another request.");
      return { fate, answer: answerOfProblem(problemOf(reused)), replayed: false };
    });
  }

  payment(id: string): Outcome {
    return this.#read(`GET ${id}`, () => {
      const payment = this.#payment(id);
      return payment === null ? answerOfProblem(problemOf(unknown)) : answerOf(200, statementOf(payment));
    });
  }

  /** At most 100 payments of a reference, oldest first. */
  paymentsOf(reference: string): Outcome {
    return this.#read(`GET ?reference=${reference}`, () => {
      const rows = this.#sql.exec<{ document: string }>(
        "SELECT document FROM payments WHERE reference = ? LIMIT 100",
        reference,
      );
      const payments = rows.toArray().map(({ document }) => Payment.parse(JSON.parse(document)));
      payments.sort((a, b) => a.createdAt - b.createdAt);
      return answerOf(200, { payments: payments.map(statementOf) });
    });
  }

  /** Movements numbered above `after`, in order. Faults spare it: it is for whoever checks the books. */
  movements(after: number, limit: number): Entry[] {
    return this.#entries(
      "SELECT number, document FROM movements WHERE number > ? ORDER BY number LIMIT ?",
      after,
      limit,
    );
  }

  /** The newest movements, newest first. */
  newest(limit: number): Entry[] {
    return this.#entries("SELECT number, document FROM movements ORDER BY number DESC LIMIT ?", limit);
  }

  fault(): Fault | null {
    return this.#faults.get();
  }

  setFault(fault: Fault | null): void {
    this.#faults.set(fault);
  }

  #perform(key: string, command: Command): Answer {
    const now = Date.now();
    if (command.type === "authorise") {
      const id = `pay_${hashOf(`${this.ctx.id.name}\n${key}`).slice(0, 32)}`;
      const movement = authorise(command.body);
      const payment = begin(id, command.body, movement, now);
      this.#sql.exec("INSERT INTO payments VALUES (?, ?, ?)", id, payment.reference, JSON.stringify(payment));
      this.#book(payment, movement, now);
      return answerOf(201, statementOf(payment));
    }
    const before = this.#payment(command.payment);
    if (before === null) return answerOfProblem(problemOf(unknown));
    const verdict = decide(before, command);
    if (isRefusal(verdict)) return answerOfProblem(problemOf(verdict));
    if ("status" in verdict) return answerOfProblem(verdict);
    const after = evolve(before, verdict);
    this.#sql.exec("UPDATE payments SET document = ? WHERE id = ?", JSON.stringify(after), after.id);
    this.#book(after, verdict, now);
    return answerOf(200, statementOf(after));
  }

  #book({ id, reference, currency }: Payment, movement: Movement, now: number): void {
    const entry = { payment: id, reference, currency, ...movement, at: new Date(now).toISOString() };
    this.#sql.exec("INSERT INTO movements (document) VALUES (?)", JSON.stringify(entry));
  }

  #read(request: string, answer: () => Answer): Outcome {
    const fate = this.#faults.next(request);
    return { fate, answer: fate.kind === "error" ? null : answer(), replayed: false };
  }

  #payment(id: string): Payment | null {
    const [row] = this.#sql.exec<{ document: string }>("SELECT document FROM payments WHERE id = ?", id);
    return row === undefined ? null : Payment.parse(JSON.parse(row.document));
  }

  #answered(key: string): { fingerprint: string; answer: Answer } | null {
    const [row] = this.#sql.exec<{ fingerprint: string; status: number; body: string }>(
      "SELECT fingerprint, status, body FROM answers WHERE key = ?",
      key,
    );
    return row === undefined ? null : { fingerprint: row.fingerprint, answer: { status: row.status, body: row.body } };
  }

  #entries(query: string, ...bindings: number[]): Entry[] {
    const rows = this.#sql.exec<{ number: number; document: string }>(query, ...bindings).toArray();
    return rows.map(({ number, document }) => Entry.parse({ number, ...JSON.parse(document) }));
  }
}

function fatedBy(fate: Fate, command: Command): Fate {
  switch (mannerOf(command)) {
    case "promptly":
      return fate;
    case "slowly":
      return { ...fate, delayMs: fate.delayMs + slowMs };
    case "never":
      return { kind: "silence", delayMs: neverMs };
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
