import type { Basket, Fulfilment } from "../../contracts/basket.ts";
import type { Foresight } from "../../contracts/eta.ts";
import type { Carried, EndReason, Proof } from "../../contracts/events.ts";
import type { PushEnd } from "../../contracts/push.ts";
import type { RefundReason } from "../../contracts/order.ts";
import type { Driver, End, Placed } from "./order.ts";
import type { RefundedLine, RefundWish } from "./refund.ts";

/** What can happen to an order. Names are past; the log holds nothing that was refused. */
export type OrderEvent =
  | {
      readonly type: "opened";
      readonly venue: string;
      readonly owner: string;
      readonly fulfilment: Fulfilment;
      readonly expiresAt: number;
    }
  | { readonly type: "lines-changed"; readonly lines: Basket }
  | { readonly type: "placed"; readonly order: Omit<Placed, "placedAt">; readonly payBy: number }
  | { readonly type: "payment-authorised"; readonly id: string }
  | { readonly type: "payment-declined"; readonly reason: string }
  | { readonly type: "payment-captured" | "payment-voided" | "payment-refunded" }
  | { readonly type: "payment-capture-refused"; readonly reason: string }
  | {
      readonly type: "refund-asked";
      readonly number: number;
      readonly amount: number;
      readonly lines: readonly RefundedLine[];
      readonly reason: RefundReason;
      readonly detail: string;
    }
  | { readonly type: "refund-done"; readonly number: number }
  | { readonly type: "refund-refused"; readonly number: number; readonly detail: string }
  | { readonly type: "payment-stuck"; readonly doing: "capture" | "void" | "refund"; readonly detail: string }
  | { readonly type: "scheduled"; readonly sendAt: number }
  | { readonly type: "sent"; readonly answerBy: number; readonly suggestedReadyAt: number }
  | { readonly type: "seen"; readonly seenAt: number; readonly device: string }
  | { readonly type: "accepted"; readonly readyAt: number }
  | { readonly type: "promised"; readonly readyAt: number }
  | { readonly type: "preparing" }
  | { readonly type: "ready" }
  | { readonly type: "recalled"; readonly readyAt: number }
  | { readonly type: "driver-assigned"; readonly driver: Driver; readonly pickupAt: number; readonly dropoffAt: number }
  | { readonly type: "driver-unassigned"; readonly reason: string }
  | { readonly type: "driver-arrived" }
  | {
      readonly type: "carrier-changed";
      readonly carrier: Carried | null;
      readonly pickupAt: number | null;
      readonly dropoffAt: number | null;
    }
  | { readonly type: "mail-sent"; readonly about: MailAbout }
  | { readonly type: "mail-failed"; readonly about: MailAbout; readonly detail: string }
  | { readonly type: "picked-up"; readonly dropoffAt: number }
  | { readonly type: "collected" }
  /** `proof`: by what it was shown; left out by what was written before that was told. */
  | { readonly type: "delivered"; readonly proof?: Proof }
  /** `returning`: the driver has the food, and brings it back to the venue. */
  | ({ readonly type: "rejected" | "cancelled" | "failed"; readonly returning?: true } & End)
  /** `confirmed`: somebody has said so, and not only time has passed. */
  | { readonly type: "food-returned"; readonly confirmed: boolean }
  | { readonly type: "driver-near" }
  /** What the zone knows of when it comes has changed by more than a little. */
  | { readonly type: "foreseen"; readonly foresight: Foresight }
  /** A photo that shows the hand-over, kept beside the log: its SHA-256 (hex) and its size. */
  | { readonly type: "proof-kept"; readonly digest: string; readonly bytes: number }
  | { readonly type: "push-subscribed"; readonly subscription: string; readonly language: string | null }
  | { readonly type: "push-unsubscribed"; readonly subscription: string }
  | ({ readonly type: "push-sent" } & PushOf)
  | ({ readonly type: "push-failed"; readonly gone: boolean; readonly detail: string } & PushOf)
  | { readonly type: "attention-needed"; readonly what: string }
  /** What was personal is erased: of which events, and the SHA-256 (hex) of the text each has since. */
  | { readonly type: "erased"; readonly events: readonly ErasedText[] };

/** What can be asked of an order, by people, by other actors' facts, by time and by the payment provider. */
export type OrderCommand =
  | { readonly type: "open"; readonly venue: string; readonly fulfilment: Fulfilment; readonly lines: Basket }
  | { readonly type: "change-lines"; readonly lines: Basket; readonly how: "add" | "replace" }
  | {
      readonly type: "place";
      readonly venue: string;
      readonly fulfilment: Fulfilment;
      readonly lines: Basket;
      readonly order: Omit<Placed, "placedAt">;
      /** The venue holds the stock until then; later than that nothing may be placed on it. */
      readonly reservedUntil: number | null;
    }
  | { readonly type: "cancel"; readonly who: "customer" | "staff"; readonly reason: EndReason; readonly detail: string }
  | ({ readonly type: "refund" } & RefundWish)
  | { readonly type: "payment-outcome"; readonly outcome: PaymentOutcome }
  | { readonly type: "note-seen"; readonly seenAt: number; readonly device: string }
  | { readonly type: "accept"; readonly readyAt: number }
  | { readonly type: "reject"; readonly reason: EndReason; readonly detail: string }
  | { readonly type: "promise"; readonly readyAt: number }
  | { readonly type: "start" }
  | { readonly type: "make-ready" }
  | { readonly type: "recall"; readonly readyAt: number }
  | { readonly type: "hand-over" }
  | { readonly type: "assign-driver"; readonly driver: Driver; readonly pickupAt: number; readonly dropoffAt: number }
  | { readonly type: "unassign-driver"; readonly reason: string }
  | { readonly type: "driver-arrives" }
  | {
      readonly type: "change-carrier";
      readonly carrier: Carried | null;
      readonly pickupAt: number | null;
      readonly dropoffAt: number | null;
    }
  /** How a mail ended for good; `detail` says why it was not sent, and is null where it was. */
  | { readonly type: "mail-outcome"; readonly about: MailAbout; readonly detail: string | null }
  | { readonly type: "pick-up"; readonly dropoffAt: number }
  | { readonly type: "deliver"; readonly proof: Proof }
  | {
      readonly type: "fail-delivery";
      readonly reason: EndReason;
      readonly detail: string;
      readonly returning: boolean;
    }
  | { readonly type: "return-food"; readonly confirmed: boolean }
  | { readonly type: "driver-nears" }
  | { readonly type: "foresee"; readonly foresight: Foresight }
  | { readonly type: "keep-proof"; readonly digest: string; readonly bytes: number }
  | { readonly type: "subscribe-push"; readonly subscription: string; readonly language: string | null }
  | { readonly type: "unsubscribe-push"; readonly subscription: string }
  | ({ readonly type: "push-outcome"; readonly end: PushEnd } & PushOf)
  | { readonly type: "time-out"; readonly deadline: string }
  | { readonly type: "erase"; readonly events: readonly ErasedText[] };

export interface ErasedText {
  readonly seq: number;
  readonly digest: string;
}

/** What a customer is told of while not looking: `over` is the food's good end, `ended` the order's bad one, `paid-back` a refund. */
export type NoticeAbout = (typeof noticesAbout)[number];
export const noticesAbout = [
  "accepted",
  "promised",
  "ready",
  "under-way",
  "near",
  "over",
  "ended",
  "paid-back",
] as const;

/** What a customer is written about. */
export type MailAbout = Extract<NoticeAbout, "accepted" | "ready" | "under-way" | "ended" | "paid-back"> | "shipped";

/** A push to one browser, about the event of that number. */
interface PushOf {
  readonly about: NoticeAbout;
  readonly of: number;
  readonly subscription: string;
}

/** How a step at the payment provider ended for good. */
export type PaymentOutcome =
  | { readonly step: "authorise"; readonly result: "authorised"; readonly id: string }
  | { readonly step: "authorise"; readonly result: "declined"; readonly reason: string }
  | { readonly step: "capture" | "void" | "refund"; readonly result: "done" }
  | { readonly step: "capture" | "void" | "refund"; readonly result: "refused"; readonly reason: string }
  /** Of the refund of this number. */
  | { readonly step: "refund-part"; readonly number: number; readonly result: "done" }
  | { readonly step: "refund-part"; readonly number: number; readonly result: "refused"; readonly reason: string };
