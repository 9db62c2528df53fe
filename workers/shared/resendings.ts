import type { Address } from "../../contracts/address.ts";
import type { Resent } from "../../contracts/desk.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { ActorStorage } from "./storage.ts";

/** Of a receiver that stays silent the first are kept, which take an hour; the rest comes every five minutes. */
const mostAttempts = 16;
const keptMs = 30 * 86_400_000;

/** When facts were sent once more, for an order's ledger. What is acknowledged in time leaves nothing here. */
export class Resendings {
  private readonly storage: ActorStorage;
  private made = false;

  constructor(storage: ActorStorage) {
    this.storage = storage;
    storage.onUndone(() => (this.made = false));
  }

  /** To be called inside the transaction that sets the next retransmission; this is number `attempts`. */
  note(to: Address, facts: readonly Envelope[], attempts: number, now: number): void {
    const [first, last] = [facts.at(0)?.sequence, facts.at(-1)?.sequence];
    if (first === undefined || last === undefined || attempts > mostAttempts) return;
    if (!this.made) {
      this.storage.sql.exec("CREATE TABLE IF NOT EXISTS resent (peer TEXT, at INTEGER, first INTEGER, last INTEGER)");
    }
    this.made = true;
    this.storage.sql.exec("INSERT INTO resent (peer, at, first, last) VALUES (?, ?, ?, ?)", to, now, first, last);
  }

  /** What was sent again to these receivers, or to all where none are named; the oldest first of each. */
  to(peers: readonly Address[] | null): Resent[] {
    if (!this.exists()) return [];
    const columns = "SELECT peer AS 'to', at, first, last FROM resent";
    const read = (where: string, ...peer: Address[]): Resent[] =>
      this.storage.sql
        .exec<Resent & Record<string, SqlStorageValue>>(`${columns}${where} ORDER BY at LIMIT 1000`, ...peer)
        .toArray();
    return peers === null ? read("") : peers.flatMap((peer) => read(" WHERE peer = ?", peer));
  }

  forgetOld(now: number): void {
    if (this.exists()) this.storage.sql.exec("DELETE FROM resent WHERE at < ?", now - keptMs);
  }

  private exists(): boolean {
    this.made ||= this.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'resent'").toArray().length > 0;
    return this.made;
  }
}
