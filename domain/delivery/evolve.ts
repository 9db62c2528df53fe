import type { DriverId } from "../../contracts/ids.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { isOfDelivery, type DeliveryEvent, type ZoneEvent } from "./command.ts";
import { asFound, taught } from "../promise/promise.ts";
import { noChannels } from "./deal-channels.ts";
import { measured, withScore } from "./measure.ts";
import { firstAskedAt } from "./lending.ts";
import { etaOf } from "./eta.ts";
import { supposed, type Foreseen } from "./foresee.ts";
import { isOver, type Asked, type Delivery, type Ended, type Job, type Stage, type Taker } from "./delivery.ts";
import { mostOver, type Loan, type Presence, type ZoneState } from "./zone.ts";

/** A neighbour that has a driver still is asked again so much later. */
const askAgainMs = 10 * 60_000;

export function evolve(state: ZoneState, event: Recorded<ZoneEvent>): ZoneState {
  if (isOfDelivery(event)) return measured(heardFromTaker(withDelivery(state, event), event), event, state);
  switch (event.type) {
    case "driver-on": {
      const { driver: id, address, name, vehicle, point, at, until } = event;
      const ends = until === undefined ? {} : { until };
      const before = state.presence[id];
      const place = point === null && before !== undefined ? before : { point, pointAt: at };
      const presence = { heardAt: at, point: place.point, pointAt: place.pointAt, doubted: false };
      const since = state.drivers[id]?.since ?? at;
      return {
        ...state,
        drivers: { ...state.drivers, [id]: { id, address, name, vehicle, since, ...ends } },
        presence: { ...state.presence, [id]: presence },
      };
    }
    case "move-suggested": {
      const driver = state.drivers[event.driver];
      if (driver === undefined) return state;
      const suggested = { venue: event.to.venue, at: event.at };
      return { ...state, drivers: { ...state.drivers, [driver.id]: { ...driver, suggested } } };
    }
    case "driver-off":
      return {
        ...state,
        drivers: without(state.drivers, event.driver),
        presence: without(state.presence, event.driver),
      };
    case "driver-lent": {
      const { driver, to, delivery: order, loan: no, takeBy, at: since } = event;
      const loan: Loan = { no, to, order, since, takeBy, askAt: firstAskedAt(takeBy) };
      return { ...state, loans: { ...state.loans, [driver]: loan }, lastLoan: no };
    }
    case "loan-questioned": {
      const loan = state.loans?.[event.driver];
      if (loan === undefined) return state;
      return { ...state, loans: { ...state.loans, [event.driver]: { ...loan, askAt: event.at + askAgainMs } } };
    }
    case "loan-recalled":
      return state;
    case "loan-ended":
      return { ...state, loans: without(state.loans ?? {}, event.driver) };
    case "driver-borrowed": {
      const { driver: id, from, loan, address, name, vehicle, point, ends, at } = event;
      const until = ends === undefined ? {} : { until: ends };
      const driver = { id, address, name, vehicle, since: at, ...until, borrowed: { from, loan } };
      const presence = { heardAt: at, point, pointAt: at, doubted: false };
      return {
        ...state,
        drivers: { ...state.drivers, [id]: driver },
        presence: { ...state.presence, [id]: presence },
      };
    }
    case "driver-returned": {
      const { driver, to, loan } = event;
      const borrowed = state.drivers[driver]?.borrowed;
      if (borrowed?.from !== to || borrowed.loan !== loan) return state;
      return { ...state, drivers: without(state.drivers, driver), presence: without(state.presence, driver) };
    }
    case "help-wanted": {
      const delivery = state.deliveries[event.delivery];
      if (delivery === undefined) return state;
      const wanted = { ...delivery, wantedUntil: event.until };
      return { ...state, deliveries: { ...state.deliveries, [event.delivery]: wanted } };
    }
    case "help-weighed":
      return { ...state, helpAfter: event.until };
    case "driver-doubted":
      return withPresence(state, event.driver, (presence) => ({ ...presence, doubted: true }));
    case "driver-heard-of":
      return withPresence(state, event.driver, (presence) => ({
        ...presence,
        heardAt: Math.max(presence.heardAt, event.heardAt),
        doubted: false,
      }));
    case "channels-agreed": {
      const { standings } = state.channels ?? noChannels;
      const weights = event.weights === undefined ? {} : { weights: event.weights };
      return { ...state, channels: { ...weights, terms: event.terms, standings } };
    }
    case "channel-scored":
      return withScore(state, event);
    case "configured":
      return { ...state, settings: event.settings };
    case "round-waited":
      return { ...state, roundAfter: event.until };
    case "foreseen":
      return { ...state, deliveries: { ...state.deliveries, ...told(state, event.orders, event.at) } };
    case "tidied":
      return { ...state, deliveries: withoutAll(state.deliveries, event.orders) };
  }
}

function told({ deliveries }: ZoneState, orders: readonly Foreseen[], at: number): ZoneState["deliveries"] {
  const entries = orders.flatMap(({ order, eta }) => {
    const delivery = deliveries[order];
    return delivery === undefined ? [] : [[order, { ...delivery, told: { at, eta } }] as const];
  });
  return Object.fromEntries(entries);
}

function withDelivery(state: ZoneState, event: Recorded<DeliveryEvent>): ZoneState {
  const before = event.type === "requested" ? opened(event.job, event.seq) : state.deliveries[event.order];
  if (before === undefined) return state;
  const delivery = { ...toldAnew(changed(before, event), event), no: event.no };
  const deliveries = { ...state.deliveries, [event.order]: delivery };
  const next = { ...state, ...lessonOf(state, before, event) };
  if (event.type === "requested") return withFirst({ ...next, deliveries }, delivery, event.at);
  return { ...next, deliveries: isOver(delivery.stage) ? withoutOldest(deliveries) : deliveries };
}

/** Of who comes, and that it is on its way, the order hears anyhow, and forgets what it was told before. */
function toldAnew(delivery: Delivery, { type, at }: Recorded<DeliveryEvent>): Delivery {
  const isHeard = type === "requested" || type === "assigned" || type === "unassigned" || type === "picked-up";
  return isHeard ? { ...delivery, told: supposed(delivery, at) } : delivery;
}

function withFirst(state: ZoneState, delivery: Delivery, now: number): ZoneState {
  const first = etaOf(state, delivery, now);
  if (first === null) return state;
  return { ...state, deliveries: { ...state.deliveries, [delivery.job.order]: { ...delivery, first } } };
}

/** What the own drivers have brought teaches how far the promises are to be believed. */
function lessonOf({ slack = asFound }: ZoneState, { first }: Delivery, event: Recorded<DeliveryEvent>): Pick<ZoneState, "slack"> {
  if (event.type !== "delivered" || event.driver === null || first === undefined) return {};
  return { slack: taught(slack, first, event.at) };
} // prettier-ignore

function opened(job: Job, since: number): Delivery {
  const pin = { misses: 0, lockedUntil: null };
  return { job, stage: { status: "waiting" }, since, no: 0, readyAt: job.readyAt, ready: false, asked: {}, pin };
}

function changed(delivery: Delivery, event: Recorded<DeliveryEvent>): Delivery {
  switch (event.type) {
    case "requested":
      return delivery;
    case "ready-changed":
      return { ...delivery, readyAt: event.readyAt, ready: event.ready };
    case "offered": {
      const { driver, expiresAt, pickupAt, dropoffAt } = event;
      return inStage(delivery, { status: "offered", driver, expiresAt, pickupAt, dropoffAt });
    }
    case "offer-declined":
      return released(delivery, event.driver, { outcome: "declined", until: event.until });
    case "offer-expired":
      return released(delivery, event.driver, { outcome: "expired", until: event.until });
    case "offer-withdrawn":
      return released(delivery, event.driver, { outcome: event.reason, until: event.at });
    case "assigned": {
      const { driver, pickupAt, dropoffAt } = event;
      return inStage(delivery, { status: "assigned", driver, pickupAt, dropoffAt });
    }
    case "unassigned":
      return released(delivery, event.driver, { outcome: event.reason, until: event.until });
    case "arrived":
      if (delivery.stage.status !== "assigned") return delivery;
      return inStage(delivery, { ...delivery.stage, status: "at-venue" });
    case "picked-up": {
      const { driver, dropoffAt, at } = event;
      return inStage({ ...delivery, ready: true }, { status: "picked-up", driver, pickedUpAt: at, dropoffAt });
    }
    case "pin-missed":
      return { ...delivery, pin: { misses: event.misses, lockedUntil: event.lockedUntil } };
    case "handed-to-carrier": {
      const { carrier, passed, choice } = event;
      const chosen = choice === undefined ? delivery : { ...delivery, choice };
      const handed = inStage(settled(chosen), { status: "with-carrier", carrier, pickupAt: null, dropoffAt: null });
      return passed.length === 0 ? handed : { ...handed, passed };
    }
    case "channel-chosen":
      return { ...delivery, choice: event.choice };
    case "carrier-changed":
    case "shipped": {
      const { carrier, pickupAt, dropoffAt } = event;
      const ready = delivery.ready || event.type === "shipped";
      const before = event.type === "shipped" ? settled(delivery) : delivery;
      return inStage({ ...before, ready }, { status: "with-carrier", carrier, pickupAt, dropoffAt });
    }
    case "carrier-left": {
      const left: Delivery = { ...settled(delivery), stage: { status: "waiting" }, passed: event.passed };
      return event.byHand === true ? { ...left, byHand: true } : left;
    }
    case "move-asked":
      return { ...delivery, movingTo: event.to };
    case "move-failed":
      return settled(delivery);
    case "delivered":
      return over(delivery, "delivered", event.driver, event.at, null);
    case "failed": {
      const failed = over(delivery, "failed", event.driver, event.at, event.detail);
      return event.returning === true ? onTheWayBack(failed) : failed;
    }
    case "returned": {
      const detail = "detail" in delivery.stage ? delivery.stage.detail : null;
      return over(delivery, event.confirmed ? "returned" : "failed", event.driver, event.at, detail);
    }
    case "near":
      return { ...delivery, near: true };
    case "called-off": {
      const calledOff = over(delivery, "called-off", event.driver, event.at, event.detail);
      return event.returning === true ? onTheWayBack(calledOff) : calledOff;
    }
  }
}

/** Nothing staff wanted is under way any more. */
function settled({ movingTo: _, byHand: __, ...delivery }: Delivery): Delivery {
  return delivery;
}

function inStage(delivery: Delivery, stage: Stage): Delivery {
  return { ...delivery, stage };
}

/** The order is over, and its driver has the food still. */
function onTheWayBack(delivery: Delivery): Delivery {
  const { stage } = delivery;
  if (!isOver(stage) || stage.driver === null) return delivery;
  return inStage(delivery, {
    status: "returning",
    driver: stage.driver,
    since: stage.endedAt,
    detail: stage.detail ?? "",
  });
}

function released(delivery: Delivery, driver: Taker, asked: Asked): Delivery {
  return { ...delivery, stage: { status: "waiting" }, asked: { ...delivery.asked, [driver.id]: asked } };
}

/** What is over keeps neither the PIN nor a number to call. */
function over(
  delivery: Delivery,
  status: Ended["status"],
  driver: Taker | null,
  endedAt: number,
  detail: string | null,
): Delivery {
  const { phone: _, ...dropoff } = delivery.job.dropoff;
  return { ...delivery, job: { ...delivery.job, dropoff, pin: "" }, stage: { status, driver, endedAt, detail } };
}

function withoutOldest(deliveries: ZoneState["deliveries"]): ZoneState["deliveries"] {
  const ended = Object.values(deliveries).flatMap(({ stage, job }) =>
    isOver(stage) ? [{ order: job.order, endedAt: stage.endedAt }] : [],
  );
  if (ended.length <= mostOver) return deliveries;
  const oldest = ended.toSorted((a, b) => a.endedAt - b.endedAt).slice(0, ended.length - mostOver);
  return withoutAll(
    deliveries,
    oldest.map(({ order }) => order),
  );
}

/** What a driver's own phone did shows that it is there. */
function heardFromTaker(state: ZoneState, event: Recorded<DeliveryEvent>): ZoneState {
  return withPresence(state, event.by, (presence) => ({ ...presence, heardAt: event.at, doubted: false }));
}

function withPresence(state: ZoneState, driver: DriverId, change: (presence: Presence) => Presence): ZoneState {
  const presence = state.presence[driver];
  if (presence === undefined) return state;
  return { ...state, presence: { ...state.presence, [driver]: change(presence) } };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}

function withoutAll<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
}
