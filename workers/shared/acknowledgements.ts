import { parseAddress, type Service } from "../../contracts/address.ts";
import type { Acknowledgement, Message } from "../../contracts/envelope.ts";
import { log } from "./log.ts";

/** So many acknowledgements fit into one message, whatever the names in them. */
const mostInMessage = 300;
/** Far below a sender's patience: what is not acknowledged by then is sent again. */
const gatherMs = 1_000;
/** One who should have sent by now has ended with the request it belonged to. */
const overdueMs = 3 * gatherMs;

/**
 * What the objects behind one consumer have applied, gathered for a second in the isolate's memory, so that a burst of
 * facts is acknowledged by one message to each service. Lost with the isolate, it costs a retransmission.
 */
export class Acknowledgements {
  private readonly gathered = new Map<string, Acknowledgement>();
  private gatheringSince: number | null = null;

  /** Takes note of positions. Returns the sending of them, which `waitUntil` must see to, or null where one is coming. */
  gather(positions: readonly Acknowledgement[], queues: Partial<Record<Service, Queue>>): Promise<void> | null {
    for (const position of positions) {
      const stream = `${position.from}>${position.to}`;
      if (position.upTo > (this.gathered.get(stream)?.upTo ?? 0)) this.gathered.set(stream, position);
    }
    const now = Date.now();
    const isComing = this.gatheringSince !== null && now - this.gatheringSince < overdueMs;
    if (isComing || this.gathered.size === 0) return null;
    this.gatheringSince = now;
    return new Promise<void>((resolve) => setTimeout(resolve, gatherMs)).then(() => this.send(queues));
  }

  private async send(queues: Partial<Record<Service, Queue>>): Promise<void> {
    this.gatheringSince = null;
    const all = [...this.gathered.values()];
    this.gathered.clear();
    const sends = [...Map.groupBy(all, ({ from }) => parseAddress(from).service)].flatMap(([service, acks]) => {
      const queue = queues[service];
      if (queue === undefined) return [];
      return chunks(acks, mostInMessage).map((some) => queue.send({ facts: [], acks: some } satisfies Message));
    });
    for (const sent of await Promise.allSettled(sends)) {
      if (sent.status === "rejected") log.info("acknowledgement not sent", { error: String(sent.reason) });
    }
  }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size));
}
