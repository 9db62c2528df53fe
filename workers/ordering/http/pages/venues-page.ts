import type { VenueView } from "../../../../contracts/venue.ts";
import { factsOf } from "../../../../domain/storefront/facts.ts";
import { html } from "./html.ts";
import { headOf, type Page, type Setting, topBar } from "./storefront-page.ts";

/** A tenant's venues, to choose one; the markup is that of `web/customer/venues-page.tsx`. */
export function venuesPage(venues: readonly VenueView[], at: number, setting: Setting): Page {
  const { tenant, t, formats } = setting;
  const names = venues.slice(0, 4).map(({ settings }) => settings.name);
  const title = t.venuesTitle;
  const description = t.orderHereToo(names.join(", "));
  const cards = venues.map((venue) => {
    const facts = factsOf(venue, null, at, formats, t);
    return html`<li class="slip venue">
      <h2><a href="/${tenant}/${venue.id}" dir="auto">${venue.settings.name}</a></h2>
      <p dir="auto">${venue.settings.address}</p>
      <p class="venue-facts">
        <span class="venue-open" data-open="${String(facts.isOpen && venue.paused === null)}"
          >${venue.paused === null ? facts.opening : t.paused}</span
        >${facts.more.map((fact) => html`<span>${fact}</span>`)}
      </p>
    </li>`;
  });
  return {
    title,
    description,
    head: html`${headOf(setting, `/${tenant}`, title, description)}
      <link rel="preload" as="fetch" crossorigin href="/v1/tenants/${tenant}/venues" /> `,
    body: html`${topBar(setting, html`<span class="wordmark">${tenant}</span>`)}
      <main class="page">
        <h1 class="venues-title">${t.venuesTitle}</h1>
        <ul class="venues">
          ${cards}
        </ul>
      </main>`,
  };
}
