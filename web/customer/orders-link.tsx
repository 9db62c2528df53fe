import { useEffect, useState } from "preact/hooks";
import { z } from "zod";
import { kept } from "../shared/storage.ts";
import { words } from "./words.ts";

/** Where `Session` keeps a guest. */
function sessionName(tenant: string): string {
  return `comanda.session.guest.${tenant}`;
}

/** The way back to what this guest has ordered, and how much of it is still to come. */
export function OrdersLink({ tenant }: { readonly tenant: string }) {
  const [open, setOpen] = useState(0);
  useEffect(() => {
    // Who has never ordered needs no token, no session in the database, and no code for it, only to look at a menu.
    if (kept(sessionName(tenant), z.object({})) === null) return;
    void import("./open-orders.ts").then(async ({ openOrders }) => setOpen(await openOrders(tenant)));
  }, [tenant]);
  const t = words.value;
  return (
    <a class="top-link" href={`/${tenant}/orders`}>
      {t.myOrders}
      {open === 0 ? null : (
        <span class="top-count">
          <span aria-hidden="true">{open}</span>
          <span class="for-ears">{t.underway(open)}</span>
        </span>
      )}
    </a>
  );
}
