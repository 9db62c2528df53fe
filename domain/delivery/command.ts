import type { Address } from "../../contracts/address.ts";
import type { FailReason } from "../../contracts/delivery.ts";
import type { Carried, EndReason, FactData } from "../../contracts/events.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import type { Point } from "../../contracts/point.ts";
import type { CarrierId, Channel, DriverId, OrderId, ZoneId } from "../../contracts/ids.ts";
import type { ChannelChoice, Channels } from "./deal-channels.ts";
import type { Job, Taker } from "./delivery.ts";
import type { Foreseen } from "./foresee.ts";
import type { ChannelTerms, ChannelWeights } from "../channel/score.ts";
import type { Standing } from "../channel/standing.ts";
import type { Settings } from "./zone.ts";

/** What a driver's phone asks of the zone. */
export type DriverCommand =
  | { readonly type: "accept"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "decline"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "arrive"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "pick-up"; readonly order: OrderId; readonly driver: DriverId }
  | ({
      readonly type: "deliver";
      readonly order: OrderId;
      readonly driver: DriverId;
      readonly pin: string | null;
    } & Photographed)
  /** The phone is near the customer's door. */
  | { readonly type: "come-near"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "bring-back"; readonly order: OrderId; readonly driver: DriverId }
  | {
      readonly type: "fail";
      readonly order: OrderId;
      readonly driver: DriverId;
      readonly reason: FailReason;
      readonly detail: string;
      /** With the food, which the driver brings back. */
      readonly returning?: boolean;
    };

/** In place of the PIN: the SHA-256 (hex) of a photo that the front door has put by. */
interface Photographed {
  readonly photo?: string | null;
}

/** What staff ask. */
export type DispatchCommand =
  | { readonly type: "assign"; readonly order: OrderId; readonly driver: DriverId }
  | { readonly type: "confirm" | "take-back"; readonly order: OrderId }
  | { readonly type: "move"; readonly order: OrderId; readonly to: Channel }
  | { readonly type: "give-up"; readonly order: OrderId; readonly reason: FailReason; readonly detail: string }
  | { readonly type: "configure"; readonly settings: Partial<Settings> }
  | { readonly type: "weigh-channels"; readonly weights: Partial<ChannelWeights> }
  | { readonly type: "agree-channel"; readonly channel: Channel; readonly terms: Partial<ChannelTerms> };

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
      readonly until?: number;
    }
  | { readonly type: "go-off"; readonly driver: DriverId }
  | { readonly type: "hear-carrier"; readonly order: OrderId; readonly carrier: CarrierId; readonly news: CarrierNews }
  /** How the carrier's own object finds it to be doing. */
  | { readonly type: "hear-score"; readonly carrier: CarrierId; readonly score: FactData<"carrier.scored"> }
  /** The twin's answer to whether the phone is still there; the time is when it was last heard of. */
  | { readonly type: "hear-of"; readonly driver: DriverId; readonly heardAt: number };

/** What another zone says, or is found to say when it is asked. */
export type NeighbourCommand = { readonly zone: Address } & (
  | ({ readonly type: "lend" } & FactData<"zone.driver-wanted">)
  | ({ readonly type: "borrow"; readonly address: Address } & FactData<"zone.driver-lent">)
  | { readonly type: "give-back" | "take-home"; readonly driver: DriverId; readonly loan: number }
  | { readonly type: "hear-of-loan"; readonly driver: DriverId; readonly loan: number; readonly held: boolean }
);

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
  /** `kept`: it was asked for it back, and cannot give it. */
  | { readonly type: "released" | "lost" | "kept"; readonly detail: string };

export type ZoneTimer =
  | { readonly name: "offer"; readonly order: OrderId }
  | { readonly name: "silence"; readonly driver: DriverId }
  /** Nobody has said that the food is back. */
  | { readonly name: "return"; readonly order: OrderId }
  /** The own drivers have had their time. */
  | { readonly name: "channel"; readonly order: OrderId }
  /** Nothing was heard of a driver who helps out elsewhere. */
  | { readonly name: "loan"; readonly driver: DriverId }
  | { readonly name: "round" }
  | { readonly name: "help" }
  /** Somebody reads a time that has passed. */
  | { readonly name: "foresee" }
  | { readonly name: "tidy" };

export type ZoneCommand =
  | DriverCommand
  | DispatchCommand
  | NewsCommand
  | NeighbourCommand
  /** Phones were heard of: when it comes may have changed. */
  | { readonly type: "foresee" }
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
  | {
      readonly type: "handed-to-carrier";
      readonly carrier: Carried;
      readonly passed: readonly Channel[];
      readonly choice?: ChannelChoice;
    }
  /** The own drivers are to bring it, or nobody can: with a reason. */
  | { readonly type: "channel-chosen"; readonly choice: ChannelChoice }
  | {
      readonly type: "carrier-changed" | "shipped";
      readonly carrier: Carried;
      readonly pickupAt: number | null;
      readonly dropoffAt: number | null;
    }
  /** Back to the own drivers; `byHand`: staff wanted it so. */
  | {
      readonly type: "carrier-left";
      readonly passed: readonly Channel[];
      readonly detail: string;
      readonly byHand?: true;
    }
  /** Staff want another channel to have it; the carrier that has it is asked to give it back. */
  | { readonly type: "move-asked"; readonly to: Channel }
  | { readonly type: "move-failed"; readonly detail: string }
  | {
      readonly type: "delivered";
      readonly driver: Taker | null;
      readonly proof: "pin" | "photo" | "staff" | "carrier";
    }
  /** `returning`: the driver brings the food back. */
  | { readonly type: "failed"; readonly driver: Taker | null; readonly detail: string; readonly returning?: true }
  /** `confirmed`: somebody has said so, and not only time has passed. */
  | { readonly type: "returned"; readonly driver: Taker; readonly confirmed: boolean }
  | { readonly type: "near"; readonly driver: Taker }
  /** `returning`: the driver has the food already, and brings it back. */
  | {
      readonly type: "called-off";
      readonly driver: Taker | null;
      readonly reason: EndReason;
      readonly detail: string;
      readonly returning?: true;
    }
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
      readonly until?: number;
    }
  /** A driver with nothing to do had better wait there; nothing follows from it. */
  | { readonly type: "move-suggested"; readonly driver: DriverId; readonly to: FactData<"driver.move-suggested"> }
  | { readonly type: "driver-off"; readonly driver: DriverId; readonly reason: "asked" | "idle" }
  | { readonly type: "driver-doubted"; readonly driver: DriverId }
  | { readonly type: "driver-heard-of"; readonly driver: DriverId; readonly heardAt: number }
  | { readonly type: "configured"; readonly settings: Settings }
  | { readonly type: "channels-agreed"; readonly weights?: ChannelWeights; readonly terms: Channels["terms"] }
  | {
      readonly type: "channel-scored";
      readonly channel: Channel;
      readonly breaker: NonNullable<Standing["breaker"]>;
      readonly calls: Standing["calls"] | null;
      readonly cost: number | null;
    }
  /** When these come has changed by more than a little: their orders are told. */
  | { readonly type: "foreseen"; readonly orders: readonly Foreseen[] }
  /** A round left what is due for somebody better; the next is not held before then. */
  | { readonly type: "round-waited"; readonly until: number }
  /** Nobody here can bring `delivery` in good time: these zones are asked for a driver. */
  | {
      readonly type: "help-wanted";
      readonly delivery: OrderId;
      readonly of: readonly ZoneId[];
      readonly until: number;
    }
  /** Nobody is needed as yet; it is not weighed again before then. */
  | { readonly type: "help-weighed"; readonly until: number }
  /** From now on only `to` may ask the driver for anything, until it is done with. */
  | {
      readonly type: "driver-lent";
      readonly driver: DriverId;
      readonly to: Address;
      readonly delivery: OrderId;
      readonly loan: number;
      readonly takeBy: number;
    }
  | { readonly type: "loan-recalled"; readonly driver: DriverId; readonly loan: number }
  | { readonly type: "loan-questioned"; readonly driver: DriverId; readonly loan: number }
  | {
      readonly type: "loan-ended";
      readonly driver: DriverId;
      readonly loan: number;
      readonly reason: "returned" | "never-taken";
    }
  | {
      readonly type: "driver-borrowed";
      readonly driver: DriverId;
      readonly from: Address;
      readonly loan: number;
      readonly address: Address;
      readonly name: string;
      readonly vehicle: Vehicle;
      readonly point: Point | null;
      readonly ends?: number;
    }
  /** Also of one who was not taken on. */
  | { readonly type: "driver-returned"; readonly driver: DriverId; readonly to: Address; readonly loan: number }
  | { readonly type: "tidied"; readonly orders: readonly OrderId[] };

export function isOfDelivery(event: ZoneEvent): event is DeliveryEvent {
  return "order" in event;
}
