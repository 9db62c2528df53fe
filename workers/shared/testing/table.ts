import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";

/** The statement that makes a table of a drizzle schema, without its indexes. */
export function createTable(table: SQLiteTable): string {
  const { name, columns, primaryKeys } = getTableConfig(table);
  const parts = columns.map(
    (column) =>
      `"${column.name}" ${column.getSQLType()}${column.primary ? " PRIMARY KEY" : ""}${column.notNull ? " NOT NULL" : ""}`,
  );
  const keys = primaryKeys.map((key) => `PRIMARY KEY (${key.columns.map((column) => `"${column.name}"`).join(", ")})`);
  return `CREATE TABLE "${name}" (${[...parts, ...keys].join(", ")})`;
}
