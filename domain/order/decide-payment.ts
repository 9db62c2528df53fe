import { refuse, type Refusal } from "../../contracts/problem.ts";
import { afterPayment } from "./decide.ts";
import type { OrderEvent, PaymentOutcome } from "./events.ts";
import { hasEnded, isOwed, type Order } from "./order.ts";

/** What follows from how a payment step ended. An outcome that is recorded already changes nothing. */
export function decidePayment(
  order: Order,
  outcome: PaymentOutcome,
  now: number,
  by: string,
): readonly OrderEvent[] | Refusal {
  const { payment, placed } = order;
  if (placed === null) return refuse("conflict", "The order was never placed.");
  switch (outcome.step) {
    case "authorise": {
      if (payment.step !== "authorising") return [];
      if (outcome.result === "declined") {
        const declined: OrderEvent = { type: "payment-declined", reason: outcome.reason };
        if (hasEnded(order.stage)) return [declined];
        return [
          declined,
          { type: "cancelled", reason: "payment-declined", detail: "The card was declined. Nothing was charged.", by },
        ];
      }
      const authorised: OrderEvent = { type: "payment-authorised", id: outcome.id };
      // Cancelled while the provider was thinking: the money is let go again.
      return hasEnded(order.stage) ? [authorised] : [authorised, afterPayment(placed, now)];
    }
    case "capture": {
      if (payment.step !== "capturing") return [];
      if (outcome.result === "done") return [{ type: "payment-captured" }];
      // The customer has the food, or it went cold for them: it is still owed, and somebody must see to it.
      if (isOwed(order.stage)) return [{ type: "payment-stuck", doing: "capture", detail: outcome.reason }];
      const refused: OrderEvent = { type: "payment-capture-refused", reason: outcome.reason };
      if (hasEnded(order.stage)) return [refused];
      return [
        refused,
        {
          type: "cancelled",
          reason: "payment-failed",
          detail: "The payment could not be collected. Nothing was charged.",
          by,
        },
      ];
    }
    case "void":
      if (payment.step !== "voiding") return [];
      return outcome.result === "done"
        ? [{ type: "payment-voided" }]
        : [{ type: "payment-stuck", doing: "void", detail: outcome.reason }];
    case "refund-part": {
      const { number } = outcome;
      if (order.refunds?.find((one) => one.number === number)?.state !== "asked") return [];
      if (outcome.result === "done") return [{ type: "refund-done", number }];
      return [{ type: "refund-refused", number, detail: outcome.reason }];
    }
    case "refund":
      if (payment.step !== "refunding") return [];
      return outcome.result === "done"
        ? [{ type: "payment-refunded" }]
        : [{ type: "payment-stuck", doing: "refund", detail: outcome.reason }];
  }
}
