import type { CustomerDelivery, DriverDelivery, PlaceView, StaffDelivery } from "../../contracts/delivery.ts";
import type { ZoneDriverView } from "../../contracts/driver.ts";
import { parseAddress } from "../../contracts/address.ts";
import type { Eta } from "../../contracts/eta.ts";
import type { Place } from "../../contracts/errand.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { holderOf, isOver, type Delivery, type WithCarrier } from "../../domain/delivery/delivery.ts";
import { etaOf } from "../../domain/delivery/eta.ts";
import { sight, type Onlooker } from "../../domain/delivery/sight.ts";
import type { Loan, Presence, ZoneDriver, ZoneState } from "../../domain/delivery/zone.ts";
import type { Promised } from "../../domain/promise/promise.ts";

export function customerView(state: ZoneState, delivery: Delivery, now: number): CustomerDelivery {
  const { stage } = delivery;
  const driver = holderOf(delivery) ?? (stage.status === "delivered" ? stage.driver : null);
  return {
    audience: "customer",
    ...common(state, delivery, now),
    status: stage.status === "offered" ? "waiting" : stage.status,
    driver: driver === null ? null : { name: driver.name, vehicle: driver.vehicle },
    position: positionOf(state, delivery, "customer"),
  };
}

/** As the driver sees it who was asked or has it; the number to call only while on the way with it. */
export function driverView(state: ZoneState, delivery: Delivery, driver: string, now: number): DriverDelivery {
  const { job, stage } = delivery;
  return {
    audience: "driver",
    ...common(state, delivery, now),
    venue: job.venue,
    pickup: job.pickup,
    dropoff: holderOf(delivery)?.id === driver ? job.dropoff : withoutPhone(job.dropoff),
    cash: job.cash,
    expiresAt: stage.status === "offered" && stage.driver.id === driver ? rfc3339(stage.expiresAt) : null,
  };
}

export function staffView(state: ZoneState, delivery: Delivery, now: number): StaffDelivery {
  const { job, stage, asked, pin } = delivery;
  return {
    audience: "staff",
    ...common(state, delivery, now),
    venue: job.venue,
    pickup: withoutPhone(job.pickup),
    dropoff: withoutPhone(job.dropoff),
    cash: job.cash,
    requestedAt: rfc3339(job.requestedAt),
    driver: "driver" in stage ? stage.driver : null,
    expiresAt: stage.status === "offered" ? rfc3339(stage.expiresAt) : null,
    asked: Object.entries(asked).map(([driver, { outcome, until }]) => ({ driver, outcome, until: rfc3339(until) })),
    position: positionOf(state, delivery, "staff"),
    pinMisses: pin.misses,
    detail: isOver(stage) ? stage.detail : null,
    ...(delivery.movingTo === undefined ? {} : { movingTo: delivery.movingTo }),
  };
}

export function zoneDriverView(
  driver: ZoneDriver,
  presence: Presence | undefined,
  held: readonly Delivery[],
  loan?: Loan,
): ZoneDriverView {
  const { id, name, vehicle, since, borrowed } = driver;
  const { heardAt = since, point = null, pointAt = since } = presence ?? {};
  return {
    id,
    name,
    vehicle,
    since: rfc3339(since),
    heardAt: rfc3339(heardAt),
    position: point === null ? null : { ...point, at: rfc3339(pointAt) },
    deliveries: held.map(({ job }) => job.order),
    ...(loan === undefined
      ? {}
      : { lentTo: { zone: parseAddress(loan.to).id, order: loan.order, since: rfc3339(loan.since) } }),
    ...(borrowed === undefined ? {} : { borrowedFrom: parseAddress(borrowed.from).id }),
  };
}

/** A promise as it is told; a GET asks for the quarter of a minute it is in, so that all who ask see the same. */
export function etaView(state: ZoneState, delivery: Delivery, now: number): Eta | null {
  const eta = etaOf(state, delivery, now);
  return eta === null ? null : windowView(eta);
}

export function windowView({ from, best, to }: Promised): Eta {
  return { from: rfc3339(from), best: rfc3339(best), to: rfc3339(to) };
}

function common(state: ZoneState, delivery: Delivery, now: number) {
  const { job, stage, no, readyAt, ready } = delivery;
  const taken = stage.status === "assigned" || stage.status === "at-venue";
  return {
    order: job.order,
    code: job.code,
    seq: no,
    status: stage.status,
    readyAt: rfc3339(readyAt),
    ready,
    pickupAt: taken ? rfc3339(stage.pickupAt) : null,
    dropoffAt: taken || stage.status === "picked-up" ? rfc3339(stage.dropoffAt) : null,
    open: !isOver(stage),
    eta: etaView(state, delivery, now),
    ...(stage.status === "with-carrier" ? carriedView(stage) : {}),
  };
}

function carriedView({ carrier, pickupAt, dropoffAt }: WithCarrier) {
  const instant = (at: number | null): string | null => (at === null ? null : rfc3339(at));
  const { silentSince, ...rest } = carrier;
  return {
    pickupAt: instant(pickupAt),
    dropoffAt: instant(dropoffAt),
    carrier: { ...rest, silentSince: instant(silentSince) },
  };
}

/** The quarter of a minute an instant is in. */
export function quarterOf(now: number): number {
  return now - (now % 15_000);
}

function positionOf(state: ZoneState, delivery: Delivery, onlooker: Onlooker) {
  const seen = sight(state, delivery, onlooker);
  return seen === null ? null : { ...seen.point, at: rfc3339(seen.at) };
}

function withoutPhone({ phone: _, ...place }: Place): PlaceView {
  return place;
}
