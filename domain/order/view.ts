import type { Eta } from "../../contracts/eta.ts";
import type { Carried } from "../../contracts/events.ts";
import type { EventView, OrderStatus, OrderView, RefundView, StatusView } from "../../contracts/order.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { reachesVenue, type Principal } from "../../contracts/principal.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { cancellableUntil } from "./decide.ts";
import { etaOf } from "./eta.ts";
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
    // By the order's id, which the order itself does not know.
    case "watcher":
      return false;
  }
}

/** The order as the viewer may see it at `now`. `pin` is for the customer alone, who tells it to the driver. */
export function viewOf(
  order: Order,
  self: { tenant: string; id: string; seq: number },
  role: Principal["role"],
  now: number,
): OrderView {
  const { placed, stage, delivery } = order;
  const until = cancellableUntil(order);
  // A link is handed on: it tells how the food comes, and neither whose it is nor where to.
  const isLink = role === "watcher";
  return {
    ...self,
    venue: order.venue,
    code: placed?.code ?? "",
    status: statusOf(order),
    fulfilment: order.fulfilment,
    lines: order.lines,
    bill: placed?.bill ?? null,
    // As it was before the erasure an order is folded of events that were erased since.
    customer: isLink || placed === null || placed.customer.name === "" ? null : placed.customer,
    address: isLink ? null : (placed?.address ?? null),
    note: isLink ? null : (placed?.note ?? null),
    ...(placed?.table === undefined ? {} : { table: placed.table }),
    payment:
      placed === null
        ? null
        : {
            method: placed.payment.method,
            status: order.payment.step,
            amount: placed.bill.total,
            ...refundViews(order, role),
          },
    requestedFor: instant(placed?.requestedFor),
    placedAt: instant(placed?.placedAt),
    seenAt: instant(order.seenAt),
    readyAt: "readyAt" in stage ? instant(stage.readyAt) : null,
    eta: etaView(order, now),
    delivery:
      placed === null || order.fulfilment !== "delivery"
        ? null
        : {
            driver: delivery?.driver ? { ...delivery.driver, ...(isBuyer(role) ? { id: anyDriver } : {}) } : null,
            atVenue: delivery?.atVenue ?? false,
            pickedUp: delivery?.pickedUp ?? false,
            pickupAt: instant(delivery?.pickupAt),
            dropoffAt: instant(delivery?.dropoffAt),
            ...(delivery?.carrier === undefined ? {} : { carrier: carrierView(delivery.carrier) }),
            ...(order.provedBy === undefined ? {} : { proof: order.provedBy }),
            ...(order.food === undefined ? {} : { food: order.food }),
            pin: isBuyer(role) && !hasEnded(stage) ? placed.pin : null,
          },
    cancellableUntil: until === null || isLink ? null : instant(until === Infinity ? cancelDeadline(order) : until),
    end: "end" in stage ? { ...stage.end, by: publicName(stage.end.by) } : null,
    attention: [...order.attention],
    timeline: order.timeline.map(({ seq, type, at }) => ({ seq, type, at: rfc3339(at) })),
  };
}

export function statusViewOf(order: Order, id: string, seq: number, now: number): StatusView {
  return {
    id,
    status: statusOf(order),
    seq,
    readyAt: "readyAt" in order.stage ? instant(order.stage.readyAt) : null,
    dropoffAt: instant(order.delivery?.dropoffAt),
    eta: etaView(order, now),
    updatedAt: rfc3339(order.updatedAt),
  };
}

/**
 * An event's line for its log; `by` says what kind of actor it was, never who. A buyer is not told who of the crew or
 * which driver it was. A tablet lies about where drivers come and go, so that staff are shown neither the PIN nor the
 * card's token. Where something is left out, `masked` says that the hash is of the body as it was.
 */
export function eventViewOf(
  event: Recorded<OrderEvent>,
  hash: string,
  body: string,
  viewer: Pick<Principal, "role" | "subject">,
): EventView {
  const { seq, type, at, by } = event;
  const shown = isBuyer(viewer.role)
    ? withoutNames(event, viewer.subject)
    : viewer.role === "staff"
      ? withoutSecrets(event)
      : event;
  const line = { seq, type, at: rfc3339(at), by: publicName(by), hash };
  return shown === event ? { ...line, body } : { ...line, body: JSON.stringify(shown), masked: true };
}

function isBuyer(role: Principal["role"]): boolean {
  return role === "customer" || role === "service" || role === "watcher";
}

function withoutNames(event: Recorded<OrderEvent>, self: string): Recorded<OrderEvent> {
  const isOther = publicName(event.by) === "person" && event.by !== self;
  const known = isOther ? { ...event, by: "person" } : event;
  if (known.type === "seen") return { ...known, device: "tablet" };
  if (known.type === "driver-assigned") return { ...known, driver: { ...known.driver, id: anyDriver } };
  return known;
}

/** In place of a driver's id, where a buyer may know the name and no more. */
const anyDriver = "driver";

function withoutSecrets(event: Recorded<OrderEvent>): Recorded<OrderEvent> {
  if (event.type !== "placed") return event;
  const { payment } = event.order;
  const shown = payment.method === "card" ? { ...payment, token: "" } : payment;
  return { ...event, order: { ...event.order, pin: "", payment: shown } };
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

function refundViews({ refunds = [] }: Order, role: Principal["role"]): { refunds?: RefundView[] } {
  // That the provider has refused one is the crew's to mend, not the buyer's to worry about.
  const shown = refunds.filter(({ state }) => state !== "refused" || !isBuyer(role));
  if (shown.length === 0) return {};
  return {
    refunds: shown.map(({ by: _, lines, askedAt, endedAt, ...refund }) => ({
      ...refund,
      lines: [...lines],
      askedAt: rfc3339(askedAt),
      endedAt: instant(endedAt),
    })),
  };
}

function carrierView({ silentSince, ...carrier }: Carried) {
  return { ...carrier, silentSince: instant(silentSince) };
}

function publicName(by: string): string {
  const [kind = ""] = by.split("/");
  if (["board", "zone", "timer", "mail"].includes(kind)) return kind;
  return ["authorise", "capture", "void", "refund", "refund-part"].includes(by) ? "payment" : "person";
}

function etaView(order: Order, now: number): Eta | null {
  const eta = etaOf(order, now);
  return eta === null ? null : { from: rfc3339(eta.from), best: rfc3339(eta.best), to: rfc3339(eta.to) };
}

function instant(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : rfc3339(at);
}
