import { atOnce, Fault, type Fate, fateOf } from "./faults.ts";

/** The fault of one object, kept in its storage, with the attempts made since it was switched on. */
export class FaultSwitch {
  readonly #storage: DurableObjectStorage;
  #fault: Fault | null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS fault (one INTEGER PRIMARY KEY CHECK (one = 1), document TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS attempts (request TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
    `);
    const [row] = storage.sql.exec<{ document: string }>("SELECT document FROM fault").toArray();
    this.#fault = row === undefined ? null : Fault.parse(JSON.parse(row.document));
  }

  get(): Fault | null {
    return this.#fault;
  }

  /** Switches over and forgets the attempts, so that the same seed begins again. */
  set(fault: Fault | null): void {
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec("DELETE FROM attempts");
      this.#storage.sql.exec("DELETE FROM fault");
      if (fault !== null) this.#storage.sql.exec("INSERT INTO fault VALUES (1, ?)", JSON.stringify(fault));
    });
    this.#fault = fault;
  }

  /** Counts one more attempt at the request and says what becomes of it. */
  next(request: string): Fate {
    if (this.#fault === null) return atOnce;
    const { count } = this.#storage.sql
      .exec<{ count: number }>(
        "INSERT INTO attempts VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count",
        request,
      )
      .one();
    return fateOf(this.#fault, request, count);
  }
}
