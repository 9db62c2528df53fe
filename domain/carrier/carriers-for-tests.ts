import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Addressed, FactType } from "../../contracts/events.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import type { ZoneCommand, ZoneEvent } from "../delivery/command.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { evening, job, orderId } from "../delivery/zone-for-tests.ts";
import { zoneRules } from "../delivery/zone-rules.ts";
import type { ZoneState } from "../delivery/zone.ts";
import type { Booking } from "./booking.ts";
import { keyOf } from "./calls.ts";
import { carrierRules } from "./carrier-rules.ts";
import type { CarrierState, Settings } from "./carrier.ts";
import type { Asked, CarrierCommand, CarrierEvent, Reply, Told } from "./command.ts";

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const settings: Settings = {
  name: "Bob's Post",
  url: "https://bob.test",
  secret: "secret",
  callbackSecret: "callback",
  enabled: true,
  answerWithinMs: 10 * second,
  silentAfterMs: minute,
  requoteAfterMs: null,
  giveUpAfterMs: 8 * day,
  trackForMs: 14 * day,
};

/** What becomes of one call: answered; acted on, with the answer lost; not even heard; or a clear no. */
export type Fate = "answered" | "answer lost" | "down" | "no" | "quote ran out";

/** A carrier that keeps its promises about keys, however badly it answers. */
export class Peer {
  readonly parcels = new Map<string, Told & { readonly reference: string }>();
  readonly withdrawn = new Set<string>();
  fate: (asked: Asked) => Fate = () => "answered";

  /** How many parcels of an order it means to bring, has under way or has brought. */
  inForce(order: string): number {
    return [...this.parcels.values()].filter(({ reference, status }) => reference === order && status !== "cancelled")
      .length;
  }

  call(carrier: string, asked: Asked, booking: Booking, now: number): Reply {
    const fate = this.fate(asked);
    if (fate === "down") return unanswered;
    // What it has booked it cannot refuse under the same key.
    const acts = fate === "answered" || fate === "answer lost" || this.parcels.has(asked.key);
    const reply = acts ? this.act(carrier, asked, booking, now) : refusalOf(asked, fate);
    return fate === "answer lost" ? unanswered : reply;
  }

  move(order: string, status: Told["status"]): Told | null {
    const [key, parcel] = [...this.parcels].find(([, one]) => one.reference === order && one.status !== "cancelled") ?? [];
    if (key === undefined || parcel === undefined) return null;
    const moved = { ...parcel, status };
    this.parcels.set(key, moved);
    return moved;
  } // prettier-ignore

  private act(carrier: string, { order, call, key }: Asked, booking: Booking, now: number): Reply {
    switch (call) {
      case "quote":
        return { result: "quoted", quote: { id: `quote ${key}`, price: { amount: 490, currency: "EUR" } } };
      case "book": {
        if (this.withdrawn.has(key)) return { result: "refused", why: "It was withdrawn.", again: false };
        const known = this.parcels.get(key);
        const made = { id: `parcel ${key}`, reference: order, status: "booked" as const, tracking: "BP1", pickupAt: now + hour, dropoffAt: now + 2 * hour }; // prettier-ignore
        if (known === undefined) this.parcels.set(key, made);
        return { result: "told", parcel: known ?? made };
      }
      case "track": {
        const parcel = [...this.parcels.values()].find(({ id }) => id === booking.id);
        return parcel === undefined ? unanswered : { result: "told", parcel };
      }
      case "cancel": {
        const of = keyOf(order, carrier, "book", "no" in booking.stage ? booking.stage.no : 0);
        const parcel = this.parcels.get(of);
        if (parcel !== undefined && !["booked", "cancelled"].includes(parcel.status)) {
          return { result: "too-late", parcel };
        }
        if (parcel !== undefined) this.parcels.set(of, { ...parcel, status: "cancelled" });
        this.withdrawn.add(of);
        return { result: "withdrawn" };
      }
    }
  }
}

const unanswered: Reply = { result: "unanswered", why: "no answer in time", retryAfterMs: 0 };

function refusalOf({ call }: Asked, fate: Fate): Reply {
  if (call === "book") return { result: "refused", why: "It does not want it.", again: fate === "quote ran out" };
  return call === "quote" && fate === "no" ? { result: "refused", why: "It does not go there.", again: false } : unanswered;
} // prettier-ignore

/** An actor's rules with what they have led to. */
class Actor<State, Command, Event extends { type: string }> {
  readonly self: Address;
  readonly events: Recorded<Event>[] = [];
  state: State;
  private readonly rules: Rules<State, Command, Event>;
  private readonly world: Road;

  constructor(self: Address, rules: Rules<State, Command, Event>, world: Road) {
    this.self = self;
    this.rules = rules;
    this.world = world;
    this.state = rules.initial;
  }

  do(command: Command, by: string): readonly Event[] | Refusal {
    const { now } = this.world;
    const events = this.rules.decide(this.state, command, { now, self: this.self, by });
    if (isRefusal(events)) return events;
    for (const event of events) {
      const recorded = { ...event, seq: this.events.length + 1, at: now, by };
      const before = this.state;
      this.state = this.rules.evolve(before, recorded);
      this.events.push(recorded);
      for (const fact of this.rules.publish(recorded, this.state, before)) this.world.mail(this.self, fact);
      for (const { request } of this.rules.effects(recorded, this.state, before)) this.world.owe(this.self, request as Asked); // prettier-ignore
    }
    return events;
  }

  hear(fact: Addressed, from: Address): void {
    const command = this.rules.react(fact, from, this.state);
    if (command !== null) this.do(command, from);
  }

  deadlines(): [name: string, at: number][] {
    return Object.entries(this.rules.deadlines(this.state));
  }

  ring(name: string): void {
    const events = this.do(this.rules.timeout(name), "timer");
    if (isRefusal(events) || events.length === 0) throw new Error(`timer without effect: ${this.self} ${name}`);
  }
}

/** A zone and its carriers in a world of their own, whose clock moves only when told to. A call takes a second. */
export class Road {
  now = evening;
  readonly peers = new Map<string, Peer>();
  readonly carriers = new Map<string, Actor<CarrierState, CarrierCommand, CarrierEvent>>();
  readonly zone = new Actor<ZoneState, ZoneCommand, ZoneEvent>("zone/demo/main", zoneRules, this);
  /** What the orders were told. */
  readonly told: Addressed[] = [];
  readonly calls: { readonly carrier: string; readonly asked: Asked; readonly due: number }[] = [];
  /** How often each carrier was called. */
  readonly called: (Asked & { readonly carrier: string; readonly at: number })[] = [];
  private readonly post: { readonly from: Address; readonly fact: Addressed }[] = [];

  constructor(carriers: Readonly<Record<string, Partial<Settings>>> = { "bobs-post": {} }) {
    for (const [id, change] of Object.entries(carriers)) {
      this.peers.set(id, new Peer());
      const actor = new Actor(addressOf("carrier", "demo", id), carrierRules, this);
      actor.do({ type: "configure", settings: { ...settings, name: id, ...change } }, "admin");
      this.carriers.set(id, actor);
    }
  }

  mail(from: Address, fact: Addressed): void {
    this.post.push({ from, fact });
  }

  owe(by: Address, asked: Asked): void {
    this.calls.push({ carrier: parseAddress(by).id, asked, due: this.now + second });
    this.called.push({ ...asked, carrier: parseAddress(by).id, at: this.now });
  }

  request(number: number, channels: readonly string[] = ["bobs-post"], cash = false): string {
    const of = { ...job(number, this.now), channels: [...channels], cash: cash ? { amount: 1, currency: "EUR" } : null };
    this.zone.do({ type: "request", job: of }, of.customer);
    this.deliver();
    return orderId(number);
  } // prettier-ignore

  callOff(order: string): void {
    this.zone.do({ type: "call-off", order, reason: "customer-cancelled", detail: "" }, addressOf("order", "demo", order));
    this.deliver();
  } // prettier-ignore

  move(order: string, to: string): readonly ZoneEvent[] | Refusal {
    const events = this.zone.do({ type: "move", order, to }, "staff");
    this.deliver();
    return events;
  }

  callback(carrier: string, order: string, parcel: Told): void {
    this.carrier(carrier).do({ type: "be-told", order, parcel }, "callback");
    this.deliver();
  }

  /** Time goes by; calls end and timers go off as they are due. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (let rounds = 0; ; rounds += 1) {
      if (rounds > 20_000) throw new Error("does not come to rest");
      const call = this.calls.toSorted((one, other) => one.due - other.due)[0];
      const timers = [...this.carriers.values(), this.zone].flatMap((actor) =>
        actor.deadlines().map(([name, at]) => ({ at, ring: () => actor.ring(name) })),
      );
      const timer = timers.toSorted((one, other) => one.at - other.at)[0];
      const at = Math.min(call?.due ?? Infinity, timer?.at ?? Infinity);
      if (at > until) break;
      this.now = Math.max(this.now, at);
      if (call !== undefined && call.due <= at) this.end(call);
      else timer?.ring();
      this.deliver();
    }
    this.now = until;
  }

  peer(id = "bobs-post"): Peer {
    const peer = this.peers.get(id);
    if (peer === undefined) throw new Error(`no carrier ${id}`);
    return peer;
  }

  carrier(id = "bobs-post") {
    const actor = this.carriers.get(id);
    if (actor === undefined) throw new Error(`no carrier ${id}`);
    return actor;
  }

  delivery(order: string): Delivery {
    const delivery = this.zone.state.deliveries[order];
    if (delivery === undefined) throw new Error(`no delivery ${order}`);
    return delivery;
  }

  stage(order: string, carrier?: string): string | undefined {
    return this.carrier(carrier).state.bookings[order]?.stage.status;
  }

  /** How many carriers mean to bring an order, have it under way or have brought it. */
  inForce(order: string): number {
    return [...this.peers.values()].reduce((sum, peer) => sum + peer.inForce(order), 0);
  }

  /** What an order was told has happened; when it is to be expected is told besides. */
  toldOf(order: string): FactType[] {
    const types = this.told.filter(({ to }) => to.endsWith(order)).map(({ type }) => type);
    return types.filter((type) => type !== "delivery.foreseen");
  }

  private end(call: Road["calls"][number]): void {
    this.calls.splice(this.calls.indexOf(call), 1);
    const { carrier, asked } = call;
    const actor = this.carrier(carrier);
    const booking = actor.state.bookings[asked.order];
    if (booking === undefined) return;
    const reply = this.peer(carrier).call(carrier, asked, booking, this.now);
    actor.do({ type: "hear", order: asked.order, call: asked.call, reply, tookMs: second }, asked.call);
  }

  private deliver(): void {
    for (let letter = this.post.shift(); letter !== undefined; letter = this.post.shift()) {
      const { from, fact } = letter;
      const { kind, id } = parseAddress(fact.to);
      if (kind === "order") this.told.push(fact);
      else if (kind === "zone") this.zone.hear(fact, from);
      else if (kind === "carrier") this.carriers.get(id)?.hear(fact, from);
    }
  }
}
