import { orderRoutes } from "../../contracts/order-routes.ts";
import { guestOf } from "./guest.ts";

/** How many of this guest's orders are still to come. */
export async function openOrders(tenant: string): Promise<number> {
  const reply = await guestOf(tenant).ask(orderRoutes.list, { query: { open: "true", limit: "20" } });
  return reply.ok ? reply.value.orders.filter(({ status }) => status !== "basket").length : 0;
}
