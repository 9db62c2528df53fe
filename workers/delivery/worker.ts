import { WorkerEntrypoint } from "cloudflare:workers";
import { refuse } from "../../contracts/problem.ts";
import { storeDeadLetters } from "../shared/dead-letters.ts";
import { consume } from "../shared/inbox.ts";
import { problemResponse } from "../shared/problem.ts";
import type { DeliveryEnv } from "./env.ts";
import { app } from "./http.ts";

export { DriverObject } from "./driver-object.ts";
export { ZoneObject } from "./zone-object.ts";

/** The way in for the front door, which has checked who asks; it is bound to by name and has no address. */
export class FrontDoor extends WorkerEntrypoint<DeliveryEnv> {
  override fetch(request: Request): Response | Promise<Response> {
    return app.fetch(request, this.env, this.ctx);
  }
}

export default {
  fetch(request) {
    return problemResponse(refuse("not-found", "Deliveries are reached through the front door."), request);
  },
  queue(batch, env) {
    if (batch.queue.endsWith("-dead")) return storeDeadLetters(batch, env.DB);
    const {
      ORDERING_INBOX: ordering,
      DELIVERY_INBOX: delivery,
      DEAD_LETTERS: dead,
      DB: db,
      ZONE: zone,
      DRIVER: driver,
    } = env;
    return consume(batch, {
      consumer: batch.queue,
      objects: { zone, driver },
      queues: { ordering, delivery },
      dead,
      db,
    });
  },
} satisfies ExportedHandler<DeliveryEnv>;
