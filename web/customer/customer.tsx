import { sharedWords } from "../shared/words.ts";
import { later } from "../shared/later.tsx";
import { MenuPage } from "./menu-page.tsx";
import { Nothing } from "./nothing.tsx";
import { place } from "./place.ts";
import { VenuesPage } from "./venues-page.tsx";

// Nobody needs these before having chosen something: they stay out of the first load.
const CheckoutPage = later(async () => (await import("./checkout-page.tsx")).CheckoutPage);
const OrderPage = later(async () => (await import("./order-page.tsx")).OrderPage);
const OrdersPage = later(async () => (await import("./orders-page.tsx")).OrdersPage);
const ReceiptPage = later(async () => (await import("./receipt-page.tsx")).ReceiptPage);

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
