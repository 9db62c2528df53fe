import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A tenant's carrier by its id, so that they can be listed; all else about it is in its object. */
export const carriers = sqliteTable(
  "carriers",
  {
    tenant: text().notNull(),
    id: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);
