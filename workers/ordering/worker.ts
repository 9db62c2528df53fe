import { Acknowledgements } from "../shared/acknowledgements.ts";
import { consume } from "../shared/inbox.ts";
import { storeDeadLetters, sweepDeadLetters } from "../shared/dead-letters.ts";
import { log } from "../shared/log.ts";
import { during, Occasion, requested } from "../shared/occasion.ts";
import { alertTenants } from "./dead-letters/alert.ts";
import type { OrderingEnv } from "./env.ts";
import { frontDoor } from "./http/front-door.ts";
import { tally } from "./observe.ts";
import { consumeOutlet } from "./outlet.ts";
import { forgetOldActs } from "./audit.ts";
import { eraseWhatIsOver } from "./erasure.ts";
import { sweep } from "./sweep.ts";
import { tendTokens } from "./tokens/upkeep.ts";

export { EndpointObject } from "./endpoint-object.ts";
export { FloorObject } from "./floor-object.ts";
export { OrderObject } from "./order-object.ts";
export { VenueObject } from "./venue-object.ts";

const app = frontDoor();

const acknowledgements = new Acknowledgements();

export default {
  fetch(request, env, ctx) {
    return during(requested("ordering", request), () => app.fetch(request, env, ctx));
  },

  queue(batch, env, ctx) {
    return during(new Occasion("ordering"), () => {
      if (batch.queue.endsWith("-dead")) return storeDeadLetters(batch, env.DB);
      if (batch.queue.endsWith("-outlet")) return consumeOutlet(batch, env, tally);
      return consume(batch, {
        consumer: "ordering-inbox",
        objects: { order: env.ORDER, venue: env.VENUE, endpoint: env.ENDPOINT },
        queues: { ordering: env.ORDERING_INBOX, kitchen: env.KITCHEN_INBOX, delivery: env.DELIVERY_INBOX },
        dead: env.DEAD_LETTERS,
        db: env.DB,
        acknowledgements,
        waitUntil: (work) => ctx.waitUntil(work),
        tally,
      });
    });
  },

  scheduled(event, env) {
    return during(new Occasion("ordering"), () => everyMinute(event.scheduledTime, env));
  },
} satisfies ExportedHandler<OrderingEnv>;

async function everyMinute(now: number, env: OrderingEnv): Promise<void> {
  const { ORDERING_INBOX: ordering, KITCHEN_INBOX: kitchen, DELIVERY_INBOX: delivery, OUTLET: outlet } = env;
  // Each for itself, so that one that fails does not cut the others short.
  const outcomes = await Promise.allSettled([
    sweep(env, now),
    eraseWhatIsOver(env, now),
    forgetOldActs(env, now),
    tendTokens(env),
    alertTenants(env, now),
    sweepDeadLetters(env.DB, { ordering, kitchen, delivery, outlet }, now),
  ]);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") log.error("sweep failed", { error: String(outcome.reason) });
  }
  for (const { status } of outcomes) tally.count("comanda_crons_total", status === "fulfilled" ? "done" : "failed");
  await tally.tell(env.DB, now, "now");
}
