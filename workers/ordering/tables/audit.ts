import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Who of the staff, the admins and the operator did what; ids are ULIDs, so that their order is that of time. */
export const audit = sqliteTable(
  "audit",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    role: text().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    status: integer().notNull(),
    traceparent: text(),
  },
  (table) => [
    index("audit_by_tenant").on(table.tenant, table.id),
    index("audit_by_subject").on(table.tenant, table.by, table.id),
    index("audit_by_time").on(table.at),
  ],
);
