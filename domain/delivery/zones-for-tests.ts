import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Point } from "../../contracts/point.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { driverRules } from "../driver/driver-rules.ts";
import type { DriverCommand as TwinCommand } from "../driver/decide.ts";
import { zoneOf, type DriverEvent, type DriverState } from "../driver/driver.ts";
import type { DriverCommand, ZoneCommand, ZoneEvent } from "./command.ts";
import { evening, job } from "./zone-for-tests.ts";
import { zoneRules, type ZoneCall } from "./zone-rules.ts";
import type { ZoneState } from "./zone.ts";

interface Actor<State, Event> {
  state: State;
  readonly events: Recorded<Event>[];
}

/** A fact on its way: those of one stream arrive in order and once, and the streams in whatever order. */
interface Stream {
  readonly from: Address;
  readonly to: Address;
  readonly facts: Addressed[];
}

/**
 * Zones of one tenant and their drivers' twins, joined by streams that are delivered when told to: the link sees to it
 * that a stream is in order and without doubles, and to nothing else.
 */
export class NeighbouringZones {
  now = evening;
  readonly zones = new Map<string, Actor<ZoneState, ZoneEvent>>();
  readonly twins = new Map<string, Actor<DriverState, DriverEvent>>();
  readonly streams: Stream[] = [];
  readonly calls: { readonly zone: string; readonly call: ZoneCall }[] = [];

  constructor(...ids: string[]) {
    for (const id of ids) {
      this.zones.set(id, { state: zoneRules.initial, events: [] });
      const neighbours = ids.filter((other) => other !== id);
      this.do(id, { type: "configure", settings: { neighbours } });
    }
  }

  zone(id: string): Actor<ZoneState, ZoneEvent> {
    const zone = this.zones.get(id);
    if (zone === undefined) throw new Error(`no zone ${id}`);
    return zone;
  }

  twin(id: string): Actor<DriverState, DriverEvent> {
    const twin = this.twins.get(id) ?? { state: driverRules.initial, events: [] };
    this.twins.set(id, twin);
    return twin;
  }

  do(id: string, command: ZoneCommand, by = "test"): readonly ZoneEvent[] | Refusal {
    return this.step(zoneRules, this.zone(id), addressOf("zone", "demo", id), command, by);
  }

  phone(id: string, command: TwinCommand): readonly DriverEvent[] | Refusal {
    return this.step(driverRules, this.twin(id), addressOf("driver", "demo", id), command, id);
  }

  /** A button, by way of the twin, as in the running system. */
  drive(driver: string, command: DriverCommand): void {
    const zone = zoneOf(this.twin(driver).state, command.order);
    if (zone !== null && this.zones.has(zone)) this.do(zone, command, driver);
  }

  comeOn(driver: string, zone: string, point: Point): void {
    this.phone(driver, { type: "begin-shift", zone, name: driver, vehicle: "bike", point });
  }

  request(zone: string, number: number, readyAt = this.now): string {
    const wanted = job(number, readyAt);
    this.do(zone, { type: "request", job: wanted });
    return wanted.order;
  }

  /** The next fact of the nth stream that has any arrives. */
  arrive(nth = 0): boolean {
    const waiting = this.streams.filter(({ facts }) => facts.length > 0);
    const stream = waiting[nth % Math.max(1, waiting.length)];
    const fact = stream?.facts.shift();
    if (stream === undefined || fact === undefined) return false;
    this.hear(stream, fact);
    return true;
  }

  /** Somebody has given up the next fact of the nth stream between zones. */
  giveUp(nth: number): void {
    const between = this.streams.filter(({ from, to, facts }) => facts.length > 0 && isZone(from) && isZone(to));
    between[nth % Math.max(1, between.length)]?.facts.shift();
  }

  /** Everything on its way arrives, and every call is answered. */
  settle(heardAt: (driver: string) => number = () => this.now): void {
    for (let steps = 0; this.arrive() || this.answer(heardAt); steps += 1) {
      if (steps > 10_000) throw new Error("does not come to rest");
    }
  }

  /** Lets time pass, alarms going off as they are due; what is on its way arrives after each, or stays on its way. */
  pass(ms: number, arriving = true): void {
    const until = this.now + ms;
    for (let rounds = 0; ; rounds += 1) {
      const [next] = [...this.zones]
        .flatMap(([id, { state }]) =>
          Object.entries(zoneRules.deadlines(state)).map(([name, at]) => ({ id, name, at })),
        )
        .toSorted((one, other) => one.at - other.at);
      if (next === undefined || next.at > until) break;
      if (rounds > 2_000) throw new Error(`does not come to rest: ${next.id} ${next.name}`);
      this.now = Math.max(this.now, next.at);
      const events = this.do(next.id, zoneRules.timeout(next.name), "timer");
      if (isRefusal(events) || events.length === 0) throw new Error(`timer without effect: ${next.name}`);
      if (arriving) this.settle();
    }
    this.now = until;
  }

  /** The next call is answered. */
  answer(heardAt: (driver: string) => number = () => this.now): boolean {
    const next = this.calls.shift();
    if (next === undefined) return false;
    const { zone, call } = next;
    if (call.kind === "ask-twin") {
      const { driver } = call.request;
      this.do(zone, { type: "hear-of", driver, heardAt: heardAt(driver) }, "ask-twin");
      return true;
    }
    const { driver, loan, zone: other } = call.request;
    const borrowed = this.zone(parseAddress(other).id).state.drivers[driver]?.borrowed;
    const held = borrowed?.loan === loan && parseAddress(borrowed.from).id === zone;
    this.do(zone, { type: "hear-of-loan", zone: other, driver, loan, held }, "ask-neighbour");
    return true;
  }

  private hear({ from, to }: Stream, fact: Addressed): void {
    const { kind, id } = parseAddress(to);
    if (kind === "zone" && this.zones.has(id)) {
      const command = zoneRules.react(fact, from, this.zone(id).state);
      if (command !== null) this.do(id, command, from);
    }
    if (kind === "driver") {
      const command = driverRules.react(fact, from, this.twin(id).state);
      if (command !== null) this.phone(id, command);
    }
  }

  private step<State, Command, Event extends { type: string }>(
    rules: Rules<State, Command, Event>,
    actor: Actor<State, Event>,
    self: Address,
    command: Command,
    by: string,
  ): readonly Event[] | Refusal {
    const events = rules.decide(actor.state, command, { now: this.now, self, by });
    if (isRefusal(events)) return events;
    for (const event of events) {
      const recorded = { ...event, seq: actor.events.length + 1, at: this.now, by };
      const before = actor.state;
      actor.state = rules.evolve(before, recorded);
      actor.events.push(recorded);
      for (const fact of rules.publish(recorded, actor.state, before)) this.send(self, fact);
      for (const call of rules.effects(recorded, actor.state, before)) {
        this.calls.push({ zone: parseAddress(self).id, call: call as ZoneCall });
      }
    }
    return events;
  }

  private send(from: Address, fact: Addressed): void {
    let stream = this.streams.find((one) => one.from === from && one.to === fact.to);
    if (stream === undefined) this.streams.push((stream = { from, to: fact.to, facts: [] }));
    stream.facts.push(fact);
  }
}

function isZone(address: Address): boolean {
  return parseAddress(address).kind === "zone";
}
