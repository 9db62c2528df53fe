import { useEffect, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderSummary } from "../../contracts/order.ts";
import { guestOf } from "./guest.ts";
import { words } from "./words.ts";

/** The way back to what this guest has ordered and not yet got. */
export function Underway({ tenant }: { readonly tenant: string }) {
  const [orders, setOrders] = useState<readonly OrderSummary[]>([]);
  const guest = guestOf(tenant);
  useEffect(() => {
    // Who has never ordered needs no token, and no session in the database, only to look at a menu.
    if (guest.holder.peek() === null) return;
    const query = { open: "true", limit: "5" };
    void guest.ask(orderRoutes.list, { query }).then((reply) => reply.ok && setOrders(reply.value.orders));
  }, [tenant]);
  const placed = orders.filter(({ status }) => status !== "basket");
  if (placed.length === 0) return null;
  return (
    <p class="notice notice-go underway">
      {words.value.underway}{" "}
      {placed.map(({ id, code }) => (
        <a key={id} class="mono" href={`/${tenant}/orders/${id}`}>
          {code}
        </a>
      ))}
    </p>
  );
}
