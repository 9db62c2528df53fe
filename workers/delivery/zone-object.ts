import { z } from "zod";
import { Address, addressOf, parseAddress } from "../../contracts/address.ts";
import type { ChannelRanking } from "../../contracts/channel.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { DeliveryMessage, DeliveryView, StaffDelivery } from "../../contracts/delivery.ts";
import type { ZoneDriverView } from "../../contracts/driver.ts";
import type { Point } from "../../contracts/point.ts";
import { DriverId, type Channel, type OrderId } from "../../contracts/ids.ts";
import type { DispatchMessage, DispatchView } from "../../contracts/dispatch.ts";
import { Principal, principalHeader, reachesVenue } from "../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import {
  isOfDelivery, type DispatchCommand, type DriverCommand, type ZoneCommand, type ZoneEvent,
} from "../../domain/delivery/command.ts"; // prettier-ignore
import { own } from "../../domain/channel/chooser.ts";
import { isOver, noDelivery, takenBy, type Delivery } from "../../domain/delivery/delivery.ts";
import { unforeseen } from "../../domain/delivery/foresee.ts";
import { missed } from "../../domain/delivery/pin.ts";
import { isBuyer, isNear, located } from "../../domain/delivery/sight.ts";
import { zoneRules } from "../../domain/delivery/zone-rules.ts";
import { loads, type Settings, type ZoneState } from "../../domain/delivery/zone.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import type { Viewer } from "../shared/live.ts";
import { traceNow } from "../shared/occasion.ts";
import { problemResponse } from "../shared/problem.ts";
import { type KnownCarriers, rankingView } from "./channel-view.ts";
import { eventMessage, eventsSince, positionMessages, snapshotMessage } from "./delivery-feed.ts";
import { customerView, driverView, quarterOf, staffView, zoneDriverView } from "./delivery-view.ts";
import { dispatchView } from "./dispatch-view.ts";
import type { DeliveryEnv } from "./env.ts";
import { tally } from "./observe.ts";

export type StaffCommand = Exclude<DispatchCommand, ForWholeZone | { type: "configure" }>;
/** What a tenant says of the channels of a zone. */
type ForWholeZone = Extract<DispatchCommand, { type: "weigh-channels" | "agree-channel" }>;

/** Those who follow the zone's deliveries, all at the same time. */
const mostFollowers = 5_000;
/** Positions are telemetry: written this seldom, a crash loses no more than where a driver has been since. */
const writtenEveryMs = 15_000;
/** Topics of those who dispatch; a delivery's has no such sign. */
const allVenues = "dispatch:";
const someVenues = `${allVenues} `;
/** A tag of a socket is at most 256 characters long. */
const mostTopic = 250;
const dispatchers = ["staff", "admin"] as const;
const dispatchEveryMs = 2_000;
const AskTwin = z.object({ driver: DriverId });
const AskNeighbour = z.object({ driver: DriverId, loan: z.int(), zone: Address });

/** One delivery zone: its open deliveries, the drivers on shift, and those who follow a delivery live. */
export class ZoneObject extends Actor<DeliveryEnv, ZoneState, ZoneCommand, ZoneEvent> {
  protected override readonly kind = "zone";
  protected override readonly rules = zoneRules;
  protected override readonly layout = { collections: ["deliveries", "drivers", "presence"] } as const;
  protected override readonly retain = 20_000;
  private readonly writtenAt = new Map<string, number>();
  private isStirring = false;

  /** A driver's command by way of the twin, which is told what follows for it before the answer. */
  async drive(command: DriverCommand, ask: Ask): Promise<Answer | Refusal> {
    const before = this.state.deliveries[command.order];
    const outcome = this.execute(command, ask, (state) => {
      const delivery = state.deliveries[command.order];
      if (delivery === undefined) return noDelivery;
      // A miss is an event, for it must be counted; whoever gave the PIN is refused all the same.
      return delivery.pin.misses > 0 && delivery.pin !== before?.pin
        ? missed(delivery)
        : driverView(state, delivery, command.driver, quarterOf(Date.now()));
    });
    await this.told(addressOf("driver", this.tenant, command.driver));
    return asRefused(outcome);
  }

  dispatch(command: StaffCommand, principal: Principal, ask: Ask): Answer | Refusal {
    if (this.within(command.order, principal) === null) return noDelivery;
    return this.execute(command, ask, (state) => {
      const delivery = state.deliveries[command.order];
      return delivery === undefined ? noDelivery : staffView(state, delivery, quarterOf(Date.now()));
    });
  }

  /** A dispatch as any other, once it is certain that the tenant has such a carrier. */
  async move(order: OrderId, to: Channel, principal: Principal, ask: Ask): Promise<Answer | Refusal> {
    const before = this.answered(ask);
    if (before !== null) return before;
    if (to !== own && this.within(order, principal) !== null) {
      const carrier = await this.env.CARRIER.getByName(`${this.tenant}/${to}`).view();
      const fault = isRefusal(carrier) ? "no such carrier" : carrier.enabled ? null : "switched off";
      if (fault !== null)
        return refuse("invalid-value", "It cannot go there.", [{ pointer: "/channel", detail: fault }]);
    }
    return this.dispatch({ type: "move", order, to }, principal, ask);
  }

  configure(settings: Partial<Settings>, ask: Ask): Settings {
    this.execute({ type: "configure", settings }, ask, () => ({}));
    return this.state.settings;
  }

  agree(command: ForWholeZone, ask: Ask): void {
    this.execute(command, ask, () => ({}));
  }

  ranking(zone: string, known: KnownCarriers): ChannelRanking {
    return rankingView(zone, this.state, known);
  }

  settings(): Settings {
    return this.state.settings;
  }

  /** Whether a buyer may ask at all, the front door has checked: it knows whose order it is. */
  view(order: OrderId, principal: Principal): DeliveryView | Refusal {
    const delivery = this.within(order, principal);
    if (delivery === null) return noDelivery;
    if (principal.role === "driver") return driverView(this.state, delivery, principal.subject, quarterOf(Date.now()));
    return isBuyer(principal.role)
      ? customerView(this.state, delivery, quarterOf(Date.now()))
      : staffView(this.state, delivery, quarterOf(Date.now()));
  }

  deliveries(principal: Principal, status: "open" | "all"): StaffDelivery[] {
    return Object.values(this.state.deliveries)
      .toSorted((one, other) => one.since - other.since)
      .filter(({ stage, job }) => (status === "all" || !isOver(stage)) && reachesVenue(principal, job.venue))
      .map((delivery) => staffView(this.state, delivery, quarterOf(Date.now())));
  }

  drivers(): ZoneDriverView[] {
    const held = loads(this.state);
    return Object.values(this.state.drivers).map((one) =>
      zoneDriverView(one, this.state.presence[one.id], held.get(one.id) ?? [], this.state.loans?.[one.id]),
    );
  }

  /** Where a phone is: for the next round of offers, and for those who follow its deliveries. Never an event. */
  position(driver: string, point: Point, at: number, accuracy: number | null = null): void {
    const now = Date.now();
    const state = located(this.state, driver, point, at, now, accuracy);
    if (state === this.state) return;
    const keep = now - (this.writtenAt.get(driver) ?? 0) >= writtenEveryMs;
    if (keep) this.writtenAt.set(driver, now);
    this.note(state, keep);
    this.stirred();
    const held = loads(state).get(driver) ?? [];
    for (const delivery of held) {
      const told = {
        customer: positionMessages(state, delivery, "customer"),
        staff: positionMessages(state, delivery, "staff"),
      };
      const messagesFor = ({ role }: Viewer) => (role === "driver" ? [] : isBuyer(role) ? told.customer : told.staff);
      this.sockets.broadcast(messagesFor, now, delivery.job.order);
      if (delivery.near !== true && isNear(state, delivery))
        this.tellFrom(driver, { type: "come-near", order: delivery.job.order, driver });
    }
    if (unforeseen(state, now, held).length > 0) this.tellFrom(driver, { type: "foresee" });
  }

  /** What has come of where a phone is, and is more than telemetry. */
  private tellFrom(driver: string, command: ZoneCommand): void {
    const ask = { by: driver, key: null, fingerprint: null, traceparent: traceNow() };
    this.execute(command, ask, () => ({}));
  }

  /** Somebody follows a delivery: see `DeliveryMessage` for what is told. */
  override fetch(request: Request): Response {
    const principal = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    const { pathname, searchParams } = new URL(request.url);
    const { after } = deliveryRoutes.live.query.parse(Object.fromEntries(searchParams));
    const topic = pathname.split("/").at(-2) ?? "";
    if (pathname.includes("/zones/")) return this.followDispatch(principal, request);
    const delivery = this.within(topic, principal);
    if (delivery === null) return problemResponse(noDelivery, request);
    const { subject, role, expiresAt } = principal;
    const viewer = { subject, role, expiresAt, topic };
    const events = after === undefined ? null : eventsSince(this.memory, delivery, after);
    const first =
      events?.map((event) => eventMessage(event, this.state, delivery, viewer)) ??
      [snapshotMessage(this.state, delivery, viewer)]; // prettier-ignore
    const offered = request.headers.get("sec-websocket-protocol");
    return this.sockets.accept(viewer, offered === null ? null : "comanda.v1", first, mostFollowers);
  }

  dispatching(zone: string, principal: Principal): DispatchView {
    return dispatchView(zone, this.state, (venue) => reachesVenue(principal, venue), Date.now());
  }

  /** Who dispatches is told the whole again with every change, but not more often than it can be looked at. */
  private stirred(): void {
    if (this.isStirring || dispatchers.every((role) => this.ctx.getWebSockets(`role:${role}`).length === 0)) return;
    this.isStirring = true;
    const later = new Promise<void>((resolve) => setTimeout(resolve, dispatchEveryMs));
    this.ctx.waitUntil(
      later.then(() => {
        this.isStirring = false;
        for (const role of dispatchers) {
          this.sockets.broadcast((viewer) => this.dispatchMessages(viewer), Date.now(), `role:${role}`);
        }
      }),
    );
  }

  private followDispatch({ subject, role, expiresAt, venues }: Principal, request: Request): Response {
    const topic = venues === null ? allVenues : `${someVenues}${venues.toSorted().join(" ")}`;
    if (topic.length > mostTopic) {
      return problemResponse(refuse("forbidden", "Too many venues to follow at once: ask for all of them."), request);
    }
    const viewer = { subject, role, expiresAt, topic };
    const offered = request.headers.get("sec-websocket-protocol");
    return this.sockets.accept(viewer, offered === null ? null : "comanda.v1", this.dispatchMessages(viewer), mostFollowers); // prettier-ignore
  }

  private dispatchMessages({ topic }: Viewer): DispatchMessage[] {
    if (!topic.startsWith(allVenues)) return [];
    const venues = topic === allVenues ? null : new Set(topic.slice(someVenues.length).split(" "));
    const dispatch = dispatchView(this.id, this.state, (venue) => venues?.has(venue) ?? true, Date.now());
    return [{ type: "snapshot", seq: this.seq, dispatch }];
  }

  dismiss(subject: string): void {
    this.sockets.dismiss(subject);
  }

  protected override carriers(): Carriers {
    const {
      ORDERING_INBOX: ordering,
      DELIVERY_INBOX: delivery,
      DRIVER: driver,
      ZONE: zone,
      CARRIER: carrier,
      DB: db,
    } = this.env;
    return { queues: { ordering, delivery }, objects: { driver, carrier, zone }, counts: { tally, db } };
  }

  /** Asked of every event that was recorded, whoever follows it: who dispatches is told soon after. */
  protected override topicOf(event: Recorded<ZoneEvent>): string {
    this.stirred();
    return isOfDelivery(event) ? event.order : "nobody";
  }

  protected override partiesOf(event: Recorded<ZoneEvent>): readonly Address[] {
    if (event.type === "handed-to-carrier") return [addressOf("carrier", this.tenant, event.carrier.id)];
    if (!isOfDelivery(event) || !("driver" in event) || event.driver === null) return [];
    return [addressOf("driver", this.tenant, event.driver.id)];
  }

  protected override liveMessage(event: Recorded<ZoneEvent>, state: ZoneState, viewer: Viewer): DeliveryMessage | null {
    const delivery = isOfDelivery(event) ? state.deliveries[event.order] : undefined;
    return delivery === undefined || !isOfDelivery(event) ? null : eventMessage(event, state, delivery, viewer);
  }

  /** Whether a neighbour's driver is here still, by that loan. A no is for good once the loan was to be taken by now. */
  hasBorrowed(driver: string, from: Address, loan: number): boolean {
    const borrowed = this.state.drivers[driver]?.borrowed;
    return borrowed?.from === from && borrowed.loan === loan;
  }

  /** Asks the twin of a silent driver when the phone was last heard of, or a neighbour whether it has a driver. */
  protected override async perform(kind: string, request: unknown): Promise<Attempt<ZoneCommand>> {
    if (kind === "ask-neighbour") {
      const { driver, loan, zone } = AskNeighbour.parse(request);
      const held = await this.env.ZONE.getByName(parseAddress(zone).name).hasBorrowed(driver, this.self, loan);
      return { done: { type: "hear-of-loan", zone, driver, loan, held } };
    }
    const { driver } = AskTwin.parse(request);
    const heardAt = await this.env.DRIVER.getByName(`${this.tenant}/${driver}`).heardAt();
    return { done: { type: "hear-of", driver, heardAt } };
  }

  /** The delivery, where the token reaches it: of staff by the venue, of a driver by having it or being asked. */
  private within(order: OrderId, principal: Principal): Delivery | null {
    const delivery = this.state.deliveries[order];
    if (delivery === undefined) return null;
    if (principal.role === "driver") return takenBy(delivery, principal.subject) ? delivery : null;
    return isBuyer(principal.role) || reachesVenue(principal, delivery.job.venue) ? delivery : null;
  }
}

/** A refusal that was kept as an answer, so that a repetition gets it too. */
function asRefused(outcome: Answer | Refusal): Answer | Refusal {
  if (isRefusal(outcome)) return outcome;
  const body: Answer | Refusal = JSON.parse(outcome.body);
  return isRefusal(body) ? body : outcome;
}
