import type { Address } from "./address.ts";
import type { Rehearsal } from "./dead-letter.ts";
import type { Envelope } from "./envelope.ts";

/** How far a receiver has come on the stream of one sender, and which later numbers it holds until their turn. */
export interface Standing {
  readonly applied: number;
  readonly held: readonly number[];
}

/** A fact that its sender has written and not heard back of. */
export interface Waiting {
  readonly to: string;
  readonly sequence: number;
  readonly type: string;
  readonly order: string;
  readonly writtenAt: number;
}

/** What a sender still owes one receiver: the oldest facts, at most 50. `nextAt` is its next retransmission (epoch ms). */
export interface Owed {
  readonly waiting: readonly Waiting[];
  readonly retransmissions: number;
  readonly nextAt: number | null;
}

/** A fact that an actor has applied, and what it recorded of it. Times are epoch milliseconds. */
export interface Applied {
  readonly from: string;
  readonly sequence: number;
  readonly type: string;
  readonly writtenAt: number;
  readonly appliedAt: number;
  /** The types of the events that followed. */
  readonly events: readonly string[];
}

/** An outside call whose outcome an actor has recorded. */
export interface Made {
  readonly key: string;
  readonly kind: string;
  readonly attempts: number;
  readonly endedAt: number;
  readonly events: readonly string[];
}

/** An outside call that an actor still owes. */
export interface Outstanding {
  readonly key: string;
  readonly kind: string;
  readonly attempts: number;
  readonly nextAt: number;
  readonly error: string | null;
}

/** Facts sent once more, because nothing was heard of them: numbers `first` to `last` of a stream. */
export interface Resent {
  readonly to: string;
  readonly at: number;
  readonly first: number;
  readonly last: number;
}

/** One stream between two actors, as one end of it stands. */
export interface StreamEnd {
  readonly peer: string;
  readonly sent: number;
  readonly acked: number;
  readonly applied: number;
}

/** What one actor remembers of one order. */
export interface Trace {
  readonly actor: string;
  readonly applied: readonly Applied[];
  readonly made: readonly Made[];
  readonly outstanding: readonly Outstanding[];
  readonly waiting: readonly Waiting[];
  readonly resent: readonly Resent[];
  readonly streams: readonly StreamEnd[];
  /** Actors that its events about the order bring in, which can be asked in turn. */
  readonly others: readonly string[];
  /** How many events of its log are about the order, and in how many writes they came. */
  readonly events: number;
  readonly writes: number;
  /** The number of the oldest event still kept: what happened before is forgotten. */
  readonly oldest: number;
  /** What it cost to look. */
  readonly rowsRead: number;
}

/** What may be asked of any actor about the link, by those who run it. Nothing is changed by asking. */
export interface Probed {
  rehearse(envelope: Envelope): Rehearsal | Promise<Rehearsal>;
  standing(from: Address): Standing | Promise<Standing>;
  owed(to: Address): Owed | Promise<Owed>;
  traceOf(order: string): Trace | Promise<Trace>;
}

/** The same, asked of a service about one of its actors, by RPC at an entrypoint that has no address. */
export interface Desk {
  rehearse(envelope: Envelope): Promise<Rehearsal>;
  standing(of: Address, from: Address): Promise<Standing>;
  owed(by: Address, to: Address): Promise<Owed>;
  traceOf(of: Address, order: string): Promise<Trace>;
}
