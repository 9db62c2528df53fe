import { DriverId } from "../../contracts/ids.ts";
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
import type { DeliveryEnv } from "./env.ts";
import { app } from "./http.ts";
import { ail, measure, tally } from "./observe.ts";

export { CarrierObject } from "./carrier-object.ts";
export { DriverObject } from "./driver-object.ts";
export { ZoneObject } from "./zone-object.ts";

/** The way in for the front door, which has checked who asks; it is bound to by name and has no address. */
export class FrontDoor extends ServiceDoor<DeliveryEnv> implements Doorkeeper, Observed {
  override fetch(request: Request): Response | Promise<Response> {
    return during(requested("delivery", request), () => app.fetch(request, this.env, this.ctx));
  }

  async dismiss({ tenant, subject, role, zones }: Dismissal): Promise<void> {
    const driver = role === "driver" ? DriverId.safeParse(subject).data : undefined;
    const own = driver === undefined ? [] : await this.env.DRIVER.getByName(`${tenant}/${driver}`).dismiss(subject);
    const all = [...new Set([...zones, ...own])];
    await Promise.all(all.map((zone) => this.env.ZONE.getByName(`${tenant}/${zone}`).dismiss(subject)));
  }

  measure() {
    return during(new Occasion("delivery"), () => measure(this.env, Date.now()));
  }

  ail() {
    return during(new Occasion("delivery"), () => ail(this.env));
  }

  protected override desk(): OwnDesk {
    return new OwnDesk({ zone: this.env.ZONE, driver: this.env.DRIVER, carrier: this.env.CARRIER });
  }
}

const acknowledgements = new Acknowledgements();

export default {
  fetch(request) {
    return problemResponse(refuse("not-found", "Deliveries are reached through the front door."), request);
  },
  queue(batch, env, ctx) {
    return during(new Occasion("delivery"), () => {
      if (batch.queue.endsWith("-dead")) return storeDeadLetters(batch, env.DB);
      const {
        ORDERING_INBOX: ordering,
        DELIVERY_INBOX: delivery,
        DEAD_LETTERS: dead,
        DB: db,
        ZONE: zone,
        DRIVER: driver,
        CARRIER: carrier,
      } = env;
      return consume(batch, {
        consumer: batch.queue,
        objects: { zone, driver, carrier },
        queues: { ordering, delivery },
        dead,
        db,
        acknowledgements,
        waitUntil: (work) => ctx.waitUntil(work),
        tally,
      });
    });
  },
} satisfies ExportedHandler<DeliveryEnv>;
