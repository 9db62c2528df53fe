import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { createTable } from "./table.ts";

/** D1 takes at most 100 bound parameters a statement; its local stand-in does not say so, this one does. */
const mostParameters = 100;

/** D1 over SQLite in memory, with the tables of a drizzle schema. */
export class D1 {
  readonly database = new DatabaseSync(":memory:");
  /** Called before every statement, with its text; may throw. */
  before: (query: string) => void = () => {};

  private readonly statements = new Map<string, StatementSync>();

  constructor(...tables: readonly SQLiteTable[]) {
    for (const table of tables) this.database.exec(createTable(table));
  }

  /** This database as the platform's type. */
  get asD1(): D1Database {
    const prepare = (query: string): object => this.statement(query, []);
    return { prepare, batch: (all: readonly D1PreparedStatement[]) => this.batch(all) } as unknown as D1Database;
  }

  private prepared(query: string): StatementSync {
    const statement = this.statements.get(query) ?? this.database.prepare(query);
    this.statements.set(query, statement);
    return statement;
  }

  private async batch(statements: readonly D1PreparedStatement[]): Promise<unknown[]> {
    const outcomes: unknown[] = [];
    this.database.exec("BEGIN");
    try {
      for (const statement of statements) outcomes.push(await statement.all());
      this.database.exec("COMMIT");
    } catch (error) {
      this.database.exec("ROLLBACK");
      throw error;
    }
    return outcomes;
  }

  private statement(query: string, bound: readonly SQLInputValue[]): object {
    const run = (): Record<string, unknown>[] => {
      this.before(query);
      if (bound.length > mostParameters) throw new Error("D1_ERROR: too many SQL variables");
      return this.prepared(query).all(...bound);
    };
    return {
      bind: (...values: readonly SQLInputValue[]) => this.statement(query, values),
      all: async () => ({ results: run(), success: true, meta: {} }),
      run: async () => ({ results: run(), success: true, meta: {} }),
      raw: async () => run().map((row) => Object.values(row)),
      first: async () => run()[0] ?? null,
    };
  }
}
