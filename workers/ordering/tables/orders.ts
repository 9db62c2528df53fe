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
  },
  (table) => [
    index("orders_by_tenant").on(table.tenant, table.updatedAt),
    index("orders_by_venue").on(table.tenant, table.venue, table.updatedAt),
    index("orders_by_customer").on(table.tenant, table.customer, table.updatedAt),
    index("orders_by_open").on(table.open, table.updatedAt),
    // Holds an order from its end to its erasure, so that finding the next to erase costs no look at those that are.
    index("orders_by_erasure")
      .on(table.tenant, table.updatedAt)
      .where(sql`${table.erasedAt} is null and ${table.open} = 0`),
  ],
);
