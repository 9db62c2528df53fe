import { parseAddress, type ActorKind, type Service } from "../../contracts/address.ts";
import type { Acknowledgement, Envelope, Message } from "../../contracts/envelope.ts";
import { log } from "./log.ts";
import { bytesOf, mostMessageBytes } from "./message-size.ts";
import type { HandOff, Tally } from "./metrics/tally.ts";
import type { Trouble } from "./trouble.ts";

/** What an object answers to a delivery: how far it has come on each stream, and what it could not handle. */
export interface Receipt {
  readonly positions: readonly Acknowledgement[];
  readonly failures: readonly Failure[];
  /** Of every fact applied just now. */
  readonly handOffs?: readonly HandOff[];
}

export interface Failure extends Trouble {
  readonly envelope: Envelope;
}

/** What the link needs of an object. */
export interface Receiver {
  receive(message: Message): Promise<Receipt>;
}

/** How facts reach each service: by its inbox queue, or, inside the same service, by a call to the object. */
export interface Carriers {
  readonly queues: Partial<Record<Service, Queue>>;
  readonly objects: Partial<Record<ActorKind, { getByName(name: string): Receiver }>>;
  /** Where it is counted how long a fact took that was called out; of those by queue their consumer counts. */
  readonly counts?: { readonly tally: Tally; readonly db: D1Database };
}

/**
 * Sends facts on their way: those of one destination as one message. What fails is not reported: it stays
 * unacknowledged and is sent again. Returns what receivers reached by a call have acknowledged at once.
 */
export async function carry(
  carriers: Carriers,
  envelopes: readonly Envelope[],
  way: "directly" | "by queue",
): Promise<Acknowledgement[]> {
  const acks: Acknowledgement[] = [];
  const byQueue = new Map<Service, Envelope[]>();
  const calls: Promise<void>[] = [];
  for (const [to, facts] of Map.groupBy(envelopes, (envelope) => envelope.to)) {
    const { kind, service, name } = parseAddress(to);
    const objects = carriers.objects[kind];
    if (objects !== undefined && way === "directly") {
      const call = objects.getByName(name).receive({ facts, acks: [] });
      calls.push(
        call.then(({ positions, handOffs = [] }) => {
          acks.push(...positions);
          for (const handOff of handOffs) carriers.counts?.tally.observe(handOff);
        }),
      );
    } else {
      byQueue.set(service, [...(byQueue.get(service) ?? []), ...facts]);
    }
  }
  for (const [service, facts] of byQueue) {
    const queue = carriers.queues[service];
    if (queue === undefined) {
      log.error("no queue leads there", { service });
      continue;
    }
    // What goes by queue though it might be called was sent before.
    const again = way === "by queue" ? { again: true } : {};
    for (const part of split(facts)) {
      calls.push(queue.send({ facts: part, acks: [], ...again } satisfies Message).then(() => {}));
    }
  }
  for (const outcome of await Promise.allSettled(calls)) {
    if (outcome.status === "rejected") log.info("not sent yet", { error: String(outcome.reason) });
  }
  return acks;
}

function split(facts: readonly Envelope[]): Envelope[][] {
  const parts: Envelope[][] = [];
  let bytes = Infinity;
  for (const fact of facts) {
    const size = bytesOf(JSON.stringify(fact)) + 1;
    if (bytes + size > mostMessageBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(fact);
    bytes += size;
  }
  return parts;
}
