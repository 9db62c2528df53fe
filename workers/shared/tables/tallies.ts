import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What isolates have counted, added up: they are many and short-lived, so that none of them knows a whole. */
export const tallies = sqliteTable(
  "tallies",
  {
    worker: text().notNull(),
    metric: text().notNull(),
    /** The value of the metric's second label, or nothing. */
    label: text().notNull(),
    /** Of a histogram: a bucket's upper bound, `+Inf` or `sum`; else nothing. */
    bucket: text().notNull(),
    total: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.worker, table.metric, table.label, table.bucket] })],
);

/** Objects that live long, and when a batch was last for them: nobody else can list what objects there are. */
export const actorsSeen = sqliteTable(
  "actors_seen",
  {
    address: text().primaryKey(),
    kind: text().notNull(),
    seenAt: integer("seen_at").notNull(),
  },
  (table) => [index("actors_seen_by_kind").on(table.kind, table.seenAt)],
);
