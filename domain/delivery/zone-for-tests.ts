import { addressOf } from "../../contracts/address.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Point } from "../../contracts/point.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import type { DriverCommand, ZoneCommand, ZoneEvent } from "./command.ts";
import { holderOf, type Delivery, type Job } from "./delivery.ts";
import { emptyZone, type ZoneState } from "./zone.ts";
import { zoneRules } from "./zone-rules.ts";

/** 2026-11-14T18:00:00Z. */
export const evening = 1_794_679_200_000;
export const venuePoint: Point = { lat: 52.52, lng: 13.405 };

/** A point so many metres north of the venue. */
export function north(metres: number): Point {
  return { lat: venuePoint.lat + metres / 111_195, lng: venuePoint.lng };
}

export function orderId(number: number): string {
  return `ord_${String(number).padStart(26, "0")}`;
}

export function job(number: number, readyAt: number): Omit<Job, "requestedAt"> {
  const order = orderId(number);
  return {
    order,
    customer: addressOf("order", "demo", order),
    code: `A${number}`,
    venue: "demo-1",
    pickup: { name: "Demo", address: "Here 1", phone: "+4930111", point: venuePoint },
    dropoff: { name: "Ada", address: "There 2", phone: "+4930222", point: north(-1_000) },
    pin: "4321",
    readyAt,
    cash: null,
  };
}

/** A zone in a world of its own, whose clock moves only when told to, and whose timers then go off as they are due. */
export class ZoneWorld {
  state: ZoneState = emptyZone;
  now = evening;
  readonly events: Recorded<ZoneEvent>[] = [];
  readonly facts: Addressed[] = [];
  readonly calls: EffectRequest[] = [];

  do(command: ZoneCommand, by = "test"): readonly ZoneEvent[] | Refusal {
    const self = addressOf("zone", "demo", "main");
    const events = zoneRules.decide(this.state, command, { now: this.now, self, by });
    if (isRefusal(events)) return events;
    for (const event of events) {
      const recorded = { ...event, seq: this.events.length + 1, at: this.now, by };
      const before = this.state;
      this.state = zoneRules.evolve(before, recorded);
      this.events.push(recorded);
      this.facts.push(...zoneRules.publish(recorded, this.state, before));
      this.calls.push(...zoneRules.effects(recorded, this.state, before));
    }
    return events;
  }

  comeOn(driver: string, point: Point | null = null, vehicle: "foot" | "bike" | "car" = "bike"): void {
    const address = addressOf("driver", "demo", driver);
    this.do({ type: "come-on", driver, address, name: driver, vehicle, point }, address);
  }

  request(number: number, readyAt = this.now): string {
    this.do({ type: "request", job: job(number, readyAt) });
    return orderId(number);
  }

  drive(type: Exclude<DriverCommand["type"], "deliver" | "fail">, order: string, driver: string) {
    return this.do({ type, order, driver }, driver);
  }

  deliver(order: string, driver: string, pin: string | null) {
    return this.do({ type: "deliver", order, driver, pin }, driver);
  }

  /** Until the driver has the food. */
  fetch(order: string, driver: string): void {
    for (const type of ["accept", "arrive", "pick-up"] as const) this.drive(type, order, driver);
  }

  /** Lets time pass. Whoever is asked about a silent phone answers when it was last heard of: never since. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (let rounds = 0; ; rounds += 1) {
      const [next] = Object.entries(zoneRules.deadlines(this.state)).toSorted(([, a], [, b]) => a - b);
      if (next === undefined || next[1] > until) break;
      if (rounds > 1_000) throw new Error(`does not come to rest: ${next[0]}`);
      this.now = Math.max(this.now, next[1]);
      const events = this.do(zoneRules.timeout(next[0]), "timer");
      if (isRefusal(events) || events.length === 0) throw new Error(`timer without effect: ${next[0]}`);
      this.answerCalls(() => 0);
    }
    this.now = until;
  }

  answerCalls(heardAt: (driver: string) => number): void {
    for (const { request } of this.calls.splice(0)) {
      const { driver } = request as { driver: string };
      this.do({ type: "hear-of", driver, heardAt: heardAt(driver) }, "ask-twin");
    }
  }

  delivery(order: string): Delivery {
    const delivery = this.state.deliveries[order];
    if (delivery === undefined) throw new Error(`no delivery ${order}`);
    return delivery;
  }

  status(order: string): string {
    return this.delivery(order).stage.status;
  }

  /** Who is being asked, or has it. */
  taker(order: string): string | null {
    const { stage } = this.delivery(order);
    return stage.status === "offered" ? stage.driver.id : (holderOf(this.delivery(order))?.id ?? null);
  }

  factsTo(address: string): string[] {
    return this.facts.filter(({ to }) => to === address).map(({ type }) => type);
  }
}
