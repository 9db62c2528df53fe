import { sharedWords } from "../shared/words.ts";
import { later } from "../shared/later.tsx";
import { Nothing } from "./nothing.tsx";
import { type Place, place } from "./place.ts";

// Each page's code comes by itself: nobody waits for that of another.
const MenuPage = later(async () => (await import("./menu-page.tsx")).MenuPage);
const VenuesPage = later(async () => (await import("./venues-page.tsx")).VenuesPage);
const CheckoutPage = later(async () => (await import("./checkout-page.tsx")).CheckoutPage);
const OrderPage = later(async () => (await import("./order-page.tsx")).OrderPage);
const OrdersPage = later(async () => (await import("./orders-page.tsx")).OrdersPage);
const ReceiptPage = later(async () => (await import("./receipt-page.tsx")).ReceiptPage);

/** Until a page can be drawn that shows no less than the first answer. */
export async function pageReady(here: Place): Promise<void> {
  switch (here.page) {
    case "venues":
      await VenuesPage.fetch();
      return (await import("./venues-page.tsx")).venuesHere(here.tenant);
    case "menu":
      await MenuPage.fetch();
      return (await import("./menu-page.tsx")).menuHere(here.venue);
    case "checkout":
      await CheckoutPage.fetch();
      return (await import("./checkout-page.tsx")).checkoutHere(here.venue);
    case "orders":
      return OrdersPage.fetch();
    case "order":
      return OrderPage.fetch();
    case "receipt":
      return ReceiptPage.fetch();
    case "nowhere":
      return;
  }
}

export function Customer() {
  const here = place.value;
  switch (here.page) {
    case "venues":
      return <VenuesPage key={here.tenant} tenant={here.tenant} />;
    case "menu":
      return <MenuPage key={here.venue} tenant={here.tenant} id={here.venue} />;
    case "checkout":
      return <CheckoutPage key={here.venue} tenant={here.tenant} id={here.venue} />;
    case "orders":
      return <OrdersPage key={here.tenant} tenant={here.tenant} />;
    case "order":
      return <OrderPage key={here.order} tenant={here.tenant} order={here.order} />;
    case "receipt":
      return <ReceiptPage key={here.order} tenant={here.tenant} order={here.order} />;
    case "nowhere":
      return <Nothing />;
  }
}

export function Waiting() {
  return (
    <main>
      <p class="waiting" role="status">
        {sharedWords.value.loading}
      </p>
    </main>
  );
}
