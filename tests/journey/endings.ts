import { expect } from "vitest";
import type { OrderView } from "../../contracts/order.ts";
import { brokenAt } from "../../workers/shared/storage.ts";
import type { Person, Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

/** What the provider's books hold of an order whose payment ended so. */
const moved = {
  "captured at the door": [],
  "voided at the door": [],
  declined: ["declined"],
  voided: ["authorised", "voided"],
  captured: ["authorised", "captured"],
  refunded: ["authorised", "captured", "refunded"],
} as const;

/**
 * Waits for the order's end and looks at it from every side: the order, its log and the provider's own books must tell
 * one story.
 */
export async function ends(
  place: Restaurant,
  who: Person,
  id: string,
  status: OrderView["status"],
  payment: keyof typeof moved,
  withinMs = 30_000,
): Promise<OrderView> {
  const order = await until(
    () => place.order(who, id),
    (seen) => seen.status === status && paymentOf(seen) === payment,
    withinMs,
  );
  const amount = order.bill?.total ?? 0;
  expect(await place.books(id)).toEqual(moved[payment].map((kind) => `${kind} ${amount}`));
  // As an admin sees it: a customer's log names nobody, so that its hashes cannot be checked.
  const events = await place.events(place.admin, id);
  expect(brokenAt(events)).toBeNull();
  // A mail may have gone out since the order was looked at.
  expect(order.timeline.map(({ seq, type }) => ({ seq, type }))).toEqual(
    events.slice(0, order.timeline.length).map(({ seq, type }) => ({ seq, type })),
  );
  const kinds = events.map(({ type }) => type);
  expect(kinds.filter((type) => type.startsWith("payment-"))).toEqual([
    ...new Set(kinds.filter((type) => type.startsWith("payment-"))),
  ]);
  return order;
}

/** How the payment stands; without a card there is nothing of it in the provider's books. */
function paymentOf({ payment, bill }: OrderView): string | undefined {
  const atTheDoor = payment?.method === "cash" || bill?.total === 0;
  return atTheDoor ? `${payment?.status} at the door` : payment?.status;
}

/** Waits until the read model, which comes some seconds behind, lists the order as it has ended. */
export async function isListed(place: Restaurant, who: Person, { id, status, bill }: OrderView): Promise<void> {
  await until(
    () => place.line(who, id),
    (line) => line?.status === status && line.total === (bill?.total ?? 0),
    60_000,
  );
}
