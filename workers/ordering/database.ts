import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";

/** The one seam to D1: one shared database by default; a tenant's own would be chosen here. */
export function dbFor(env: { readonly DB: D1Database }): DrizzleD1Database {
  return drizzle(env.DB);
}
