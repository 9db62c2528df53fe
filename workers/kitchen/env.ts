import type { BoardObject } from "./board-object.ts";

/** What wrangler.toml gives this worker; a test holds the two lists equal. */
export interface KitchenEnv {
  BOARD: DurableObjectNamespace<BoardObject>;
  DB: D1Database;
  ORDERING_INBOX: Queue;
  DEAD_LETTERS: Queue;
}
