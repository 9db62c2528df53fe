import { dbFor, type Database } from "../../shared/database.ts";
import type { TokenEnv } from "./env.ts";

/** The installation's shared database: who may sign in is known before a tenant is. */
export function tokenDatabase(env: Pick<TokenEnv, "DB">): Database {
  return dbFor(env, "installation");
}
