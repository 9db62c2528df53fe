import type { NewSubscription } from "../../../contracts/push.ts";
import type { ActorStorage } from "../../shared/storage.ts";
import type { Recipient } from "./encryption.ts";

/** Where a browser is told, and under which keys. */
export type Target = Pick<NewSubscription, "endpoint" | "keys">;

/**
 * The addresses and keys of an object's subscriptions. They stand beside the log and not in it: who has them could write
 * to that browser, and they go when the browser does.
 */
export class PushBox {
  readonly #memory: ActorStorage;
  #made = false;

  constructor(memory: ActorStorage) {
    this.#memory = memory;
    memory.onUndone(() => (this.#made = false));
  }

  /** To be called inside the transaction of their event. */
  put(id: string, { endpoint, keys }: Target): void {
    this.#memory.sql.exec(
      "CREATE TABLE IF NOT EXISTS push (id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL, auth TEXT NOT NULL) WITHOUT ROWID",
    );
    this.#memory.sql.exec("INSERT OR REPLACE INTO push VALUES (?, ?, ?, ?)", id, endpoint, keys.p256dh, keys.auth);
    this.#made = true;
  }

  /** Null where it was never here, or has gone. */
  get(id: string): ({ readonly endpoint: string } & Recipient) | null {
    if (!this.#exists()) return null;
    const [row] = this.#memory.sql
      .exec<{ endpoint: string; p256dh: string; auth: string }>(
        "SELECT endpoint, p256dh, auth FROM push WHERE id = ?",
        id,
      )
      .toArray();
    if (row === undefined) return null;
    const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64url"));
    return { endpoint: row.endpoint, p256dh: bytes(row.p256dh), auth: bytes(row.auth) };
  }

  remove(id: string): void {
    if (this.#exists()) this.#memory.sql.exec("DELETE FROM push WHERE id = ?", id);
  }

  clear(): void {
    if (this.#exists()) this.#memory.sql.exec("DELETE FROM push");
  }

  #exists(): boolean {
    this.#made ||= this.#memory.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'push'").toArray().length > 0;
    return this.#made;
  }
}
