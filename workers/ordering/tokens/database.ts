import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type { TokenEnv } from "./env.ts";

/** The installation's shared database: who may sign in is known before a tenant is. */
export function tokenDatabase(env: Pick<TokenEnv, "DB">): DrizzleD1Database {
  return drizzle(env.DB);
}
