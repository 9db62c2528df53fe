import { parseAddress, type ActorKind, type Address, type Service } from "../../contracts/address.ts";
import { Message, type Acknowledgement, type Envelope } from "../../contracts/envelope.ts";
import type { Acknowledgements } from "./acknowledgements.ts";
import type { Receiver } from "./carriers.ts";
import { closeLettersOf } from "./dead-letters.ts";
import { log } from "./log.ts";
import type { Tally } from "./metrics/tally.ts";
import { troubleOf, type Trouble } from "./trouble.ts";
import { judgeMessage } from "./verdict.ts";

/** One service's end of the queues. */
export interface Inbox {
  /** The queue's name, as dead letters name their consumer. */
  readonly consumer: string;
  readonly objects: Partial<Record<ActorKind, { getByName(name: string): Receiver }>>;
  /** Where acknowledgements go back to. */
  readonly queues: Partial<Record<Service, Queue>>;
  readonly dead: Queue;
  readonly db: D1Database;
  readonly acknowledgements: Acknowledgements;
  /** Sees to what goes on after the batch is done. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Where it is counted what arrives, and how long it took. */
  readonly tally?: Tally;
}

/**
 * Takes a batch from an inbox queue: one call to each receiving object with all that is for it, one verdict for each
 * message, and acknowledgements back to each service.
 */
export async function consume(batch: MessageBatch, inbox: Inbox): Promise<void> {
  const now = Date.now();
  const messages = batch.messages.map((message) => ({ message, parsed: Message.safeParse(message.body) }));
  const wellFormed = messages.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : []));
  const { positions, troubles } = await deliver(wellFormed, inbox);

  for (const { message, parsed } of messages) {
    if (!parsed.success) log.error("not a message of ours", { queue: batch.queue, id: message.id });
    const failed = (parsed.data?.facts ?? []).flatMap((envelope) => {
      const trouble = troubles.get(envelope.id);
      return trouble === undefined ? [] : [{ envelope, trouble }];
    });
    await judgeMessage(message, failed, inbox, now);
  }
  if (inbox.tally !== undefined) countIn(inbox.tally, wellFormed, inbox);
  const sending = inbox.acknowledgements.gather(positions, inbox.queues);
  if (sending !== null) inbox.waitUntil(sending);
  const upTo = new Map(positions.map((position) => [`${position.from}>${position.to}`, position.upTo]));
  const applied = wellFormed
    .flatMap(({ facts }) => facts)
    .filter(({ from, to, sequence }) => sequence <= (upTo.get(`${from}>${to}`) ?? 0));
  await closeLettersOf(inbox.db, applied, now);
}

async function deliver(messages: readonly Message[], inbox: Inbox) {
  const byReceiver = new Map<Address, { facts: Envelope[]; acks: Acknowledgement[] }>();
  const at = (address: Address): { facts: Envelope[]; acks: Acknowledgement[] } => {
    const found = byReceiver.get(address) ?? { facts: [], acks: [] };
    byReceiver.set(address, found);
    return found;
  };
  for (const { facts, acks } of messages) {
    for (const fact of facts) at(fact.to).facts.push(fact);
    for (const ack of acks) at(ack.from).acks.push(ack);
  }
  const positions: Acknowledgement[] = [];
  const troubles = new Map<string, Trouble>();
  await Promise.all(
    [...byReceiver].map(async ([address, message]) => {
      try {
        const receipt = await receiverAt(address, inbox).receive(message);
        positions.push(...receipt.positions);
        for (const handOff of receipt.handOffs ?? []) inbox.tally?.observe(handOff);
        inbox.tally?.meet(address, Date.now());
        for (const failure of receipt.failures) troubles.set(failure.envelope.id, failure);
      } catch (error) {
        for (const fact of message.facts) troubles.set(fact.id, troubleOf(error));
      }
    }),
  );
  return { positions, troubles };
}

function countIn(tally: Tally, messages: readonly Message[], { db, waitUntil }: Inbox): void {
  const repeated = messages.filter(({ again }) => again === true).flatMap(({ facts }) => facts);
  tally.count("comanda_retransmissions_total", "", repeated.length);
  waitUntil(tally.tell(db, Date.now()));
}

function receiverAt(address: Address, inbox: Inbox): Receiver {
  const { kind, name } = parseAddress(address);
  const objects = inbox.objects[kind];
  if (objects === undefined) throw new Error(`${address} does not live behind ${inbox.consumer}`);
  return objects.getByName(name);
}
