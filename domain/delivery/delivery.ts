import type { Address } from "../../contracts/address.ts";
import type { FailReason } from "../../contracts/delivery.ts";
import type { Carried, FactData } from "../../contracts/events.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import type { CarrierId, Channel, DriverId } from "../../contracts/ids.ts";
import { refuse } from "../../contracts/problem.ts";
import type { ChannelChoice } from "./deal-channels.ts";
import type { Promised } from "../promise/promise.ts";
import type { Told } from "./foresee.ts";

/*
 * A delivery's life. All times are epoch milliseconds.
 *
 *            declined, expired,
 *            off shift
 *   waiting ◄──────────────────► offered ──accepted──► assigned ──► at-venue ──► picked-up ──► delivered
 *      ▲                                                  │            │             │
 *      └──────── handed back, silent, off shift ──────────┴────────────┘             └───────► failed
 *
 *   waiting ◄──released── with-carrier ──► delivered, failed; moved by hand: the next carrier
 *      └──────────handed──────────▲
 *
 *   picked-up ──cannot be handed over, called off──► returning ──► returned, or failed where nobody says so
 *
 *   Everything before delivered can be called off by the order; what has not been picked up is over with it.
 */

export interface Offered {
  readonly status: "offered";
  readonly driver: Taker;
  readonly expiresAt: number;
  readonly pickupAt: number;
  readonly dropoffAt: number;
}
/** A driver is on the way to the venue, or there. */
export interface Fetching {
  readonly status: "assigned" | "at-venue";
  readonly driver: Taker;
  readonly pickupAt: number;
  readonly dropoffAt: number;
}
export interface PickedUp {
  readonly status: "picked-up";
  readonly driver: Taker;
  readonly pickedUpAt: number;
  readonly dropoffAt: number;
}
/** A third-party carrier has it, or is being asked to take it. The times are its own estimates. */
export interface WithCarrier {
  readonly status: "with-carrier";
  readonly carrier: Carried;
  readonly pickupAt: number | null;
  readonly dropoffAt: number | null;
}
/** It could not be handed over, or was called off on its way: the order is over, and the driver has the food still. */
export interface Returning {
  readonly status: "returning";
  readonly driver: Taker;
  readonly since: number;
  readonly detail: string;
}
export interface Ended {
  readonly status: "delivered" | "failed" | "called-off" | "returned";
  /** Who had it at the end. */
  readonly driver: Taker | null;
  readonly endedAt: number;
  readonly detail: string | null;
}
export type Stage = { readonly status: "waiting" } | Offered | Fetching | PickedUp | WithCarrier | Returning | Ended;

export interface Taker {
  readonly id: DriverId;
  readonly name: string;
  readonly vehicle: Vehicle;
}

/** What came of asking a driver who does not have it, and from when that driver may be asked again. */
export interface Asked {
  readonly outcome: "declined" | "expired" | "handed-back" | "silent" | "off-shift" | "reassigned";
  readonly until: number;
}

export interface Delivery {
  readonly job: Job;
  readonly stage: Stage;
  /** The number of the zone's event that began it. */
  readonly since: number;
  /** The number of this delivery's newest event. */
  readonly no: number;
  readonly readyAt: number;
  readonly ready: boolean;
  readonly asked: Readonly<Record<DriverId, Asked>>;
  /** Channels that have had it and will not bring it; left out where none has. */
  readonly passed?: readonly Channel[];
  /** Who is to have it, by staff's word, once the carrier that has it has given it back. */
  readonly movingTo?: Channel;
  /** Why it goes where it goes; left out where the venue has one channel, or as ever. */
  readonly choice?: ChannelChoice;
  /** Staff gave it to the own drivers: they keep it. */
  readonly byHand?: true;
  /** When it was to come, as it was asked for; left out by what was asked for before that was kept. */
  readonly first?: Promised;
  /** When its customer expects it; left out by what was asked for before that was kept. */
  readonly told?: Told;
  /** The driver has been near the door since it was picked up; left out where not. */
  readonly near?: true;
  /** Until when neighbours think about it; left out where none was asked. */
  readonly wantedUntil?: number;
  readonly pin: { readonly misses: number; readonly lockedUntil: number | null };
}

/** What the order asked for; `customer` is the address of that order. */
export type Job = FactData<"delivery.requested"> & { readonly customer: Address; readonly requestedAt: number };

/** Who has the delivery: a driver who has taken it and has not handed it over. */
export function holderOf({ stage }: Delivery): Taker | null {
  switch (stage.status) {
    case "assigned":
    case "at-venue":
    case "picked-up":
      return stage.driver;
    case "waiting":
    case "offered":
    case "with-carrier":
    case "returning":
    case "returned":
    case "delivered":
    case "failed":
    case "called-off":
      return null;
  }
}

/** Who cannot be asked for anything else because of this delivery: its holder, or who is thinking about it. */
export function busyWith(delivery: Delivery): Taker | null {
  return delivery.stage.status === "offered" ? delivery.stage.driver : holderOf(delivery);
}

/** A holder who does not have the food yet, and so can be replaced. */
export function fetcherOf(delivery: Delivery): Taker | null {
  return delivery.stage.status === "picked-up" ? null : holderOf(delivery);
}

export function isOver(stage: Stage): stage is Ended {
  return ["delivered", "failed", "called-off", "returned"].includes(stage.status);
}

/** The carrier that has it, or is asked to take it. */
export function carrierOf({ stage }: Delivery): CarrierId | null {
  return stage.status === "with-carrier" ? stage.carrier.id : null;
}

/** Whether the driver is being asked, has it, or had it when it ended. */
export function takenBy({ stage }: Delivery, driver: DriverId): boolean {
  return "driver" in stage && stage.driver?.id === driver;
}

/** Whether the driver has, had or was ever asked to take it; to anybody else it does not exist. */
export function concerns(delivery: Delivery, driver: DriverId): boolean {
  return takenBy(delivery, driver) || Object.hasOwn(delivery.asked, driver);
}

/** Also the answer about one that is there but not for the one who asks. */
export const noDelivery = refuse("not-found", "No such delivery.");

export const failTexts: Readonly<Record<FailReason, string>> = {
  "nobody-there": "Nobody was there to take it.",
  "wrong-address": "The address could not be found.",
  refused: "It was not taken at the door.",
  accident: "The driver had an accident.",
  other: "It could not be delivered.",
};
