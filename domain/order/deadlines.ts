import { afterPayment } from "./decide.ts";
import type { OrderEvent } from "./events.ts";
import { backFrom, hasEnded, type Order } from "./order.ts";

const minute = 60_000;
const hour = 60 * minute;

/** How late food, a driver or a delivery may be before whoever must know is told. */
const lateAfterMs = 30 * minute;
/** How long anything may stand still before the order is ended and paid back. */
const givenUpAfterMs = 12 * hour;
/**
 * A carrier is tried for days and followed for weeks, and its own actor ends all that: this is for the case that it
 * does not, and longer than all its patience together.
 */
const carrierGivenUpAfterMs = 120 * 24 * hour;

/** Every wait of an order has its deadline: name → due (epoch ms). */
export function deadlines(order: Order): Record<string, number> {
  const { stage } = order;
  switch (stage.status) {
    case "basket":
      return { "basket-expires": stage.expiresAt };
    case "placed":
      return { "payment-unanswered": stage.payBy };
    case "scheduled":
      return { "time-to-send": stage.sendAt };
    case "sent":
      return { "kitchen-silent": stage.answerBy };
    case "accepted":
    case "preparing":
      return waits(order, "food-late", stage.readyAt);
    case "ready":
      return waits(order, lateWhenReady(order), stage.readyAt);
    case "out-for-delivery":
      return waits(order, "delivery-late", order.delivery?.dropoffAt ?? stage.since);
    case "nothing":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return {};
  }
}

function lateWhenReady({ fulfilment, delivery }: Order): string {
  if (fulfilment !== "delivery") return "not-collected";
  return delivery?.carrier === undefined ? "driver-late" : "carrier-late";
}

function waits(order: Order, what: string, expected: number): Record<string, number> {
  const patience = order.delivery?.carrier === undefined ? givenUpAfterMs : carrierGivenUpAfterMs;
  const last = { "given-up": expected + patience };
  return order.attention.includes(what) ? last : { [what]: expected + lateAfterMs, ...last };
}

/** What happens when a deadline passes: always something, so that no order hangs. */
export function decideTimeout(order: Order, deadline: string, now: number): readonly OrderEvent[] {
  if (hasEnded(order.stage) || order.placed === null) {
    return order.stage.status === "basket"
      ? [{ type: "cancelled", reason: "abandoned", detail: "The basket was left.", by: "timer" }]
      : [];
  }
  switch (deadline) {
    case "payment-unanswered":
      return [
        {
          type: "cancelled",
          reason: "payment-unavailable",
          detail: "The payment could not be completed. Nothing is charged.",
          by: "timer",
        },
      ];
    case "time-to-send":
      return [afterPayment({ ...order.placed, requestedFor: null }, now)].map((event) =>
        event.type === "sent"
          ? { ...event, suggestedReadyAt: Math.max(event.suggestedReadyAt, order.placed?.requestedFor ?? 0) }
          : event,
      );
    case "kitchen-silent":
      return [
        {
          type: "cancelled",
          reason: "no-answer",
          detail: "The restaurant did not answer in time. You are not charged.",
          by: "timer",
        },
      ];
    case "given-up":
      return givenUp(order);
    default:
      return [{ type: "attention-needed", what: deadline }];
  }
}

function givenUp(order: Order): readonly OrderEvent[] {
  if (order.stage.status === "ready" && order.fulfilment !== "delivery") {
    return [{ type: "failed", reason: "not-collected", detail: "The food was not fetched.", by: "timer" }];
  }
  if (order.stage.status === "ready") {
    return [{ type: "failed", reason: "no-driver", detail: "No driver was found. You are paid back.", by: "timer" }];
  }
  const reason = order.stage.status === "out-for-delivery" ? "delivery-failed" : "abandoned";
  const detail = "The order was never completed. You are paid back.";
  return [{ type: "failed", reason, detail, by: "timer", ...backFrom(order) }];
}
