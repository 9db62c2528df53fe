import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";

/** The statement that makes a table of a drizzle schema, without its indexes. */
export function createTable(table: SQLiteTable): string {
  const { name, columns } = getTableConfig(table);
  const parts = columns.map(
    (column) =>
      `"${column.name}" ${column.getSQLType()}${column.primary ? " PRIMARY KEY" : ""}${column.notNull ? " NOT NULL" : ""}`,
  );
  return `CREATE TABLE "${name}" (${parts.join(", ")})`;
}
