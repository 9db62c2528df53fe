import { z } from "zod";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { Reply } from "../shared/api.ts";
import { attempt, unanswered } from "../shared/attempt.ts";
import { isPassing } from "../shared/intent.ts";
import { guestOf } from "./guest.ts";

const Sent = z.record(z.string(), z.unknown());
const Checkout = z.record(z.string(), z.unknown());

/**
 * Places an order: the same one sent again before an answer came, even after a reload, is placed once. Also where its
 * dishes cost something else by then: the first is asked after before it is placed for the new sum.
 */
export async function placeOrder(tenant: string, venue: string, body: object): Promise<Reply<OrderView>> {
  const name = `comanda.placing.${venue}`;
  const place = (what: object) => attempt(guestOf(tenant), orderRoutes.create, { body: what }, name);
  const before = unanswered(name, Sent);
  if (before !== null && withoutTotal(before) === withoutTotal(body)) {
    const first = await place(before);
    if (first.ok || isPassing(first.problem.status)) return first;
  }
  return place(body);
}

function withoutTotal(body: object): string {
  const { checkout, ...rest } = Sent.parse(body);
  return JSON.stringify({ ...rest, checkout: { ...Checkout.parse(checkout), expectedTotal: null } });
}
