import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Of what each subject wants to be told at which address, the address by its hash: only to find what is to end when
 * somebody says so. Where pushes go stands in the object of the order or the venue.
 */
export const pushTopics = sqliteTable(
  "push_topics",
  {
    tenant: text().notNull(),
    subject: text().notNull(),
    subscription: text().notNull(),
    kind: text({ enum: ["order", "venue"] }).notNull(),
    /** The order's or the venue's id. */
    about: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.subject, table.subscription, table.kind, table.about] }),
    index("push_topics_by_age").on(table.tenant, table.createdAt),
  ],
);
