import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The read model: an order's line for lists and searches, a moment behind the order itself. */
export const orders = sqliteTable(
  "orders",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    venue: text().notNull(),
    customer: text().notNull(),
    code: text().notNull(),
    status: text().notNull(),
    fulfilment: text().notNull(),
    total: integer().notNull(),
    currency: text().notNull(),
    placedAt: integer("placed_at"),
    updatedAt: integer("updated_at").notNull(),
    /** The order's event this line is from; an older one never replaces it. */
    seq: integer().notNull(),
    open: integer({ mode: "boolean" }).notNull(),
    /** When the customer's data were erased. */
    erasedAt: integer("erased_at"),
    /** What follows is null in lines of older code. Instants are epoch milliseconds. */
    sentAt: integer("sent_at"),
    acceptedAt: integer("accepted_at"),
    /** What was promised last before it was ready, and when it first was. */
    promisedAt: integer("promised_at"),
    readyAt: integer("ready_at"),
    endedAt: integer("ended_at"),
    dueAt: integer("due_at"),
    reason: text(),
    /** Minor units paid back, or on their way. */
    refunded: integer().notNull().default(0),
    /** What somebody must see to, as JSON. */
    attention: text().notNull().default("[]"),
    /** What was ordered, as JSON: `[{ key, name, quantity, total }]`. */
    items: text(),
    /** Where the guests sit, as it was said and as it is looked for. */
    table: text("at_table"),
    tableKey: text("table_key"),
    /** Keyed hashes: of the whole phone, and of all else that the order is found by, each between blanks. */
    phone: text(),
    traces: text(),
  },
  (table) => [
    index("orders_by_tenant").on(table.tenant, table.updatedAt),
    index("orders_by_venue").on(table.tenant, table.venue, table.updatedAt),
    index("orders_by_customer").on(table.tenant, table.customer, table.updatedAt),
    index("orders_by_open").on(table.open, table.updatedAt),
    index("orders_by_placing").on(table.tenant, table.placedAt),
    index("orders_by_code").on(table.tenant, table.code),
    index("orders_by_phone")
      .on(table.tenant, table.phone)
      .where(sql`${table.phone} is not null`),
    index("orders_by_table")
      .on(table.tenant, table.tableKey, table.placedAt)
      .where(sql`${table.tableKey} is not null`),
    // Only what is open is in it, so that a live board of a tenant with a million orders reads some hundred rows.
    index("orders_on_floor")
      .on(table.tenant, table.placedAt)
      .where(sql`${table.open} = 1`),
    // Holds an order from its end to its erasure, so that finding the next to erase costs no look at those that are.
    index("orders_by_erasure")
      .on(table.tenant, table.updatedAt)
      .where(sql`${table.erasedAt} is null and ${table.open} = 0`),
  ],
);
