import type { EventView, OrderStatus, OrderView, StatusView } from "../../contracts/order.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { reachesVenue, type Principal } from "../../contracts/principal.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { cancellableUntil } from "./decide.ts";
import type { OrderEvent } from "./events.ts";
import { hasEnded, type Order } from "./order.ts";

/** Whether this order exists for the one who asks; for everybody else it is as if it did not. */
export function maySee(order: Order, viewer: Pick<Principal, "role" | "subject" | "venues">): boolean {
  if (order.stage.status === "nothing") return false;
  switch (viewer.role) {
    case "customer":
    case "service":
      return order.owner === viewer.subject;
    case "staff":
    case "admin":
      if (order.placed === null && order.owner !== viewer.subject) return false;
      return reachesVenue({ ...viewer, tenant: "", expiresAt: 0 }, order.venue);
    case "driver":
      return false;
  }
}

/** The order as the viewer may see it. `pin` is for the customer alone, who tells it to the driver. */
export function viewOf(
  order: Order,
  self: { tenant: string; id: string; seq: number },
  role: Principal["role"],
): OrderView {
  const { placed, stage, delivery } = order;
  const until = cancellableUntil(order);
  return {
    ...self,
    venue: order.venue,
    code: placed?.code ?? "",
    status: statusOf(order),
    fulfilment: order.fulfilment,
    lines: order.lines,
    bill: placed?.bill ?? null,
    customer: placed?.customer ?? null,
    address: placed?.address ?? null,
    note: placed?.note ?? null,
    payment:
      placed === null ? null : { method: placed.payment.method, status: order.payment.step, amount: placed.bill.total },
    requestedFor: instant(placed?.requestedFor),
    placedAt: instant(placed?.placedAt),
    seenAt: instant(order.seenAt),
    readyAt: "readyAt" in stage ? instant(stage.readyAt) : null,
    delivery:
      placed === null || order.fulfilment !== "delivery"
        ? null
        : {
            driver: delivery?.driver ?? null,
            atVenue: delivery?.atVenue ?? false,
            pickedUp: delivery?.pickedUp ?? false,
            pickupAt: instant(delivery?.pickupAt),
            dropoffAt: instant(delivery?.dropoffAt),
            pin: (role === "customer" || role === "service") && !hasEnded(stage) ? placed.pin : null,
          },
    cancellableUntil: until === null ? null : instant(until === Infinity ? cancelDeadline(order) : until),
    end: "end" in stage ? { ...stage.end, by: publicName(stage.end.by) } : null,
    attention: [...order.attention],
    timeline: order.timeline.map(({ seq, type, at }) => ({ seq, type, at: rfc3339(at) })),
  };
}

export function statusViewOf(order: Order, id: string, seq: number): StatusView {
  return {
    id,
    status: statusOf(order),
    seq,
    readyAt: "readyAt" in order.stage ? instant(order.stage.readyAt) : null,
    dropoffAt: instant(order.delivery?.dropoffAt),
    updatedAt: rfc3339(order.updatedAt),
  };
}

/**
 * An event's line for its log; `by` says what kind of actor it was, never who. A tablet lies about where drivers come
 * and go, so that staff are shown neither the PIN nor the card's token; they alone cannot check the hash of that event.
 */
export function eventViewOf(
  event: Recorded<OrderEvent>,
  hash: string,
  body: string,
  role: Principal["role"],
): EventView {
  const { seq, type, at, by } = event;
  return {
    seq,
    type,
    at: rfc3339(at),
    by: publicName(by),
    hash,
    body: role === "staff" ? withoutSecrets(event, body) : body,
  };
}

function withoutSecrets(event: Recorded<OrderEvent>, body: string): string {
  if (event.type !== "placed") return body;
  const { payment } = event.order;
  const shown = payment.method === "card" ? { ...payment, token: "" } : payment;
  return JSON.stringify({ ...event, order: { ...event.order, pin: "", payment: shown } });
}

function statusOf(order: Order): OrderStatus {
  // Nobody sees an order that is nothing yet.
  return order.stage.status === "nothing" ? "basket" : order.stage.status;
}

function cancelDeadline(order: Order): number {
  const { stage } = order;
  switch (stage.status) {
    case "basket":
      return stage.expiresAt;
    case "scheduled":
      return stage.sendAt;
    case "sent":
      return stage.answerBy;
    case "placed":
      return stage.payBy;
    case "nothing":
    case "accepted":
    case "preparing":
    case "ready":
    case "out-for-delivery":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return order.updatedAt;
  }
}

function publicName(by: string): string {
  const [kind = ""] = by.split("/");
  if (["board", "zone", "timer"].includes(kind)) return kind;
  return ["authorise", "capture", "void", "refund"].includes(by) ? "payment" : "person";
}

function instant(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : rfc3339(at);
}
