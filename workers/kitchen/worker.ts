import type { Observed } from "../../contracts/metrics.ts";
import type { Dismissal, Doorkeeper } from "../../contracts/principal.ts";
import { refuse } from "../../contracts/problem.ts";
import { Acknowledgements } from "../shared/acknowledgements.ts";
import { storeDeadLetters } from "../shared/dead-letters.ts";
import { OwnDesk } from "../shared/desk.ts";
import { consume } from "../shared/inbox.ts";
import { during, Occasion, requested } from "../shared/occasion.ts";
import { problemResponse } from "../shared/problem.ts";
import { ServiceDoor } from "../shared/service-door.ts";
import type { KitchenEnv } from "./env.ts";
import { app } from "./http.ts";
import { ail, measure, tally } from "./observe.ts";

export { BoardObject } from "./board-object.ts";

/** The way in for the front door, which has checked who asks; it is bound to by name and has no address. */
export class FrontDoor extends ServiceDoor<KitchenEnv> implements Doorkeeper, Observed {
  override fetch(request: Request): Response | Promise<Response> {
    return during(requested("kitchen", request), () => app.fetch(request, this.env, this.ctx));
  }

  async dismiss({ tenant, subject, venues }: Dismissal): Promise<void> {
    await Promise.all(venues.map((venue) => this.env.BOARD.getByName(`${tenant}/${venue}`).dismiss(subject)));
  }

  measure() {
    return during(new Occasion("kitchen"), () => measure(this.env, Date.now()));
  }

  ail() {
    return during(new Occasion("kitchen"), () => ail(this.env));
  }

  protected override desk(): OwnDesk {
    return new OwnDesk({ board: this.env.BOARD });
  }
}

const acknowledgements = new Acknowledgements();

export default {
  fetch(request) {
    return problemResponse(refuse("not-found", "The kitchen is reached through the front door."), request);
  },
  queue(batch, env, ctx) {
    return during(new Occasion("kitchen"), () => {
      if (batch.queue.endsWith("-dead")) return storeDeadLetters(batch, env.DB);
      const { ORDERING_INBOX: ordering, DEAD_LETTERS: dead, DB: db, BOARD: board } = env;
      return consume(batch, {
        consumer: batch.queue,
        objects: { board },
        queues: { ordering },
        dead,
        db,
        acknowledgements,
        waitUntil: (work) => ctx.waitUntil(work),
        tally,
      });
    });
  },
} satisfies ExportedHandler<KitchenEnv>;
