import type { Address } from "../../contracts/address.ts";
import type { FailReason } from "../../contracts/delivery.ts";
import type { Carried, EndReason, Point, Vehicle } from "../../contracts/events.ts";
import type { CarrierId, Channel, DriverId, OrderId } from "../../contracts/ids.ts";
import type { Job, Taker } from "./delivery.ts";
import type { Settings } from "./zone.ts";

/** What a driver's phone asks of the zone. */
export type DriverCommand =
  | { readonly type: "accept"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "decline"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "arrive"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "pick-up"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "deliver"; readonly order: OrderId; readonly driver: DriverId; readonly pin: string | null }
  | {
      readonly type: "fail";
      readonly order: OrderId;
      readonly driver: DriverId;
      readonly reason: FailReason;
      readonly detail: string;
    };

/** What staff ask. */
export type DispatchCommand =
  | { readonly type: "assign"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "confirm"; readonly order: OrderId }
  | { readonly type: "give-up"; readonly order: OrderId; readonly reason: FailReason; readonly detail: string }
  | { readonly type: "configure"; readonly settings: Partial<Settings> };

/** What news from other actors comes to. */
export type NewsCommand =
  | { readonly type: "request"; readonly job: Omit<Job, "requestedAt"> }
  | { readonly type: "change-ready"; readonly order: OrderId; readonly readyAt: number; readonly ready: boolean }
  | { readonly type: "call-off"; readonly order: OrderId; readonly reason: EndReason; readonly detail: string }
  | {
      readonly type: "come-on";
      readonly driver: DriverId;
      readonly address: Address;
      readonly name: string;
      readonly vehicle: Vehicle;
      readonly point: Point | null;
    }
  | { readonly type: "go-off"; readonly driver: DriverId }
  | { readonly type: "hear-carrier"; readonly order: OrderId; readonly carrier: CarrierId; readonly news: CarrierNews }
  /** The twin's answer to whether the phone is still there; the time is when it was last heard of. */
  | { readonly type: "hear-of"; readonly driver: DriverId; readonly heardAt: number };

/** What a carrier says of a delivery. */
export type CarrierNews =
  | { readonly type: "silent"; readonly name: string; readonly since: number }
  | { readonly type: "answered"; readonly name: string }
  | {
      readonly type: "booked";
      readonly name: string;
      readonly tracking: string | null;
      readonly pickupAt: number;
      readonly dropoffAt: number;
    }
  | { readonly type: "shipped"; readonly name: string; readonly tracking: string | null; readonly dropoffAt: number }
  | { readonly type: "delivered" }
  | { readonly type: "released" | "lost"; readonly detail: string };

export type ZoneTimer =
  | { readonly name: "offer"; readonly order: OrderId }
  | { readonly name: "silence"; readonly driver: DriverId }
  /** The own drivers have had their time. */
  | { readonly name: "channel"; readonly order: OrderId }
  | { readonly name: "round" }
  | { readonly name: "tidy" };

export type ZoneCommand =
  | DriverCommand
  | DispatchCommand
  | NewsCommand
  | { readonly type: "timer"; readonly timer: ZoneTimer };

/** An event of one delivery; `no` is its number there, from 1 without a gap. */
export type DeliveryEvent = { readonly order: OrderId; readonly no: number } & (
  | { readonly type: "requested"; readonly job: Job }
  | { readonly type: "ready-changed"; readonly readyAt: number; readonly ready: boolean }
  | {
      readonly type: "offered";
      readonly driver: Taker;
      readonly expiresAt: number;
      readonly pickupAt: number;
      readonly dropoffAt: number;
    }
  | { readonly type: "offer-declined"; readonly driver: Taker; readonly until: number }
  | { readonly type: "offer-expired"; readonly driver: Taker; readonly until: number }
  | { readonly type: "offer-withdrawn"; readonly driver: Taker; readonly reason: "off-shift" | "reassigned" }
  | {
      readonly type: "assigned";
      readonly driver: Taker;
      readonly pickupAt: number;
      readonly dropoffAt: number;
    }
  | {
      readonly type: "unassigned";
      readonly driver: Taker;
      readonly reason: "silent" | "handed-back" | "off-shift" | "reassigned";
      readonly until: number;
    }
  | { readonly type: "arrived"; readonly driver: Taker }
  | { readonly type: "picked-up"; readonly driver: Taker; readonly dropoffAt: number }
  | { readonly type: "pin-missed"; readonly misses: number; readonly lockedUntil: number | null }
  /** `passed`: the channels that will not bring it, this one's forerunner with them. */
  | { readonly type: "handed-to-carrier"; readonly carrier: Carried; readonly passed: readonly Channel[] }
  | {
      readonly type: "carrier-changed" | "shipped";
      readonly carrier: Carried;
      readonly pickupAt: number | null;
      readonly dropoffAt: number | null;
    }
  /** Back to the own drivers. */
  | { readonly type: "carrier-left"; readonly passed: readonly Channel[]; readonly detail: string }
  | {
      readonly type: "delivered";
      readonly driver: Taker | null;
      readonly proof: "pin" | "photo" | "staff" | "carrier";
    }
  | { readonly type: "failed"; readonly driver: Taker | null; readonly detail: string }
  | { readonly type: "called-off"; readonly driver: Taker | null; readonly reason: EndReason; readonly detail: string }
);

export type ZoneEvent =
  | DeliveryEvent
  | {
      readonly type: "driver-on";
      readonly driver: DriverId;
      readonly address: Address;
      readonly name: string;
      readonly vehicle: Vehicle;
      readonly point: Point | null;
    }
  | { readonly type: "driver-off"; readonly driver: DriverId; readonly reason: "asked" | "idle" }
  | { readonly type: "driver-doubted"; readonly driver: DriverId }
  | { readonly type: "driver-heard-of"; readonly driver: DriverId; readonly heardAt: number }
  | { readonly type: "configured"; readonly settings: Settings }
  /** A round left what is due for somebody better; the next is not held before then. */
  | { readonly type: "round-waited"; readonly until: number }
  | { readonly type: "tidied"; readonly orders: readonly OrderId[] };

export function isOfDelivery(event: ZoneEvent): event is DeliveryEvent {
  return "order" in event;
}
