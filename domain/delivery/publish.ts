import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Window } from "../../contracts/eta.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Errand } from "../../contracts/errand.ts";
import type { DriverId } from "../../contracts/ids.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { isOfDelivery, type DeliveryEvent, type ZoneEvent } from "./command.ts";
import { forNeighbours } from "./publish-lending.ts";
import type { Promised } from "../promise/promise.ts";
import { busyWith, carrierOf, holderOf, type Delivery } from "./delivery.ts";
import { etaOf } from "./eta.ts";
import { isLastChannel } from "./channels.ts";
import type { ZoneState } from "./zone.ts";

/** What the order and the driver's phone must know of an event. */
export function publish(event: Recorded<ZoneEvent>, state: ZoneState, before: ZoneState): readonly Addressed[] {
  if (isOfDelivery(event)) {
    const delivery = state.deliveries[event.order];
    if (delivery === undefined) return [];
    const was = before.deliveries[event.order];
    return [...forOrder(event, delivery), ...forDriver(event, delivery, state), ...forCarrier(event, delivery, was)];
  }
  switch (event.type) {
    case "driver-off": {
      // One who went off by the phone's own word needs no telling.
      const address = before.drivers[event.driver]?.address;
      if (address === undefined || event.reason === "asked") return [];
      return [{ type: "driver.shift-ended", to: address, data: { reason: event.reason } }];
    }
    case "move-suggested": {
      const address = state.drivers[event.driver]?.address;
      return address === undefined ? [] : [{ type: "driver.move-suggested", to: address, data: event.to }];
    }
    case "foreseen":
      return event.orders.flatMap(({ order, eta, ...data }): Addressed[] => {
        const delivery = state.deliveries[order];
        if (delivery === undefined) return [];
        const told = holderOf(delivery) === null ? [] : taskChanged(delivery, eta);
        return [{ type: "delivery.foreseen", to: delivery.job.customer, data }, ...told];
      });
    case "help-wanted":
    case "driver-lent":
    case "loan-recalled":
    case "driver-returned":
      return forNeighbours(event, state);
    case "driver-borrowed":
    case "help-weighed":
    case "loan-questioned":
    case "loan-ended":
    case "driver-on":
    case "driver-doubted":
    case "driver-heard-of":
    case "configured":
    case "channels-agreed":
    case "channel-scored":
    case "round-waited":
    case "tidied":
      return [];
  }
}

function forOrder(event: Recorded<DeliveryEvent>, { job }: Delivery): Addressed[] {
  const to = job.customer;
  switch (event.type) {
    case "assigned": {
      const { driver, pickupAt, dropoffAt } = event;
      const data = { driver: { id: driver.id, name: driver.name }, pickupAt, dropoffAt };
      return [{ type: "delivery.assigned", to, data }];
    }
    case "unassigned":
      return [{ type: "delivery.unassigned", to, data: { reason: event.reason } }];
    case "arrived":
      return [{ type: "delivery.arrived", to, data: {} }];
    case "picked-up":
      return [{ type: "delivery.picked-up", to, data: { dropoffAt: event.dropoffAt } }];
    case "handed-to-carrier": {
      const data = { carrier: event.carrier, pickupAt: null, dropoffAt: null };
      return [{ type: "delivery.carrier-changed", to, data }];
    }
    case "carrier-changed": {
      const { carrier, pickupAt, dropoffAt } = event;
      return [{ type: "delivery.carrier-changed", to, data: { carrier, pickupAt, dropoffAt } }];
    }
    case "shipped": {
      const { carrier, pickupAt, dropoffAt } = event;
      return [
        { type: "delivery.carrier-changed", to, data: { carrier, pickupAt, dropoffAt } },
        { type: "delivery.picked-up", to, data: { dropoffAt: dropoffAt ?? event.at } },
      ];
    }
    case "carrier-left":
      return [{ type: "delivery.carrier-changed", to, data: { carrier: null, pickupAt: null, dropoffAt: null } }];
    case "delivered":
      return [{ type: "delivery.delivered", to, data: { proof: event.proof } }];
    case "failed":
      return [
        {
          type: "delivery.failed",
          to,
          data: {
            reason: "delivery-failed",
            detail: event.detail,
            ...(event.returning === true ? { returning: true } : {}),
          },
        },
      ];
    case "returned":
      return [{ type: "delivery.returned", to, data: { confirmed: event.confirmed } }];
    case "near":
      return [{ type: "delivery.near", to, data: {} }];
    case "requested":
    case "ready-changed":
    case "offered":
    case "offer-declined":
    case "offer-expired":
    case "offer-withdrawn":
    case "pin-missed":
    case "called-off":
    case "move-asked":
    case "move-failed":
    case "channel-chosen":
      return [];
  }
}

function forDriver(event: Recorded<DeliveryEvent>, delivery: Delivery, state: ZoneState): Addressed[] {
  const { order } = event;
  const to = (driver: DriverId): Address => driverAddress(delivery, driver);
  switch (event.type) {
    case "offered": {
      const { driver, expiresAt } = event;
      const { phone: _, ...dropoff } = delivery.job.dropoff;
      const errand = { ...errandOf(delivery, event), dropoff, ...windowed(etaOf(state, delivery, event.at)) };
      return [{ type: "driver.offered", to: to(driver.id), data: { ...errand, expiresAt } }];
    }
    case "offer-declined":
      return [{ type: "driver.offer-ended", to: to(event.driver.id), data: { order, reason: "declined" } }];
    case "offer-expired":
      return [{ type: "driver.offer-ended", to: to(event.driver.id), data: { order, reason: "expired" } }];
    case "offer-withdrawn":
      return [{ type: "driver.offer-ended", to: to(event.driver.id), data: { order, reason: event.reason } }];
    case "assigned":
      return [
        {
          type: "driver.assigned",
          to: to(event.driver.id),
          data: { ...errandOf(delivery, event), ...windowed(etaOf(state, delivery, event.at)) },
        },
      ];
    case "unassigned":
      return [ended(to(event.driver.id), order, "reassigned", event.reason)];
    case "arrived":
    case "picked-up":
    case "ready-changed":
      return taskChanged(delivery, etaOf(state, delivery, event.at));
    case "delivered":
      return event.driver === null ? [] : [ended(to(event.driver.id), order, "delivered", event.proof)];
    case "failed":
      if (event.driver === null) return [];
      if (event.returning === true) return [returning(delivery, to(event.driver.id), event.at)];
      return [ended(to(event.driver.id), order, "failed", event.detail)];
    case "returned":
      return [ended(to(event.driver.id), order, "returned", "")];
    case "called-off":
      if (event.driver === null) return [];
      if (event.returning === true) return [returning(delivery, to(event.driver.id), event.at)];
      return [ended(to(event.driver.id), order, "called-off", event.detail)];
    case "near":
    case "requested":
    case "pin-missed":
    case "handed-to-carrier":
    case "carrier-changed":
    case "shipped":
    case "carrier-left":
    case "move-asked":
    case "move-failed":
    case "channel-chosen":
      return [];
  }
}

/** A carrier is told what it is to take, and that it is not to bring it after all: never by its own word. */
function forCarrier(event: Recorded<DeliveryEvent>, delivery: Delivery, was: Delivery | undefined): Addressed[] {
  const { tenant } = parseAddress(delivery.job.customer);
  const { order } = event;
  const before = was === undefined ? null : carrierOf(was);
  if (event.type === "handed-to-carrier") {
    const { code, venue, pickup, dropoff } = delivery.job;
    const { readyAt } = delivery;
    const data = { order, code, venue, pickup, dropoff, readyAt, fallback: !isLastChannel(delivery) };
    return [{ type: "carrier.requested", to: addressOf("carrier", tenant, event.carrier.id), data }];
  }
  if (event.type === "move-asked" && before !== null) {
    const detail = "The venue gives it to somebody else.";
    return [{ type: "carrier.recalled", to: addressOf("carrier", tenant, before), data: { order, detail } }];
  }
  const ends = event.type === "called-off" || event.type === "failed";
  if (!ends || before === null || event.by === addressOf("carrier", tenant, before)) return [];
  return [
    { type: "carrier.called-off", to: addressOf("carrier", tenant, before), data: { order, detail: event.detail } },
  ];
}

/** Also for an offer: what the phone shows of it changes with the food. */
function taskChanged(delivery: Delivery, eta: Promised | null): Addressed[] {
  const taker = busyWith(delivery);
  const { stage, job, readyAt, ready } = delivery;
  if (taker === null || !("dropoffAt" in stage) || stage.status === "with-carrier") return [];
  const at = holderOf(delivery) === null ? "to-venue" : stageNames[stage.status];
  const data = { order: job.order, stage: at, readyAt, ready, dropoffAt: stage.dropoffAt, ...windowed(eta) };
  return [{ type: "driver.task-changed", to: driverAddress(delivery, taker.id), data }];
}

function windowed(eta: Promised | null): { readonly eta?: Window } {
  if (eta === null) return {};
  return { eta: { from: Math.round(eta.from), best: Math.round(eta.best), to: Math.round(eta.to) } };
}

const stageNames = {
  offered: "to-venue",
  assigned: "to-venue",
  "at-venue": "at-venue",
  "picked-up": "to-customer",
} as const;

function returning({ job, readyAt, ready }: Delivery, to: Address, at: number): Addressed {
  const data = { order: job.order, stage: "returning" as const, readyAt, ready, dropoffAt: at };
  return { type: "driver.task-changed", to, data };
}

function ended(
  to: Address,
  order: string,
  outcome: "delivered" | "failed" | "called-off" | "reassigned" | "returned",
  detail: string,
): Addressed {
  return { type: "driver.task-ended", to, data: { order, outcome, detail } };
}

function errandOf({ job, readyAt, ready }: Delivery, when: { pickupAt: number; dropoffAt: number }): Errand {
  const { order, code, venue, pickup, dropoff, cash } = job;
  return { order, code, venue, pickup, dropoff, cash, readyAt, ready, ...when };
}

function driverAddress({ job }: Delivery, driver: DriverId): Address {
  return addressOf("driver", parseAddress(job.customer).tenant, driver);
}
