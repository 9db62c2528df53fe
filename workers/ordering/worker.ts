import { consume } from "../shared/inbox.ts";
import { storeDeadLetters, sweepDeadLetters } from "../shared/dead-letters.ts";
import { log } from "../shared/log.ts";
import type { OrderingEnv } from "./env.ts";
import { frontDoor } from "./http/front-door.ts";
import { consumeOutlet } from "./outlet.ts";
import { sweep } from "./sweep.ts";
import { tendTokens } from "./tokens/upkeep.ts";

export { OrderObject } from "./order-object.ts";
export { VenueObject } from "./venue-object.ts";

const app = frontDoor();

export default {
  fetch: app.fetch,

  queue(batch, env) {
    if (batch.queue.endsWith("-dead")) return storeDeadLetters(batch, env.DB);
    if (batch.queue.endsWith("-outlet")) return consumeOutlet(batch, env);
    return consume(batch, {
      consumer: "ordering-inbox",
      objects: { order: env.ORDER, venue: env.VENUE },
      queues: { ordering: env.ORDERING_INBOX, kitchen: env.KITCHEN_INBOX, delivery: env.DELIVERY_INBOX },
      dead: env.DEAD_LETTERS,
      db: env.DB,
    });
  },

  async scheduled(event, env) {
    const { ORDERING_INBOX: ordering, KITCHEN_INBOX: kitchen, DELIVERY_INBOX: delivery, OUTLET: outlet } = env;
    // Each for itself, so that one that fails does not cut the others short.
    const outcomes = await Promise.allSettled([
      sweep(env, event.scheduledTime),
      tendTokens(env),
      sweepDeadLetters(env.DB, { ordering, kitchen, delivery, outlet }, event.scheduledTime),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") log.error("sweep failed", { error: String(outcome.reason) });
    }
  },
} satisfies ExportedHandler<OrderingEnv>;
