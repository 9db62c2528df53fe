import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Facts that could not be handled, as they were, with what is needed to understand and to send them again. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    /** The envelope's id: stream and sequence. A fact that dies again is the same letter. */
    id: text().primaryKey(),
    tenant: text().notNull(),
    /** The queue consumer that gave up. */
    consumer: text().notNull(),
    sender: text().notNull(),
    receiver: text().notNull(),
    sequence: integer().notNull(),
    type: text().notNull(),
    order: text().notNull(),
    envelope: text().notNull(),
    error: text().notNull(),
    stack: text().notNull(),
    attempts: integer().notNull(),
    firstAt: integer("first_at").notNull(),
    lastAt: integer("last_at").notNull(),
    state: text({ enum: ["open", "closed", "dropped"] }).notNull(),
    closedAt: integer("closed_at"),
  },
  (table) => [index("dead_letters_by_tenant").on(table.tenant, table.state, table.lastAt)],
);
