import { parseAddress, type Address } from "../../contracts/address.ts";
import type { Owed, Standing, Waiting } from "../../contracts/desk.ts";
import { eventTypeOf, type Acknowledgement, type Envelope } from "../../contracts/envelope.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Failure } from "./carriers.ts";
import { acknowledged, enqueued, longPatienceMs, patienceMs, plan, retransmitted } from "./link.ts";
import { bytesOf, mostMessageBytes } from "./message-size.ts";
import { Peers } from "./peers.ts";
import { Resendings } from "./resendings.ts";
import type { ActorStorage } from "./storage.ts";
import { troubleOf } from "./trouble.ts";

/** What an envelope says beside the fact: the event that caused it, and the trace it belongs to. */
export interface Cause {
  readonly event: number;
  readonly at: number;
  readonly traceparent: string;
}

/** An object with nothing to do is forgotten by the platform after 10 s; what it only remembers must not wait longer. */
const rememberedMs = 8_000;
/** As many facts of one stream go with one retransmission; the rest follows when these are acknowledged. */
const mostAtOnce = 50;

/** The link in an object's storage: what it has said and not yet heard back, and what it has heard of whom. */
export class Outbox {
  private readonly storage: ActorStorage;
  private readonly self: Address;
  /** Up to where receivers have applied, as far as that is not written yet. */
  private readonly heard = new Map<Address, number>();
  private readonly peers: Peers;
  private readonly resendings: Resendings;
  /** Whether anything came before its turn, as far as that is known since the object woke. */
  private hasEarly: boolean | undefined;

  constructor(storage: ActorStorage, self: Address) {
    this.storage = storage;
    this.self = self;
    this.peers = new Peers(storage);
    this.resendings = new Resendings(storage);
    storage.onUndone(() => (this.hasEarly = undefined));
  }

  /**
   * Writes facts to be sent, numbered in their streams; to be called inside the transaction of their event. Throws on a
   * fact that no queue would take, or that is for another tenant: both are bugs, and would hang the stream.
   */
  put(facts: readonly Addressed[], cause: Cause): Envelope[] {
    return facts.map((fact) => {
      const peer = this.peers.at(fact.to);
      const stream = enqueued(peer.stream, 1, cause.at, patienceWith(fact.to));
      const envelope = enclose(fact, this.self, stream.sent, cause);
      const body = JSON.stringify(envelope);
      if (bytesOf(body) > mostMessageBytes) throw new Error(`${fact.type} is too large for a queue: ${envelope.id}`);
      this.peers.put(fact.to, { ...peer, stream }, cause.at);
      if (wantsNewestOnly(fact.to)) this.storage.sql.exec("DELETE FROM outbox WHERE peer = ?", fact.to);
      this.storage.sql.exec("INSERT INTO outbox (peer, sequence, body) VALUES (?, ?, ?)", fact.to, stream.sent, body);
      return envelope;
    });
  }

  /**
   * Takes note of what receivers have applied. It is written with whatever is written next, at the latest by the alarm
   * that waits for it: lost before that, it costs a retransmission. It is written at once where that alarm is so far off
   * that the object will have been forgotten by then, for it would send again, be acknowledged and forget for ever.
   */
  hear(acks: readonly Acknowledgement[], now: number): void {
    if (!this.storage.exists) return;
    for (const { to, upTo } of acks) this.heard.set(to, Math.max(upTo, this.heard.get(to) ?? 0));
    const next = this.heard.size === 0 ? null : this.nextRetryAt();
    if (next !== null && next - now > rememberedMs) this.storage.write(() => this.settle(now));
  }

  /** Deletes what is known to be applied; to be called inside a transaction. */
  settle(now: number): void {
    for (const [to, upTo] of this.heard) {
      const peer = this.peers.at(to);
      const stream = acknowledged(peer.stream, upTo, now);
      if (stream === peer.stream) continue;
      this.peers.put(to, { ...peer, stream }, now);
      this.storage.sql.exec("DELETE FROM outbox WHERE peer = ? AND sequence <= ?", to, stream.acked);
    }
    this.heard.clear();
  }

  /** The oldest unacknowledged facts of the streams whose patience is over; their next retransmission is set. */
  overdue(now: number): Envelope[] {
    if (this.heard.size > 0) this.storage.write(() => this.settle(now));
    const next = this.nextRetryAt();
    if (next === null || next > now) return [];
    return this.storage.write(() =>
      this.peers.due(now).flatMap((to) => {
        const peer = this.peers.at(to);
        const stream = retransmitted(peer.stream, now, patienceWith(to));
        this.peers.put(to, { ...peer, stream }, now);
        const again = this.unacknowledged(to);
        // Lines for the read model are late whenever D1 is, and of no concern to an order's ledger.
        if (!wantsNewestOnly(to)) this.resendings.note(to, again, stream.attempts, now);
        return again;
      }),
    );
  }

  /** When the next retransmission is due (epoch ms), or null when everything is acknowledged. */
  nextRetryAt(): number | null {
    return this.peers.nextRetryAt();
  }

  /** What one receiver has not acknowledged yet, oldest first, as much as goes with one retransmission. */
  unacknowledged(to: Address): Envelope[] {
    if (!this.storage.exists) return [];
    return this.storage.sql
      .exec<{ body: string }>(
        "SELECT body FROM outbox WHERE peer = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        to,
        this.heard.get(to) ?? 0,
        mostAtOnce,
      )
      .toArray()
      .map((row): Envelope => JSON.parse(row.body));
  }

  /** What a receiver owes an answer to, and when it is asked again. */
  owed(to: Address): Owed {
    const waiting = this.unacknowledged(to).map((envelope) => waitingOf(envelope));
    const { attempts, retryAt } = this.peers.at(to).stream;
    return { waiting, retransmissions: attempts, nextAt: waiting.length === 0 ? null : retryAt };
  }

  /** How many facts wait for an acknowledgement. */
  depth(): number {
    if (!this.storage.exists) return 0;
    const rows = this.storage.sql.exec<{ peer: Address; sequence: number }>("SELECT peer, sequence FROM outbox");
    return rows.toArray().filter(({ peer, sequence }) => sequence > (this.heard.get(peer) ?? 0)).length;
  }

  /**
   * Takes in what has arrived from one sender: applies what is next, in order, holds what came early. Stops at the
   * first fact that `apply` throws on, and returns it; nothing after it is applied, for its turn has not come.
   */
  take(from: Address, arrived: readonly Envelope[], apply: (envelope: Envelope) => void): Failure | null {
    const { apply: next, hold } = plan(this.appliedOf(from), this.held(from), arrived);
    for (const [at, envelope] of next.entries()) {
      try {
        apply(envelope);
      } catch (error) {
        this.drop(envelope);
        this.hold([...next.slice(at + 1), ...hold]);
        return { envelope, ...troubleOf(error) };
      }
    }
    this.hold(hold);
    return null;
  }

  /** Notes that the fact was applied; to be called inside the transaction that applies it. */
  markApplied(envelope: Envelope, now: number): void {
    this.peers.put(envelope.from, { ...this.peers.at(envelope.from), applied: envelope.sequence }, now);
    if (!this.holdsEarly()) return;
    this.storage.sql.exec("DELETE FROM early WHERE peer = ? AND sequence <= ?", envelope.from, envelope.sequence);
    this.hasEarly = undefined;
  }

  /**
   * Forgets a fact held here whose handling threw: it comes again from its sender, and only a queue can give it its
   * attempts and its dead letter.
   */
  private drop(envelope: Envelope): void {
    if (!this.storage.exists) return;
    this.storage.sql.exec("DELETE FROM early WHERE peer = ? AND sequence = ?", envelope.from, envelope.sequence);
  }

  private hold(early: readonly Envelope[]): void {
    if (early.length === 0) return;
    this.hasEarly = undefined;
    this.storage.write(() => {
      for (const envelope of early) {
        this.storage.sql.exec(
          "INSERT OR IGNORE INTO early (peer, sequence, body) VALUES (?, ?, ?)",
          envelope.from,
          envelope.sequence,
          JSON.stringify(envelope),
        );
      }
    });
  }

  /** The number of the last fact of this sender that was applied. */
  appliedOf(from: Address): number {
    return this.peers.at(from).applied;
  }

  /** How far a sender's stream has come here, and what of it came before its turn. */
  standing(from: Address): Standing {
    const held = this.held(from).map(({ sequence }) => sequence);
    return { applied: this.appliedOf(from), held: held.toSorted((a, b) => a - b) };
  }

  /** Forgets the streams of orders that ended long ago. */
  forgetStill(now: number): void {
    this.peers.forgetStill(now);
    this.resendings.forgetOld(now);
  }

  private held(from: Address): Envelope[] {
    if (!this.holdsEarly()) return [];
    return this.storage.sql
      .exec<{ body: string }>("SELECT body FROM early WHERE peer = ?", from)
      .toArray()
      .map((row): Envelope => JSON.parse(row.body));
  }

  private holdsEarly(): boolean {
    if (!this.storage.exists) return false;
    this.hasEarly ??= this.storage.sql.exec("SELECT 1 FROM early LIMIT 1").toArray().length > 0;
    return this.hasEarly;
  }
}

/** What those who run the link are told of a fact that waits: all but what it says. */
export function waitingOf({ to, sequence, type, correlationid, time }: Envelope): Waiting {
  return { to, sequence, type, order: correlationid, writtenAt: Date.parse(time) };
}

/** A read model takes lines of which each replaces the one before, so that only the newest has to arrive. */
export function wantsNewestOnly(to: Address): boolean {
  return parseAddress(to).kind === "outlet";
}

function patienceWith(to: Address): (attempts: number) => number {
  return wantsNewestOnly(to) ? longPatienceMs : patienceMs;
}

function enclose(fact: Addressed, from: Address, sequence: number, cause: Cause): Envelope {
  const { tenant, kind, id } = parseAddress(from);
  if (parseAddress(fact.to).tenant !== tenant) throw new Error(`${from} may not speak to ${fact.to}`);
  const order = orderOf(fact, from);
  return {
    specversion: "1.0",
    id: `${from}>${fact.to}#${sequence}`,
    source: `/tenants/${tenant}/${kind}s/${id}`,
    type: eventTypeOf(fact.type),
    subject: order,
    time: new Date(cause.at).toISOString(),
    datacontenttype: "application/json",
    data: fact.data,
    tenant,
    from,
    to: fact.to,
    sequence,
    correlationid: order,
    causationid: `${from}#${cause.event}`,
    traceparent: cause.traceparent,
  };
}

/** One order is one correlation: the order that sends, receives or is spoken of. */
function orderOf(fact: Addressed, from: Address): string {
  for (const address of [from, fact.to]) {
    const { kind, id } = parseAddress(address);
    if (kind === "order") return id;
  }
  return "order" in fact.data && typeof fact.data.order === "string" ? fact.data.order : parseAddress(from).id;
}
