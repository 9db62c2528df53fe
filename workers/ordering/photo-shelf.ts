import type { ActorStorage } from "../shared/storage.ts";

/** One photo, kept beside an object's log: it is a customer's doorstep, and goes with what is personal. */
export class PhotoShelf {
  readonly #memory: ActorStorage;

  constructor(memory: ActorStorage) {
    this.#memory = memory;
  }

  /** To be called inside the transaction of its event. */
  put(photo: Uint8Array): void {
    this.#memory.sql.exec(
      "CREATE TABLE IF NOT EXISTS photo (one INTEGER PRIMARY KEY CHECK (one = 1), bytes BLOB NOT NULL)",
    );
    this.#memory.sql.exec("INSERT OR REPLACE INTO photo VALUES (1, ?)", photo);
  }

  get(): Uint8Array | null {
    if (!this.#exists()) return null;
    const [row] = this.#memory.sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM photo").toArray();
    return row === undefined ? null : new Uint8Array(row.bytes);
  }

  clear(): void {
    if (this.#exists()) this.#memory.sql.exec("DELETE FROM photo");
  }

  #exists(): boolean {
    return this.#memory.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'photo'").toArray().length > 0;
  }
}
