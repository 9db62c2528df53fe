import { z } from "zod";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { Reply } from "../shared/api.ts";
import { attempt, unanswered } from "../shared/attempt.ts";
import { isPassing } from "../shared/intent.ts";
import { guestOf } from "./guest.ts";
import { isSameWish } from "./same-wish.ts";

const Sent = z.record(z.string(), z.unknown());
const nameOf = (venue: string): string => `comanda.placing.${venue}`;

/**
 * Places an order: the same one sent again before an answer came, even after a reload, is placed once. Also where its
 * dishes cost something else by then: the first is asked after before it is placed for the new sum.
 */
export async function placeOrder(tenant: string, venue: string, body: object): Promise<Reply<OrderView>> {
  const name = nameOf(venue);
  const place = (what: object) => attempt(guestOf(tenant), orderRoutes.create, { body: what }, name);
  const before = unanswered(name, Sent);
  if (before !== null && isSameWish(before, body)) {
    const first = await place(before);
    if (first.ok || isPassing(first.problem.status)) return first;
  }
  return place(body);
}

/** Whether an order of this browser was sent and its answer has never come: nobody here knows whether it is placed. */
export function isUnanswered(venue: string): boolean {
  return unanswered(nameOf(venue), Sent) !== null;
}
