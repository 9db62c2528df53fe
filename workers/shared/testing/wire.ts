import * as link from "../link.ts";

/** The link's core, as a test may swap a part of it for a broken one. */
export type Core = Pick<typeof link, "enqueued" | "retransmitted" | "acknowledged" | "plan">;
export const core: Core = link;

export interface Numbered {
  readonly sequence: number;
  readonly text: string;
}

export type Packet =
  | { readonly what: "facts"; readonly stream: string; readonly facts: readonly Numbered[] }
  | { readonly what: "ack"; readonly stream: string; readonly upTo: number };

interface Sender {
  stream: link.Outgoing;
  outbox: Numbered[];
  said: string[];
}

interface Receiver {
  applied: number;
  held: Numbered[];
  heard: string[];
}

/** Many streams and one wire: the smallest world in which the link's core can be right or wrong. */
export class Wire {
  now = 0;
  readonly flying: Packet[] = [];
  retransmissions = 0;
  private readonly core: Core;
  private readonly senders = new Map<string, Sender>();
  private readonly receivers = new Map<string, Receiver>();

  constructor(using: Core) {
    this.core = using;
  }

  /** A command's facts, written; `crash` is a crash before they are sent. */
  say(stream: string, count: number, crash: boolean): void {
    const sender = this.sender(stream);
    const before = sender.stream.sent;
    sender.stream = this.core.enqueued(sender.stream, count, this.now);
    const facts = Array.from({ length: count }, (_, at) => {
      const text = `${stream} ${sender.said.length + at + 1}`;
      return { sequence: before + at + 1, text };
    });
    sender.said.push(...facts.map(({ text }) => text));
    sender.outbox.push(...facts);
    if (!crash) this.flying.push({ what: "facts", stream, facts });
  }

  /** Hands over a packet; a receiver that crashes has written only the first `writes` of what it would write. */
  deliver(packet: Packet, writes: number): void {
    if (packet.what === "ack") this.hear(packet.stream, packet.upTo);
    else this.receive(packet.stream, packet.facts, writes);
  }

  /** Lets time pass: every stream whose patience is over sends all it has not been thanked for. */
  pass(ms: number): void {
    this.now += ms;
    for (const [stream, sender] of this.senders) {
      if (sender.stream.retryAt === null || sender.stream.retryAt > this.now) continue;
      sender.stream = this.core.retransmitted(sender.stream, this.now);
      this.retransmissions += 1;
      this.flying.push({ what: "facts", stream, facts: [...sender.outbox] });
    }
  }

  get streams(): { said: readonly string[]; heard: readonly string[]; waiting: number; retryAt: number | null }[] {
    return [...this.senders].map(([stream, { said, outbox, stream: state }]) => ({
      said,
      heard: this.receiver(stream).heard,
      waiting: outbox.length + this.receiver(stream).held.length,
      retryAt: state.retryAt,
    }));
  }

  private receive(stream: string, arrived: readonly Numbered[], writes: number): void {
    const receiver = this.receiver(stream);
    const { apply, hold } = this.core.plan(receiver.applied, receiver.held, arrived);
    for (const [at, fact] of apply.entries()) {
      if (at >= writes) return;
      receiver.heard.push(fact.text);
      receiver.applied = fact.sequence;
      receiver.held = receiver.held.filter(({ sequence }) => sequence > fact.sequence);
    }
    if (apply.length >= writes) return;
    receiver.held = [...hold];
    this.flying.push({ what: "ack", stream, upTo: receiver.applied });
  }

  private hear(stream: string, upTo: number): void {
    const sender = this.sender(stream);
    sender.stream = this.core.acknowledged(sender.stream, upTo, this.now);
    sender.outbox = sender.outbox.filter(({ sequence }) => sequence > sender.stream.acked);
  }

  private sender(stream: string): Sender {
    const known = this.senders.get(stream) ?? { stream: link.silent, outbox: [], said: [] };
    this.senders.set(stream, known);
    return known;
  }

  private receiver(stream: string): Receiver {
    const known = this.receivers.get(stream) ?? { applied: 0, held: [], heard: [] };
    this.receivers.set(stream, known);
    return known;
  }
}
