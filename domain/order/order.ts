import type { Basket, Bill, Fulfilment } from "../../contracts/basket.ts";
import type { Foresight } from "../../contracts/eta.ts";
import type { Carried, EndReason, Proof } from "../../contracts/events.ts";
import type { Place } from "../../contracts/errand.ts";
import type { Customer, DeliveryAddress, PaymentMethod } from "../../contracts/order.ts";
import type { Refund } from "./refund.ts";

/**
 * An order's life:
 *
 *   basket → placed → (scheduled) → sent → accepted → preparing → ready → collected
 *                                                              └→ out-for-delivery → delivered
 *
 * rejected, cancelled and failed end it earlier. Times are epoch milliseconds.
 */
export type Stage =
  | { readonly status: "nothing" }
  | { readonly status: "basket"; readonly expiresAt: number }
  | { readonly status: "placed"; readonly payBy: number }
  | { readonly status: "scheduled"; readonly sendAt: number }
  | { readonly status: "sent"; readonly answerBy: number }
  | { readonly status: "accepted" | "preparing"; readonly readyAt: number }
  | { readonly status: "ready"; readonly readyAt: number }
  | { readonly status: "out-for-delivery"; readonly readyAt: number; readonly since: number }
  | { readonly status: "collected" | "delivered" }
  | { readonly status: "rejected" | "cancelled" | "failed"; readonly end: End };

export interface End {
  readonly reason: EndReason;
  /** For the customer, in words. */
  readonly detail: string;
  readonly by: string;
}

/**
 * What has become of the money. Every step has one key for ever, so that no step is taken twice. What is `due` is paid
 * at the door, where the `id` of the provider's payment stays empty: captured is what was collected in cash.
 */
export type Payment =
  | { readonly step: "due" }
  | { readonly step: "authorising" }
  | { readonly step: "declined"; readonly reason: string }
  | {
      readonly step: "authorised" | "capturing" | "captured" | "voiding" | "voided" | "refunding" | "refunded";
      readonly id: string;
    }
  | {
      readonly step: "attention";
      readonly id: string;
      readonly doing: "capture" | "void" | "refund";
      readonly detail: string;
    };

/** What the customer has decided at the checkout, and the venue's terms at that moment. */
export interface Placed {
  readonly code: string;
  readonly bill: Bill;
  readonly customer: Customer;
  readonly address: DeliveryAddress | null;
  readonly payment: PaymentMethod;
  readonly note: string | null;
  readonly table?: string;
  /** What it takes of the capacity of whoever brings it; left out: as much as any. */
  readonly load?: number;
  readonly requestedFor: number | null;
  readonly placedAt: number;
  /** Counted stock the venue holds for this order. */
  readonly demand: readonly { readonly key: string; readonly quantity: number }[];
  readonly terms: Terms;
  readonly pin: string;
  /** In which language the customer is told of it; left out: in English. */
  readonly language?: string;
  /** Chance that goes with the rest into the log's hash, so that once it is erased nobody finds the rest by trying. */
  readonly salt?: string;
}

/** Whether the payment provider is to take money: not for cash, nor where nothing is to be paid. */
export function isPaidByCard({ payment, bill }: Pick<Placed, "payment" | "bill">): boolean {
  return payment.method === "card" && bill.total > 0;
}

/** The venue's rules as they were when the order was placed; a later change does not touch a placed order. */
export interface Terms {
  readonly venue: Place;
  /** IANA; left out by what was placed before it was kept. */
  readonly timeZone?: string;
  readonly zone: string;
  readonly preparationMs: number;
  readonly answerWithinMs: number;
  readonly cancelWithinMs: number;
  /** When the alarm rises for a ticket that no tablet has shown; left out where the venue says nothing of it. */
  readonly escalateAfterMs?: readonly number[];
  /** By which channels it may be brought, the first first; left out where the own drivers bring everything. */
  readonly channels?: readonly string[];
  /** The endpoints that are told of its life; missing where there are none. */
  readonly endpoints?: readonly string[];
}

export interface Driver {
  readonly id: string;
  readonly name: string;
}

/** Browsers that are told of the order, and of which event how many have not answered yet while none has taken it. */
export interface PushState {
  readonly subscriptions: Readonly<Record<string, { readonly language: string | null }>>;
  /** By the number of the event. */
  readonly pending: Readonly<Record<string, number>>;
}

export const pushless: PushState = { subscriptions: {}, pending: {} };

/** What the delivery service has told. */
export interface Delivery {
  readonly driver: Driver | null;
  readonly atVenue: boolean;
  readonly pickedUp: boolean;
  readonly pickupAt: number | null;
  readonly dropoffAt: number | null;
  /** The third-party carrier that has it or is asked to take it; left out where none is. */
  readonly carrier?: Carried;
}

export interface Order {
  readonly stage: Stage;
  readonly venue: string;
  readonly owner: string;
  readonly fulfilment: Fulfilment;
  readonly lines: Basket;
  readonly placed: Placed | null;
  readonly payment: Payment;
  readonly seenAt: number | null;
  readonly delivery: Delivery | null;
  /** What was promised last, before it was ready (epoch ms); missing where the kitchen has not promised. */
  readonly promisedAt?: number;
  /** What was paid back while the order stood; missing where nothing was. */
  readonly refunds?: readonly Refund[];
  /** What the zone knows of when it comes; missing where it has not said. */
  readonly foresight?: Foresight;
  readonly attention: readonly string[];
  readonly updatedAt: number;
  /** Missing where no browser is told. */
  readonly push?: PushState;
  /** The photo of the hand-over; missing where there is none. */
  readonly photo?: { readonly digest: string; readonly bytes: number };
  /** By what the hand-over was shown; missing where it was not yet. */
  readonly provedBy?: Proof;
  /** Where food is that could not be handed over, or was cancelled on its way; missing where nothing comes back. */
  readonly food?: "returning" | "returned" | "unaccounted";
  /** When what is personal was erased; missing where it was not. */
  readonly erasedAt?: number;
  readonly timeline: readonly { readonly seq: number; readonly type: string; readonly at: number }[];
}

export const nothing: Order = {
  stage: { status: "nothing" },
  venue: "",
  owner: "",
  fulfilment: "pickup",
  lines: [],
  placed: null,
  payment: { step: "due" },
  seenAt: null,
  delivery: null,
  attention: [],
  updatedAt: 0,
  timeline: [],
};

export type EndedStage = Extract<Stage, { status: "collected" | "delivered" | "rejected" | "cancelled" | "failed" }>;

/** Whether the order has come to its end, good or bad. */
export function hasEnded(stage: Stage): stage is EndedStage {
  return ["collected", "delivered", "rejected", "cancelled", "failed"].includes(stage.status);
}

/** Whether the order has ended so that its price is owed: food that was made and never fetched is paid for. */
export function isOwed(stage: Stage): boolean {
  if (stage.status === "collected" || stage.status === "delivered") return true;
  return "end" in stage && stage.end.reason === "not-collected";
}

/** Of an order that ends now: a driver of our own who has the food brings it back. */
export function backFrom({ stage, delivery }: Order): { readonly returning?: true } {
  const isInBag = stage.status === "out-for-delivery" && (delivery?.driver ?? null) !== null;
  return isInBag && delivery?.carrier === undefined ? { returning: true } : {};
}

/** Whether the order has ended without food: what was taken is paid back, what is held is let go. */
export function isUnhappy(stage: Stage): boolean {
  return hasEnded(stage) && !isOwed(stage);
}

/** Whether the kitchen has the order in hand: a ticket is out, and not yet over. */
export function isInKitchen(stage: Stage): boolean {
  return ["sent", "accepted", "preparing", "ready"].includes(stage.status);
}
