import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";

export type Database = DrizzleD1Database;

/**
 * Whose rows are read or written: one tenant's, or those of the whole installation, where a tenant is not known yet
 * (signing in, the public menu) or many are served at once (sweeps, the read model, dead letters).
 */
export type Whose = { readonly tenant: string } | "installation";

/** The one way to D1. All share one database today; a tenant's own would be chosen here, and nowhere else. */
export function dbFor(env: { readonly DB: D1Database }, _whose: Whose): Database {
  return drizzle(env.DB);
}
