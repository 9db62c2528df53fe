import type { FactData } from "../../contracts/events.ts";
import { textIn } from "../../contracts/menu.ts";
import { hasEnded, type Order, type Placed, type Stage } from "./order.ts";
import { paidBack } from "./refund.ts";

type Line = Omit<FactData<"order.changed">, "order" | "tenant" | "updatedAt" | "seq">;

const longestName = 80;

/**
 * An order's line in the read model, for lists, the live board and figures. What it says of the customer is for
 * searching, and is not kept as it is said here.
 */
export function lineOf(order: Order, placed: Placed): Line {
  const { stage, venue, fulfilment, owner } = order;
  const { code, bill, placedAt, customer, table } = placed;
  const first = (type: string): number | null => order.timeline.find((event) => event.type === type)?.at ?? null;
  return {
    venue, customer: owner, code, status: stage.status, fulfilment,
    total: bill.total, currency: bill.currency, placedAt, open: !hasEnded(stage),
    sentAt: first("sent"), acceptedAt: first("accepted"), promisedAt: order.promisedAt ?? null, readyAt: first("ready"),
    endedAt: hasEnded(stage) ? first(stage.status) : null,
    dueAt: dueAtOf(order, stage),
    reason: "end" in stage ? stage.end.reason : null,
    refunded: order.payment.step === "refunded" || order.payment.step === "refunding" ? bill.total : paidBack(order),
    attention: [...order.attention],
    items: bill.lines.map(({ item, name, quantity, total }) => ({
      key: item, name: textIn(name, []).slice(0, longestName), quantity, total,
    })),
    ...(table === undefined ? {} : { table }),
    // Who is erased is not made findable again by what is paid back later.
    ...(order.erasedAt === undefined ? { contact: { ...customer } } : {}),
  }; // prettier-ignore
}

/** Until when the order should have gone on; null where it waits for nothing. */
function dueAtOf({ delivery }: Order, stage: Stage): number | null {
  switch (stage.status) {
    case "placed":
      return stage.payBy;
    case "scheduled":
      return stage.sendAt;
    case "sent":
      return stage.answerBy;
    case "accepted":
    case "preparing":
    case "ready":
      return stage.readyAt;
    case "out-for-delivery":
      return delivery?.dropoffAt ?? stage.since;
    case "nothing":
    case "basket":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return null;
  }
}
