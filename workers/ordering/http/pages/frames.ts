import type { CustomerPage } from "../../../../contracts/addresses.ts";
import type { VenueView } from "../../../../contracts/venue.ts";
import { html, type Html } from "./html.ts";
import { type Page, type Setting, topBar } from "./storefront-page.ts";

/** A page of which nothing can be said before its script has come but what it is. */
export type FramedPage = Exclude<CustomerPage, "venues" | "menu">;

/** Where somebody stands: `venue` of a checkout, `order` (an id) of an order or its receipt. */
export interface Framed {
  readonly page: FramedPage;
  readonly venue: VenueView | null;
  readonly order: string | null;
}

/**
 * What a page begins as: its bar, its name, and paper. Whose order it is stands behind the address's `#`, which never
 * comes here, and a basket is the browser's. The script draws the same, `web/customer/order-frame.tsx` the order's.
 */
export function frameOf({ page, venue, order }: Framed, setting: Setting): Page {
  const { tenant, t } = setting;
  switch (page) {
    case "checkout": {
      const name = venue?.settings.name ?? tenant;
      const title = `${t.checkout} · ${name}`;
      const path = `/${tenant}/${venue?.id ?? ""}`;
      const body = html`${bar(setting, path, html`<bdi>${name}</bdi>`)}
        <main class="page">
          <h1>${t.checkout}</h1>
          ${blank}
        </main>`;
      return framed(title, body, venue === null ? html`` : menuAhead(venue.id));
    }
    case "orders": {
      const body = html`${bar(setting, `/${tenant}`, t.allVenues)}
        <main class="page orders-page">
          <h1>${t.orders}</h1>
          <p class="quiet">${t.ordersHint}</p>
          ${blank}
        </main>`;
      return framed(t.orders, body);
    }
    case "order": {
      const body = html`${bar(setting, `/${tenant}`, t.allVenues)}
        <main class="page order">
          <section class="slip order-slip">
            <div class="order-code">
              <p><span class="small quiet">${t.order}</span><span class="mono"> </span></p>
            </div>
            <h1>${t.findingOrder}</h1>
            ${blank}
          </section>
        </main>`;
      return framed(t.order, body);
    }
    case "receipt": {
      const body = html`${bar(setting, `/${tenant}/orders/${order}`, t.backToOrder)}
        <main class="page receipt-page">
          <article class="slip receipt">
            <h1>${t.findingOrder}</h1>
            ${blank}
          </article>
        </main>`;
      return framed(t.receipt, body);
    }
  }
}

/** What the checkout asks for at once. */
export function menuAhead(venue: string): Html {
  return html`<link rel="preload" as="fetch" crossorigin href="/v1/venues/${venue}" />
    <link rel="preload" as="fetch" crossorigin href="/v1/venues/${venue}/menu" />`;
}

const blank = html`<div class="blank" aria-hidden="true"></div>`;

function framed(title: string, body: Html, head = html``): Page {
  return {
    title,
    description: title,
    head: html`<meta name="description" content="${title}" />${head}`,
    body,
    needsScript: true,
  };
}

function bar(setting: Setting, back: string, name: Html | string): Html {
  return topBar(setting, html`<a class="wordmark" href="${back}"><span aria-hidden="true">‹ </span>${name}</a>`);
}
