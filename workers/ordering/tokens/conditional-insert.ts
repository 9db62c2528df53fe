import { getTableColumns, sql, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "../../shared/database.ts";

/** Inserts the row only where `from` (the rest of a select: `from … where …`) holds; for use in a batch. */
export function insertWhere<T extends SQLiteTable>(database: Database, table: T, row: T["$inferSelect"], from: SQL) {
  const values = Object.entries(getTableColumns(table)).map(([name, column]) => sql.param(row[name], column));
  return database.insert(table).select(sql`select ${sql.join(values, sql`, `)} ${from}`);
}
