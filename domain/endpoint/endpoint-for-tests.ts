import { addressOf } from "../../contracts/address.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import type { EndpointSettings } from "../../contracts/webhook.ts";
import type { Endpoint, OrderReport } from "./endpoint.ts";
import type { EndpointCommand, EndpointEvent, Outcome } from "./events.ts";
import { endpointRules, type Attempting } from "./rules.ts";

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Saturday, 2026-11-14 18:00 UTC. */
export const start = 1_794_679_200_000;
export const self = addressOf("endpoint", "demo", `end_${"0".repeat(26)}`);
export const settings: EndpointSettings = {
  url: "https://hooks.shop.com/comanda", events: null, venues: null, description: "", enabled: true,
}; // prettier-ignore

export function orderId(number: number): string {
  return `ord_${String(number).padStart(26, "0")}`;
}

export function told(order: number, seq: number, more: Partial<OrderReport> = {}): OrderReport {
  return {
    event: "order.accepted", order: orderId(order), venue: "demo-1", code: "KT47", status: "accepted",
    fulfilment: "pickup", total: 1_400, currency: "EUR", seq, at: start, placedAt: start, requestedFor: null,
    readyAt: start + hour, end: null, driver: null, ticket: null, ...more,
  }; // prettier-ignore
}

export const ok: Outcome = { status: 204, retryAfterMs: null, excerpt: "" };
export const broken: Outcome = { status: 500, retryAfterMs: null, excerpt: "oops" };

/** A call the endpoint owes: which report, `rep_…/2/1` for the first attempt of the second round. */
export interface Call extends Attempting {
  readonly key: string;
  readonly at: number;
}

/** An endpoint that lives: what it is asked, what it calls out, what the other side says. */
export class Life {
  readonly rules = endpointRules(self);
  endpoint: Endpoint = this.rules.initial;
  now = start;
  readonly log: Recorded<EndpointEvent>[] = [];
  readonly said: Addressed[] = [];
  /** Calls under way, oldest first. */
  calls: Call[] = [];
  readonly made: Call[] = [];

  static open(change: Partial<EndpointSettings> = {}, venues: readonly string[] = ["demo-1", "demo-2"]): Life {
    const life = new Life();
    life.give({ type: "create", settings: { ...settings, ...change }, venues, secret: { id: "sec_1", sealed: "x" } });
    return life;
  }

  /** The types of the events that follow, or why none do. */
  give(command: EndpointCommand, by = "admin"): string[] | Refusal {
    const events = this.rules.decide(this.endpoint, command, { now: this.now, self, by });
    if (isRefusal(events)) return events;
    for (const event of events) this.record({ ...event, seq: this.log.length + 1, at: this.now, by });
    return events.map(({ type }) => type);
  }

  hear(order: number, seq: number, more: Partial<OrderReport> = {}): string[] | Refusal {
    return this.give({ type: "report", data: told(order, seq, { at: this.now, ...more }) }, "order");
  }

  /** The oldest call under way, or the one named, is answered. */
  answer(outcome: Outcome, call: Call | undefined = this.calls[0]): string[] | Refusal {
    if (call === undefined) throw new Error("nothing is under way");
    this.calls = this.calls.filter((one) => one !== call);
    const { report, round, tries, at } = call;
    return this.give({
      type: "outcome",
      report,
      round,
      tries,
      startedAt: at,
      durationMs: this.now - at,
      outcome,
    });
  }

  /** When the next timer is due. */
  get nextAt(): number {
    return Math.min(...Object.values(this.rules.deadlines(this.endpoint)));
  }

  /** Time passes until the next timer, which goes off. */
  wait(): void {
    this.pass(this.nextAt - this.now);
  }

  /** Time passes; what is due happens. */
  pass(ms: number): void {
    this.now += ms;
    for (const [name, at] of Object.entries(this.rules.deadlines(this.endpoint))) {
      if (at <= this.now) this.give(this.rules.timeout(name), "timer");
    }
  }

  report(order: number, seq: number) {
    const found = this.endpoint.streams[orderId(order)]?.reports.find(({ sequence }) => sequence === seq);
    if (found === undefined) throw new Error("no such report");
    return found;
  }

  private record(event: Recorded<EndpointEvent>): void {
    const before = this.endpoint;
    this.endpoint = this.rules.evolve(before, event);
    this.log.push(event);
    this.said.push(...this.rules.publish(event, this.endpoint, before));
    const calls = this.rules.effects(event, this.endpoint, before).map((effect) => this.callOf(effect));
    this.calls.push(...calls);
    this.made.push(...calls);
  }

  private callOf({ key, request }: EffectRequest): Call {
    return { ...(request as Attempting), key, at: this.now };
  }
}
