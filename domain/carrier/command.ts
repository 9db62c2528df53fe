import type { Address } from "../../contracts/address.ts";
import type { ParcelStatus } from "../../contracts/carrier.ts";
import type { OrderId } from "../../contracts/ids.ts";
import type { Call, Outcome, Quote, Request, Why } from "./booking.ts";
import type { Settings } from "./carrier.ts";

/** A booking as the carrier tells it. */
export interface Told {
  readonly id: string;
  readonly status: ParcelStatus;
  readonly tracking: string | null;
  readonly pickupAt: number;
  readonly dropoffAt: number;
}

/** How one attempt at a call ended. Only `unanswered` says nothing about what the carrier has done. */
export type Reply =
  | { readonly result: "unanswered"; readonly why: string; readonly retryAfterMs: number }
  | { readonly result: "quoted"; readonly quote: Quote }
  | { readonly result: "told"; readonly parcel: Told }
  /** `again`: the price has run out; another may be asked for. */
  | { readonly result: "refused"; readonly why: string; readonly again: boolean }
  /** Nothing is booked under the key, and nothing will be. */
  | { readonly result: "withdrawn" }
  /** It cannot be taken back any more. */
  | { readonly result: "too-late"; readonly parcel: Told };

export type CarrierCommand =
  | { readonly type: "configure"; readonly settings: Settings }
  | { readonly type: "request"; readonly request: Request; readonly zone: Address }
  | { readonly type: "call-off" | "recall"; readonly order: OrderId; readonly detail: string }
  | {
      readonly type: "hear";
      readonly order: OrderId;
      readonly call: Call;
      readonly reply: Reply;
      readonly tookMs: number;
    }
  /** A callback of the carrier: late, doubled, or before the answer to the call that led to it. */
  | { readonly type: "be-told"; readonly order: OrderId; readonly parcel: Told }
  | { readonly type: "timer"; readonly timer: CarrierTimer };

export type CarrierTimer =
  | { readonly name: "calls" }
  | { readonly name: "silence" | "patience"; readonly order: OrderId }
  | { readonly name: "tidy" };

/** What the carrier is asked: how, for which order, and under which key for ever. */
export interface Asked {
  readonly order: OrderId;
  readonly call: Call;
  readonly key: string;
}

export type CarrierEvent =
  | { readonly type: "configured"; readonly settings: Settings }
  | { readonly type: "requested"; readonly order: OrderId; readonly request: Request; readonly zone: Address }
  | ({ readonly type: "called" } & Asked)
  | { readonly type: "unanswered"; readonly order: OrderId; readonly call: Call; readonly why: string; readonly callAt: number }
  | { readonly type: "answered"; readonly order: OrderId; readonly call: Call; readonly tookMs: number; readonly callAt: number }
  | { readonly type: "fell-silent"; readonly order: OrderId; readonly since: number }
  | { readonly type: "quoted"; readonly order: OrderId; readonly quote: Quote }
  | { readonly type: "quote-ran-out"; readonly order: OrderId }
  | { readonly type: "booked" | "shipped"; readonly order: OrderId; readonly parcel: Told; readonly until: number; readonly final: boolean }
  | { readonly type: "withdrawing"; readonly order: OrderId; readonly why: Why; readonly detail: string; readonly until: number }
  | { readonly type: "ended"; readonly order: OrderId; readonly outcome: Outcome; readonly detail: string }
  | { readonly type: "tidied"; readonly orders: readonly OrderId[] }; // prettier-ignore
