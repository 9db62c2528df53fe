import type { Address } from "../../contracts/address.ts";
import { silent, type Outgoing } from "./link.ts";
import type { ActorStorage } from "./storage.ts";

/** What an object has said to one other and heard of it. */
export interface Peer {
  readonly stream: Outgoing;
  /** The number of the last fact of that other which was applied here. */
  readonly applied: number;
}

interface PeerRow extends Record<string, SqlStorageValue> {
  sent: number;
  acked: number;
  attempts: number;
  retry_at: number | null;
  applied: number;
}

const stranger: Peer = { stream: silent, applied: 0 };
/** Orders' streams that have been still for this long are forgotten: longer than any order is placed ahead. */
const stillMs = 400 * 86_400_000;
/** A zone speaks with thousands of orders and drivers a day. */
const mostRemembered = 1_000;

/** The table of an object's streams, with what was read of it since the object woke kept in memory. */
export class Peers {
  private readonly storage: ActorStorage;
  private readonly known = new Map<Address, Peer>();
  private retryAt: number | null | undefined;

  constructor(storage: ActorStorage) {
    this.storage = storage;
    storage.onUndone(() => this.doubt());
  }

  at(address: Address): Peer {
    const known = this.known.get(address);
    if (known !== undefined || !this.storage.exists) return known ?? stranger;
    const [row] = this.storage.sql
      .exec<PeerRow>("SELECT sent, acked, attempts, retry_at, applied FROM peers WHERE peer = ?", address)
      .toArray();
    const peer = row === undefined ? stranger : peerOf(row);
    this.remember(address, peer);
    return peer;
  }

  put(address: Address, { stream, applied }: Peer, now: number): void {
    const { sent, acked, attempts, retryAt } = stream;
    if (this.at(address).stream.retryAt !== retryAt) this.retryAt = undefined;
    this.remember(address, { stream, applied });
    this.storage.sql.exec(
      "INSERT OR REPLACE INTO peers (peer, sent, acked, attempts, retry_at, applied, touched) VALUES (?, ?, ?, ?, ?, ?, ?)",
      address,
      sent,
      acked,
      attempts,
      retryAt,
      applied,
      now,
    );
  }

  /** When the next retransmission is due (epoch ms), or null when everything is acknowledged. */
  nextRetryAt(): number | null {
    if (!this.storage.exists) return null;
    if (this.retryAt === undefined) {
      const next = "SELECT min(retry_at) AS at FROM peers WHERE peer IN (SELECT DISTINCT peer FROM outbox)";
      this.retryAt = this.storage.sql.exec<{ at: number | null }>(next).one().at;
    }
    return this.retryAt;
  }

  /** Those whose patience is over. */
  due(now: number): Address[] {
    const rows = this.storage.sql.exec<{ peer: Address }>(
      "SELECT peer FROM peers WHERE peer IN (SELECT DISTINCT peer FROM outbox) AND retry_at <= ?",
      now,
    );
    return rows.toArray().map(({ peer }) => peer);
  }

  /**
   * Forgets streams that nothing will ever come on again. Only an order's life ends; a stream between two that live
   * on must be remembered for ever, for it would begin again at 1 and be taken for a repetition.
   */
  forgetStill(now: number): void {
    this.doubt();
    this.storage.sql.exec(
      "DELETE FROM peers WHERE touched < ? AND peer LIKE 'order/%' AND peer NOT IN (SELECT peer FROM outbox)",
      now - stillMs,
    );
  }

  private remember(address: Address, peer: Peer): void {
    if (this.known.size >= mostRemembered) this.known.clear();
    this.known.set(address, peer);
  }

  private doubt(): void {
    this.known.clear();
    this.retryAt = undefined;
  }
}

function peerOf({ sent, acked, attempts, retry_at: retryAt, applied }: PeerRow): Peer {
  return { stream: { sent, acked, attempts, retryAt }, applied };
}
