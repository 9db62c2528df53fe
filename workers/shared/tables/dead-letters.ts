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
    /** As its sender wrote it; it stays as it was. */
    envelope: text().notNull(),
    /** What the fact says instead, as JSON, once somebody has edited it. */
    edited: text(),
    error: text().notNull(),
    stack: text().notNull(),
    attempts: integer().notNull(),
    firstAt: integer("first_at").notNull(),
    lastAt: integer("last_at").notNull(),
    state: text({ enum: ["open", "closed", "dropped"] }).notNull(),
    /** When its fact or, of a dropped one, its tombstone was applied. */
    closedAt: integer("closed_at"),
    /** When the tenant's endpoints were told that it has appeared. */
    toldAt: integer("told_at"),
  },
  (table) => [
    index("dead_letters_by_tenant").on(table.tenant, table.state, table.lastAt),
    index("dead_letters_by_order").on(table.tenant, table.order),
    // For the sweep and the count, which look at all tenants' and at no closed ones.
    index("dead_letters_by_state").on(table.state, table.consumer, table.lastAt),
  ],
);

/** Who did what with a letter, and why. */
export const deadLetterActs = sqliteTable(
  "dead_letter_acts",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    letter: text().notNull(),
    tenant: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    act: text({ enum: ["edited", "redriven", "dropped"] }).notNull(),
    reason: text().notNull(),
  },
  (table) => [index("dead_letter_acts_by_letter").on(table.letter)],
);
