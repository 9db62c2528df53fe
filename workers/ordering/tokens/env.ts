import type { Principal } from "../../../contracts/principal.ts";
import type { OrderingEnv } from "../env.ts";

export interface TokenEnv extends Pick<OrderingEnv, "ORDER" | "VENUE" | "FLOOR" | "KITCHEN" | "DELIVERY"> {
  DB: D1Database;
  /** At least 16 characters; seals the signing keys and every other secret kept in D1. */
  KEY_ENCRYPTION_SECRET: string;
  /** The installation's operator, who makes tenants. Both empty: nobody is. */
  OPERATOR_ID: string;
  OPERATOR_SECRET: string;
}

/** The Hono environment of guarded routes. */
export interface TokenHono {
  Bindings: TokenEnv;
  Variables: { principal: Principal; request: string };
}
