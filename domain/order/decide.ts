import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Context } from "../../contracts/rules.ts";
import { decidePayment } from "./decide-payment.ts";
import { decideTimeout } from "./deadlines.ts";
import { decideNotice } from "./decide-notice.ts";
import type { OrderCommand, OrderEvent } from "./events.ts";
import { backFrom, hasEnded, isInKitchen, isPaidByCard, type Order } from "./order.ts";
import { decideRefund } from "./refund.ts";

type Decision = readonly OrderEvent[] | Refusal;
type Of<T extends OrderCommand["type"]> = Extract<OrderCommand, { type: T }>;

const basketLivesMs = 24 * 3_600_000;
/** How long the payment provider may take to say yes or no. */
const payWithinMs = 10 * 60_000;
const mostLines = 100;

/** Judges a command in the present state. What comes twice or too late changes nothing, or is refused in words. */
export function decide(order: Order, command: OrderCommand, context: Context): Decision {
  const judged = judge(order, command, context);
  return "refused" in judged ? judged : [...judged, ...settledAtTheDoor(order, judged)];
}

/** What no card pays for ends with the order: handed over it is collected, for anything else nobody pays. */
function settledAtTheDoor({ payment, placed }: Order, events: readonly OrderEvent[]): readonly OrderEvent[] {
  if (payment.step !== "due" || placed === null) return [];
  if (events.some(({ type }) => type === "collected" || type === "delivered")) return [{ type: "payment-captured" }];
  const isOver = events.some(({ type }) => type === "rejected" || type === "cancelled" || type === "failed");
  return isOver ? [{ type: "payment-voided" }] : [];
}

function judge(order: Order, command: OrderCommand, { now, by }: Context): Decision {
  switch (command.type) {
    case "open":
      return open(order, command, now, by);
    case "change-lines":
      return changeLines(order, command);
    case "place":
      return place(order, command, now, by);
    case "cancel":
      return cancel(order, command, now, by);
    case "refund":
      return decideRefund(order, command);
    case "payment-outcome":
      return decidePayment(order, command.outcome, now, by);
    case "note-seen":
      if (order.placed === null) return tooLate(order, "seen");
      return order.seenAt === null ? [{ type: "seen", seenAt: command.seenAt, device: command.device }] : [];
    case "accept":
      if (order.stage.status !== "sent") return tooLate(order, "accepted");
      return [{ type: "accepted", readyAt: command.readyAt }];
    case "reject":
      if (!isInKitchen(order.stage)) return tooLate(order, "rejected");
      return [{ type: "rejected", reason: command.reason, detail: command.detail, by }];
    case "promise":
      if (order.stage.status !== "accepted" && order.stage.status !== "preparing") return tooLate(order, "promised");
      return order.stage.readyAt === command.readyAt ? [] : [{ type: "promised", readyAt: command.readyAt }];
    case "start":
      return order.stage.status === "accepted" ? [{ type: "preparing" }] : tooLate(order, "started");
    case "make-ready":
      if (order.stage.status !== "accepted" && order.stage.status !== "preparing") return tooLate(order, "made ready");
      return [{ type: "ready" }];
    case "recall":
      return order.stage.status === "ready"
        ? [{ type: "recalled", readyAt: command.readyAt }]
        : tooLate(order, "recalled");
    case "hand-over":
      return handOver(order);
    case "assign-driver": {
      if (order.delivery === null || hasEnded(order.stage)) return tooLate(order, "given to a driver");
      const { driver, pickupAt, dropoffAt } = command;
      return [{ type: "driver-assigned", driver, pickupAt, dropoffAt }];
    }
    case "unassign-driver":
      if (order.delivery === null || order.delivery.driver === null || hasEnded(order.stage)) return [];
      return [{ type: "driver-unassigned", reason: command.reason }];
    case "driver-arrives":
      if (order.delivery === null || hasEnded(order.stage) || order.delivery.atVenue) return [];
      return [{ type: "driver-arrived" }];
    case "change-carrier": {
      if (order.delivery === null || hasEnded(order.stage)) return tooLate(order, "given to a carrier");
      const { carrier, pickupAt, dropoffAt } = command;
      return [{ type: "carrier-changed", carrier, pickupAt, dropoffAt }];
    }
    case "mail-outcome": {
      const { about, detail } = command;
      return [detail === null ? { type: "mail-sent", about } : { type: "mail-failed", about, detail }];
    }
    case "pick-up":
      if (order.delivery === null || hasEnded(order.stage)) return tooLate(order, "picked up");
      return order.stage.status === "out-for-delivery" ? [] : [{ type: "picked-up", dropoffAt: command.dropoffAt }];
    case "deliver":
      if (order.delivery === null || hasEnded(order.stage)) return notComingBack(order) ?? tooLate(order, "delivered");
      return [{ type: "delivered", proof: command.proof }];
    case "fail-delivery":
      if (order.delivery === null || hasEnded(order.stage)) {
        return (command.returning ? null : notComingBack(order)) ?? tooLate(order, "given up");
      }
      return [
        {
          type: "failed",
          reason: command.reason,
          detail: command.detail,
          by,
          ...(command.returning ? { returning: true } : {}),
        },
      ];
    case "return-food":
      return order.food === "returning" ? [{ type: "food-returned", confirmed: command.confirmed }] : [];
    case "driver-nears":
      return order.stage.status === "out-for-delivery" ? [{ type: "driver-near" }] : [];
    case "foresee":
      return order.delivery === null || hasEnded(order.stage)
        ? []
        : [{ type: "foreseen", foresight: command.foresight }];
    case "keep-proof":
    case "subscribe-push":
    case "unsubscribe-push":
    case "push-outcome":
      return decideNotice(order, command);
    case "erase":
      if (!hasEnded(order.stage)) return refuse("conflict", `The order is ${order.stage.status}, and not over.`);
      return order.erasedAt === undefined ? [{ type: "erased", events: command.events }] : [];
    case "time-out":
      return decideTimeout(order, command.deadline, now);
  }
}

function open(order: Order, command: Of<"open">, now: number, by: string): Decision {
  if (order.stage.status !== "nothing") return [];
  const { venue, fulfilment, lines } = command;
  const opened: OrderEvent = { type: "opened", venue, owner: by, fulfilment, expiresAt: now + basketLivesMs };
  return lines.length === 0 ? [opened] : [opened, { type: "lines-changed", lines }];
}

function changeLines(order: Order, command: Of<"change-lines">): Decision {
  if (order.stage.status !== "basket")
    return refuse("conflict", `The order is ${order.stage.status}; only a basket's lines can be changed.`);
  const lines = command.how === "add" ? [...order.lines, ...command.lines] : command.lines;
  if (lines.length > mostLines) return refuse("invalid-value", `A basket holds at most ${mostLines} lines.`);
  return [{ type: "lines-changed", lines }];
}

function place(order: Order, command: Of<"place">, now: number, by: string): Decision {
  const { stage } = order;
  if (stage.status !== "nothing" && stage.status !== "basket")
    return refuse("conflict", `The order is ${stage.status} already.`);
  if (command.reservedUntil !== null && now > command.reservedUntil) {
    return refuse("conflict", "The stock held for this order has been given back meanwhile; try again.");
  }
  const opened = open(
    order,
    { type: "open", venue: command.venue, fulfilment: command.fulfilment, lines: [] },
    now,
    by,
  );
  if ("refused" in opened) return opened;
  const events: OrderEvent[] = [
    ...opened,
    { type: "lines-changed", lines: command.lines },
    { type: "placed", order: command.order, payBy: now + payWithinMs },
  ];
  return isPaidByCard(command.order) ? events : [...events, afterPayment(command.order, now)];
}

/** Paid, or to be paid at the door: on to the kitchen, or to wait for its time. */
export function afterPayment(
  placed: { requestedFor: number | null; terms: { preparationMs: number; answerWithinMs: number } },
  now: number,
): OrderEvent {
  const { preparationMs, answerWithinMs } = placed.terms;
  const sendAt = placed.requestedFor === null ? now : placed.requestedFor - preparationMs - answerWithinMs;
  if (sendAt > now) return { type: "scheduled", sendAt };
  return {
    type: "sent",
    answerBy: now + answerWithinMs,
    suggestedReadyAt: Math.max(now + preparationMs, placed.requestedFor ?? 0),
  };
}

function cancel(order: Order, command: Of<"cancel">, now: number, by: string): Decision {
  const { stage } = order;
  if (stage.status === "cancelled") return [];
  if (stage.status === "nothing") return refuse("not-found", "No such order.");
  if (hasEnded(stage)) return refuse("conflict", `The order is ${stage.status}; there is nothing left to cancel.`);
  if (command.who === "customer") {
    const until = cancellableUntil(order);
    if (until === null || now > until) {
      return refuse("conflict", `The order is ${stage.status}; it is too late to cancel it here. Call the restaurant.`);
    }
  }
  return [{ type: "cancelled", reason: command.reason, detail: command.detail, by, ...backFrom(order) }];
}

/** Ended here while the zone ended it otherwise: what was on its way back is not. */
function notComingBack({ food }: Order): Decision | null {
  return food === "returning" ? [{ type: "food-returned", confirmed: false }] : null;
}

/** Until when the customer may cancel (epoch ms; Infinity before the kitchen has accepted), or null where it is too late. */
export function cancellableUntil(order: Order): number | null {
  const { stage, placed } = order;
  switch (stage.status) {
    case "basket":
    case "placed":
    case "scheduled":
    case "sent":
      return Infinity;
    case "accepted":
    case "preparing":
      return placed === null ? null : placed.placedAt + placed.terms.cancelWithinMs;
    case "nothing":
    case "ready":
    case "out-for-delivery":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return null;
  }
}

function handOver(order: Order): Decision {
  if (order.fulfilment === "delivery") return [];
  if (!isInKitchen(order.stage) || order.stage.status === "sent") return tooLate(order, "handed over");
  return [{ type: "collected" }];
}

function tooLate(order: Order, what: string): Refusal {
  return refuse("conflict", `The order is ${order.stage.status}; it cannot be ${what} now.`);
}
