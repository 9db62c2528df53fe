import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** Thrown where the power goes off, and by everything that is tried afterwards. */
export class PowerCut extends Error {
  override readonly name = "PowerCut";
}

/** The current an object runs on. `step` is called at every boundary of a write, and throws when it is cut there. */
export interface Power {
  step(): void;
}

export const steadyPower: Power = { step: () => {} };

/** What of one object survives a crash: its database and its alarm. */
export class Disk {
  readonly database = new DatabaseSync(":memory:");
  /** Called whenever an alarm is set (epoch ms). */
  onAlarm: (at: number) => void = () => {};
  alarmAt: number | null = null;
  private readonly statements = new Map<string, StatementSync>();

  statement(query: string): StatementSync {
    const known = this.statements.get(query);
    if (known !== undefined) return known;
    const made = this.database.prepare(query);
    this.statements.set(query, made);
    return made;
  }

  /** The rows of a query, past any power and any object: for a test's eyes. */
  rows(query: string): Record<string, unknown>[] {
    return this.database.prepare(query).all();
  }
}

const writes = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE)\b/i;
const mostParameters = 100;

/**
 * The storage of a Durable Object over a disk, as far as our objects use it. As on the platform, a throw inside
 * `transactionSync` undoes its writes; unlike there, every single write may be the last.
 */
export function storageOn(disk: Disk, power: Power): DurableObjectStorage {
  let depth = 0;
  const run = (query: string, bindings: SQLInputValue[]): Record<string, unknown>[] => {
    power.step();
    if (bindings.length > mostParameters) throw new Error("too many SQL variables");
    if (!writes.test(query)) return disk.statement(query).all(...bindings);
    let rows: Record<string, unknown>[] = [];
    if (bindings.length === 0 && query.trimEnd().slice(0, -1).includes(";")) disk.database.exec(query);
    else rows = disk.statement(query).all(...bindings);
    power.step();
    return rows;
  };
  const storage = {
    sql: {
      exec: (query: string, ...bindings: SQLInputValue[]) => cursor(run(query, bindings)),
      get databaseSize() {
        return 0;
      },
    },
    transactionSync: <T>(work: () => T): T => {
      power.step();
      const name = `level_${depth}`;
      depth += 1;
      disk.database.exec(`SAVEPOINT ${name}`);
      let result: T;
      try {
        result = work();
        disk.database.exec(`RELEASE ${name}`);
      } catch (error) {
        disk.database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
        throw error;
      } finally {
        depth -= 1;
      }
      power.step();
      return result;
    },
    setAlarm: async (at: number | Date): Promise<void> => {
      const due = Number(at);
      if (!(due > 0)) throw new TypeError("setAlarm() cannot be called with an alarm time <= 0");
      power.step();
      disk.alarmAt = due;
      disk.onAlarm(due);
      power.step();
    },
    getAlarm: async (): Promise<number | null> => disk.alarmAt,
    deleteAlarm: async (): Promise<void> => {
      disk.alarmAt = null;
    },
  };
  return storage as unknown as DurableObjectStorage;
}

function cursor(rows: Record<string, unknown>[]) {
  return {
    rowsRead: rows.length,
    toArray: () => rows,
    one: () => {
      if (rows.length !== 1) throw new Error(`Expected exactly one result from SQL query, but got ${rows.length}`);
      return rows[0];
    },
    [Symbol.iterator]: () => rows[Symbol.iterator](),
  };
}
