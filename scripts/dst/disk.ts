import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** The current an object runs on: asked before and after every write and before every read; throws once it is cut. */
export interface Current {
  step(writes: boolean): void;
}

interface Known {
  readonly statement: StatementSync;
  readonly writes: boolean;
  readonly logs: boolean;
}

const writing = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;
const asksForTables = "SELECT 1 FROM sqlite_master WHERE name = 'events'";
const mostParameters = 100;

/**
 * What of one object survives a crash. A disk is used for many objects one after the other: emptying its tables is
 * ten times as fast as making them, so that a query for the tables is answered as if they had not been made.
 */
export class Disk {
  /** Told of every event that was written, as its text. */
  onEvents: (bodies: readonly string[]) => void = () => {};
  /** Grows with every write. */
  version = 0;
  private readonly database = new DatabaseSync(":memory:");
  private readonly known = new Map<string, Known>();
  private readonly savepoints: { begin: StatementSync; release: StatementSync; undo: StatementSync }[] = [];
  private schema = "";
  private made = false;
  private depth = 0;
  private appended: string[] = [];

  get hasTables(): boolean {
    return this.made;
  }

  empty(): void {
    this.onEvents = () => {};
    this.depth = 0;
    this.appended = [];
    if (!this.made) return;
    this.made = false;
    for (const name of this.tables()) this.statementOf(`DELETE FROM ${name}`).statement.run();
  }

  /** The rows of a query past any power and any object: for the eyes of those who judge. */
  rows<T>(query: string, ...bindings: SQLInputValue[]): T[] {
    return this.made ? (this.statementOf(query).statement.all(...bindings) as T[]) : [];
  }

  run(current: Current, query: string, bindings: readonly SQLInputValue[]): Record<string, unknown>[] {
    if (query === asksForTables) {
      current.step(false);
      return this.made ? [{ "1": 1 }] : [];
    }
    if (/^\s*CREATE\b/.test(query)) {
      current.step(true);
      this.make(query);
      current.step(true);
      return [];
    }
    if (bindings.length > mostParameters) throw new Error("too many SQL variables");
    const { statement, writes, logs } = this.statementOf(query);
    current.step(writes);
    const rows = statement.all(...bindings);
    if (!writes) return rows;
    this.version += 1;
    if (logs) this.appended.push(`${bindings[1] as string}`);
    if (this.depth === 0) this.settle();
    current.step(true);
    return rows;
  }

  transaction<T>(current: Current, work: () => T): T {
    current.step(true);
    const { begin, release, undo } = this.savepoint(this.depth);
    const before = { made: this.made, schema: this.schema, appended: this.appended.length };
    this.depth += 1;
    begin.run();
    let result: T;
    try {
      result = work();
      current.step(true);
      release.run();
      this.depth -= 1;
    } catch (error) {
      undo.run();
      release.run();
      this.depth -= 1;
      this.made = before.made;
      this.schema = before.schema;
      this.appended.length = before.appended;
      this.version += 1;
      throw error;
    }
    if (this.depth === 0) this.settle();
    current.step(true);
    return result;
  }

  private settle(): void {
    if (this.appended.length === 0) return;
    const bodies = this.appended;
    this.appended = [];
    this.onEvents(bodies);
  }

  private make(query: string): void {
    if (this.schema === "") {
      this.database.exec(query);
      this.schema = query;
    }
    if (this.schema !== query) throw new Error("this disk has other tables");
    this.made = true;
  }

  private tables(): string[] {
    return [...this.schema.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map(([, name = ""]) => name);
  }

  private statementOf(query: string): Known {
    const found = this.known.get(query);
    if (found !== undefined) return found;
    const statement = this.database.prepare(query);
    const made = { statement, writes: writing.test(query), logs: query.startsWith("INSERT INTO events") };
    this.known.set(query, made);
    return made;
  }

  private savepoint(depth: number) {
    const prepare = (text: string): StatementSync => this.database.prepare(`${text} level_${depth}`);
    return (this.savepoints[depth] ??= {
      begin: prepare("SAVEPOINT"),
      release: prepare("RELEASE"),
      undo: prepare("ROLLBACK TO"),
    });
  }
}

/** The storage of a Durable Object over a disk; `setAlarm` is the cloud's. */
export function storageOn(disk: Disk, current: Current, setAlarm: (at: number) => void): DurableObjectStorage {
  const storage = {
    sql: {
      exec: (query: string, ...bindings: SQLInputValue[]) => cursor(disk.run(current, query, bindings)),
      databaseSize: 0,
    },
    transactionSync: <T>(work: () => T): T => disk.transaction(current, work),
    setAlarm: async (at: number | Date): Promise<void> => {
      const due = Number(at);
      if (!(due > 0)) throw new TypeError("setAlarm() cannot be called with an alarm time <= 0");
      current.step(true);
      setAlarm(due);
      current.step(true);
    },
  };
  return storage as unknown as DurableObjectStorage;
}

function cursor(rows: Record<string, unknown>[]) {
  return {
    toArray: () => rows,
    one: () => {
      if (rows.length !== 1) throw new Error(`Expected exactly one result from SQL query, but got ${rows.length}`);
      return rows[0];
    },
    [Symbol.iterator]: () => rows[Symbol.iterator](),
  };
}

const spare: Disk[] = [];

export function borrowDisk(): Disk {
  return spare.pop() ?? new Disk();
}

export function giveBack(disk: Disk): void {
  disk.empty();
  spare.push(disk);
}
