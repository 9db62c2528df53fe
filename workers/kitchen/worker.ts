import { WorkerEntrypoint } from "cloudflare:workers";
import { refuse } from "../../contracts/problem.ts";
import { storeDeadLetters } from "../shared/dead-letters.ts";
import { consume } from "../shared/inbox.ts";
import { problemResponse } from "../shared/problem.ts";
import type { KitchenEnv } from "./env.ts";
import { app } from "./http.ts";

export { BoardObject } from "./board-object.ts";

/** The way in for the front door, which has checked who asks; it is bound to by name and has no address. */
export class FrontDoor extends WorkerEntrypoint<KitchenEnv> {
  override fetch(request: Request): Response | Promise<Response> {
    return app.fetch(request, this.env, this.ctx);
  }
}

export default {
  fetch(request) {
    return problemResponse(refuse("not-found", "The kitchen is reached through the front door."), request);
  },
  queue(batch, env) {
    if (batch.queue.endsWith("-dead")) return storeDeadLetters(batch, env.DB);
    const { ORDERING_INBOX: ordering, DEAD_LETTERS: dead, DB: db, BOARD: board } = env;
    return consume(batch, { consumer: batch.queue, objects: { board }, queues: { ordering }, dead, db });
  },
} satisfies ExportedHandler<KitchenEnv>;
