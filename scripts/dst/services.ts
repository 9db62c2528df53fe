import { consumeOutlet } from "../../workers/ordering/outlet.ts";
import { Acknowledgements } from "../../workers/shared/acknowledgements.ts";
import type { Receiver } from "../../workers/shared/carriers.ts";
import { storeDeadLetters } from "../../workers/shared/dead-letters.ts";
import { consume } from "../../workers/shared/inbox.ts";
import type { Caller } from "./cloud.ts";
import { TownQueue } from "./queue.ts";
import type { Town } from "./town.ts";

/** The objects of each service. */
export const services = {
  ordering: ["order", "venue", "endpoint"],
  kitchen: ["board"],
  delivery: ["zone", "driver", "carrier"],
} as const;
export type ServiceName = keyof typeof services;

/** To whose inboxes each service's consumer acknowledges. */
const reach: Readonly<Record<ServiceName, readonly ServiceName[]>> = {
  ordering: ["ordering", "kitchen", "delivery"],
  kitchen: ["ordering"],
  delivery: ["ordering", "delivery"],
};

const normal = { maxBatchTimeout: 0, maxRetries: 3, retryDelay: 1 };
const stopped = { maxBatchTimeout: 0, maxRetries: 10, retryDelay: 30, deadLetters: null };

/** The queues of all services with their consumers, as wrangler.toml has them. */
export function layQueues(town: Town): Record<string, TownQueue> {
  const { cloud } = town;
  const { asD1: db } = town.db;
  const dead = (name: string): TownQueue =>
    new TownQueue(cloud, `${name}-dead`, { ...stopped, consumer: (batch) => storeDeadLetters(batch, db) });
  const queues: Record<string, TownQueue> = {};
  for (const service of ["ordering", "kitchen", "delivery"] as const) {
    const name = `${service}-inbox`;
    const deadLetters = (queues[`${name}-dead`] = dead(name));
    const consumer = (batch: MessageBatch, self: Caller): Promise<void> => {
      const objects = services[service].map((kind) => [kind, cloud.namespace<Receiver>(kind, self)]);
      const back = reach[service].map((to) => [to, queues[`${to}-inbox`]?.producer(self)]);
      return consume(batch, {
        consumer: name,
        objects: Object.fromEntries(objects),
        queues: Object.fromEntries(back),
        dead: deadLetters.producer(self),
        db,
        acknowledgements: acknowledgementsOf(town, service),
        waitUntil: () => {},
      });
    };
    const onDeath = () => town.isolates.delete(service);
    queues[name] = new TownQueue(cloud, name, { ...normal, deadLetters, consumer, onDeath });
  }
  const deadLetters = (queues["outlet-dead"] = dead("outlet"));
  const consumer = (batch: MessageBatch, self: Caller): Promise<void> => consumeOutlet(batch, town.env(self));
  queues["outlet"] = new TownQueue(cloud, "outlet", { ...normal, maxBatchTimeout: 1, deadLetters, consumer });
  return queues;
}

function acknowledgementsOf({ isolates }: Town, service: ServiceName): Acknowledgements {
  const known = isolates.get(service) ?? new Acknowledgements();
  isolates.set(service, known);
  return known;
}
