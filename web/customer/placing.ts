import { z } from "zod";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { Reply } from "../shared/api.ts";
import { intend } from "../shared/intent.ts";
import { freshId, keep, kept } from "../shared/storage.ts";
import { guestOf } from "./guest.ts";

const Attempt = z.object({ key: z.string(), body: z.string() });

/**
 * Places an order. The key is kept in the browser until an answer comes, so that the same order sent again, even after
 * a reload, is placed once.
 */
export async function placeOrder(tenant: string, venue: string, body: object): Promise<Reply<OrderView>> {
  const name = `comanda.placing.${venue}`;
  const text = JSON.stringify(body);
  const before = kept(name, Attempt);
  const key = before?.body === text ? before.key : freshId();
  keep(name, { key, body: text });
  const reply = await intend(guestOf(tenant), orderRoutes.create, { body, key });
  const unknown = !reply.ok && (reply.problem.status === 0 || reply.problem.status >= 500);
  if (!unknown) keep(name, null);
  return reply;
}
