import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A venue's line: found by its id alone, since the public routes carry no tenant. Its settings live in its object. */
export const venues = sqliteTable(
  "venues",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("venues_by_tenant").on(table.tenant)],
);

/** Every version of a menu that was published; the newest is the one that counts. */
export const menuVersions = sqliteTable(
  "menu_versions",
  {
    tenant: text().notNull(),
    venue: text().notNull(),
    version: integer().notNull(),
    /** SHA-256 of the canonical document: the same menu again is no new version. */
    hash: text().notNull(),
    publishedAt: integer("published_at").notNull(),
    /** The token's subject; of what older code published it is not known. */
    publishedBy: text("published_by"),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.venue, table.version] })],
);

/** A version's document in pieces, since a row of D1 holds at most 2 MB. */
export const menuParts = sqliteTable(
  "menu_parts",
  {
    tenant: text().notNull(),
    venue: text().notNull(),
    version: integer().notNull(),
    part: integer().notNull(),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.venue, table.version, table.part] })],
);
