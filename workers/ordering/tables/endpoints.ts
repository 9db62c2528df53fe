import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Which endpoints a tenant has; everything else of one is in its object. */
export const endpoints = sqliteTable(
  "endpoints",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("endpoints_by_tenant").on(table.tenant)],
);
