import type { DeliveryMessage, StaffDelivery, ZoneDriverView } from "../../contracts/delivery.ts";
import { addressOf } from "../../contracts/address.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { Point } from "../../contracts/events.ts";
import type { OrderId } from "../../contracts/ids.ts";
import { Principal, principalHeader, reachesVenue } from "../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { isOfDelivery, type DeliveryEvent, type DispatchCommand, type DriverCommand, type ZoneCommand, type ZoneEvent } from "../../domain/delivery/command.ts"; // prettier-ignore
import { busyWith, concerns, holderOf, isOver, type Delivery } from "../../domain/delivery/delivery.ts";
import { missed } from "../../domain/delivery/pin.ts";
import { located, sight } from "../../domain/delivery/sight.ts";
import { loads, type Settings, type ZoneState } from "../../domain/delivery/zone.ts";
import { zoneRules } from "../../domain/delivery/zone-rules.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import type { Viewer } from "../shared/live.ts";
import { customerView, driverView, staffView } from "./delivery-view.ts";
import type { DeliveryEnv } from "./env.ts";

/** What the zone answers a driver's twin: `facts` is what the twin has not acknowledged yet, as JSON. */
export interface TwinAnswer {
  readonly outcome: Answer | Refusal;
  readonly facts: string;
}

/** Customers, staff and drivers who may follow the deliveries of one zone at a time. */
const mostFollowers = 5_000;
/** Positions are telemetry: written this seldom, a crash loses no more than that of where a driver was. */
const writtenEveryMs = 15_000;

/** One delivery zone: its open deliveries, the drivers on shift, and those who follow a delivery live. */
export class ZoneObject extends Actor<DeliveryEnv, ZoneState, ZoneCommand, ZoneEvent> {
  protected override readonly kind = "zone";
  protected override readonly rules = zoneRules;
  protected override readonly layout = { collections: ["deliveries", "drivers", "presence"] } as const;
  protected override readonly retain = 20_000;
  private readonly writtenAt = new Map<string, number>();

  /** A driver's command, through the twin, which is told at once what follows for it. */
  drive(command: DriverCommand, ask: Ask): TwinAnswer {
    const before = this.state.deliveries[command.order];
    const outcome = this.execute(command, ask, (state) => {
      const delivery = state.deliveries[command.order];
      if (delivery === undefined) return noDelivery;
      return wasMiss(before, delivery) ? missed(delivery) : driverView(delivery, command.driver);
    });
    const twin = addressOf("driver", this.tenant, command.driver);
    return { outcome: asRefusal(outcome), facts: JSON.stringify(this.outbox.unacknowledged(twin)) };
  }

  /** A command of staff; `venues` are those the token reaches, null for all. */
  dispatch(command: Exclude<DispatchCommand, { type: "configure" }>, principal: Principal, ask: Ask): Answer | Refusal {
    if (this.reached(command.order, principal) === null) return noDelivery;
    return this.execute(command, ask, (state) => {
      const delivery = state.deliveries[command.order];
      return delivery === undefined ? noDelivery : staffView(state, delivery);
    });
  }

  configure(settings: Partial<Settings>, ask: Ask): Settings {
    this.execute({ type: "configure", settings }, ask, () => ({}));
    return this.state.settings;
  }

  settings(): Settings {
    return this.state.settings;
  }

  /** The delivery as the one who asks may see it. Whether a customer may ask at all, the front door has checked. */
  view(order: OrderId, principal: Principal) {
    const delivery = this.reached(order, principal);
    return delivery === null ? noDelivery : this.viewFor(principal, delivery);
  }

  deliveries(principal: Principal, status: "open" | "all"): StaffDelivery[] {
    return Object.values(this.state.deliveries)
      .filter(({ stage, job }) => (status === "all" || !isOver(stage)) && reachesVenue(principal, job.venue))
      .map((delivery) => staffView(this.state, delivery));
  }

  drivers(): ZoneDriverView[] {
    const held = loads(this.state);
    return Object.values(this.state.drivers).map(({ id, name, vehicle, since }) => {
      const { heardAt = since, point = null, pointAt = since } = this.state.presence[id] ?? {};
      const deliveries = (held.get(id) ?? []).map(({ job }) => job.order);
      const position = point === null ? null : { ...point, at: rfc3339(pointAt) };
      return { id, name, vehicle, since: rfc3339(since), heardAt: rfc3339(heardAt), position, deliveries };
    });
  }

  /** Where a phone is: for the next round of offers, and for those who follow its deliveries. Never an event. */
  position(driver: string, point: Point, at: number): void {
    const now = Date.now();
    const state = located(this.state, driver, point, at, now);
    if (state === this.state) return;
    const keep = now - (this.writtenAt.get(driver) ?? 0) >= writtenEveryMs;
    if (keep) this.writtenAt.set(driver, now);
    this.note(state, keep);
    for (const delivery of loads(state).get(driver) ?? []) this.show(delivery, now);
  }

  /** Somebody follows one delivery: see `DeliveryMessage` for what is told. */
  override fetch(request: Request): Response {
    const principal = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    const url = new URL(request.url);
    const { after = null } = deliveryRoutes.live.query.parse(Object.fromEntries(url.searchParams));
    const order = url.pathname.split("/").at(-2) ?? "";
    const delivery = this.reached(order, principal);
    if (delivery === null) return new Response(null, { status: 404 });
    const { subject, role, expiresAt } = principal;
    const viewer = { subject, role, expiresAt, topic: order };
    const first = this.missedSince(delivery, after, viewer) ?? [this.snapshot(delivery, viewer)];
    const offered = request.headers.get("sec-websocket-protocol");
    return this.sockets.accept(viewer, offered === null ? null : "comanda.v1", first, mostFollowers);
  }

  protected override carriers(): Carriers {
    const { ORDERING_INBOX: ordering, DELIVERY_INBOX: delivery, DRIVER: driver } = this.env;
    return { queues: { ordering, delivery }, objects: { driver } };
  }

  protected override topicOf(event: Recorded<ZoneEvent>): string {
    return isOfDelivery(event) ? event.order : "nobody";
  }

  protected override liveMessage(event: Recorded<ZoneEvent>, state: ZoneState, viewer: Viewer): DeliveryMessage | null {
    if (!isOfDelivery(event)) return null;
    const delivery = state.deliveries[event.order];
    return delivery === undefined ? null : followed(event, this.onSocket(viewer, delivery));
  }

  protected override async perform(kind: string, request: unknown): Promise<Attempt<ZoneCommand>> {
    if (kind !== "ask-twin") throw new Error(`no way to perform ${kind}`);
    const { driver } = request as { driver: string };
    const heardAt = await this.env.DRIVER.getByName(`${this.tenant}/${driver}`).heardAt();
    return { done: { type: "hear-of", driver, heardAt } };
  }

  private reached(order: OrderId, { role, subject, venues }: Principal): Delivery | null {
    const delivery = this.state.deliveries[order];
    if (delivery === undefined) return null;
    if (role === "driver" && !concerns(delivery, subject)) return null;
    if (venues !== null && role !== "driver" && role !== "customer" && !venues.includes(delivery.job.venue)) return null;
    return delivery;
  }

  private viewFor({ role, subject }: Pick<Viewer, "role" | "subject">, delivery: Delivery) {
    if (role === "driver") return driverView(delivery, subject);
    return role === "customer" ? customerView(this.state, delivery) : staffView(this.state, delivery);
  }

  /** A driver sees on a delivery's socket what a customer does: what the phone needs has a socket of its own. */
  private onSocket({ role }: Viewer, delivery: Delivery) {
    if (role === "customer") return customerView(this.state, delivery);
    return role === "driver" ? { ...customerView(this.state, delivery), position: null } : staffView(this.state, delivery);
  }

  private snapshot(delivery: Delivery, viewer: Viewer): DeliveryMessage {
    return { type: "snapshot", seq: delivery.no, delivery: this.onSocket(viewer, delivery) };
  }

  /** The delivery's events after its number `after`, or null where that cannot be told. */
  private missedSince(delivery: Delivery, after: number | null, viewer: Viewer): DeliveryMessage[] | null {
    if (after === null || after > delivery.no) return null;
    const events = this.memory.sql
      .exec<{ body: string }>(
        "SELECT body FROM events WHERE json_extract(body, '$.order') = ? AND json_extract(body, '$.no') > ? ORDER BY seq",
        delivery.job.order,
        after,
      )
      .toArray()
      .map(({ body }): Recorded<DeliveryEvent> => JSON.parse(body));
    if (events.length !== delivery.no - after) return null;
    return events.map((event) => followed(event, this.onSocket(viewer, delivery)));
  }

  private show(delivery: Delivery, now: number): void {
    const messages = { customer: this.positionMessage(delivery, "customer"), staff: this.positionMessage(delivery, "staff") };
    this.sockets.broadcast(
      ({ role }) => (role === "driver" ? [] : role === "customer" ? messages.customer : messages.staff),
      now,
      delivery.job.order,
    );
  }

  private positionMessage(delivery: Delivery, onlooker: "customer" | "staff"): DeliveryMessage[] {
    const seen = sight(this.state, delivery, onlooker);
    if (seen === null) return [];
    const { point, at, etaAt } = seen;
    return [
      {
        type: "position",
        order: delivery.job.order,
        ...point,
        at: rfc3339(at),
        etaAt: etaAt === null ? null : rfc3339(etaAt),
      },
    ];
  }
}
