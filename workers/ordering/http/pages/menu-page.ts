import type { VenueView } from "../../../../contracts/venue.ts";
import type { CompiledMenu } from "../../../../contracts/menu.ts";
import { Orderable } from "../../../../domain/menu/availability.ts";
import { dishNotes, factsOf } from "../../../../domain/storefront/facts.ts";
import { timetables } from "../../../../domain/storefront/formats.ts";
import { jsonLdOf } from "../../../../domain/storefront/json-ld.ts";
import { photoPath } from "../../../../domain/storefront/photo.ts";
import {
  type Dish,
  isLong,
  type Said,
  saidIn,
  type Section,
  sectionsOf,
} from "../../../../domain/storefront/sections.ts";
import { localTime } from "../../../../domain/venue/local-time.ts";
import { menuAhead } from "./frames.ts";
import { html, type Html, jsonScript } from "./html.ts";
import { headOf, type Page, type Setting, topBar } from "./storefront-page.ts";

/** A venue and its menu as they stand at an instant (epoch ms). */
export interface Stand {
  readonly venue: VenueView;
  readonly menu: CompiledMenu;
  readonly version: number;
  readonly at: number;
}

/**
 * A venue's menu as a page that can be read without a script. Its markup is that of `web/customer/menu-page.tsx`, which
 * takes its place: what differs would jump before the reader's eyes.
 */
export function menuPage(stand: Stand, setting: Setting): Page {
  const { venue, menu, at } = stand;
  const { origin, tenant, t, language, languages } = setting;
  const { settings } = venue;
  const moment = { soldOut: new Set(venue.soldOut), local: localTime(at, settings.timeZone) };
  const sections = sectionsOf(menu, moment, new Orderable(menu, moment));
  const path = `/${tenant}/${venue.id}`;
  const description = t.orderHere(settings.name);
  const ld = { venue, menu, sections, languages, url: origin + path, image: `${origin}/share.png` };
  const title = `${settings.name} · ${settings.address}`;
  return {
    title,
    description,
    head: html`${headOf(setting, path, title, description)} ${menuAhead(venue.id)}
    ${jsonScript("application/ld+json", jsonLdOf(ld))} `,
    body: html`<a class="skip" href="#menu">${t.skip}</a
      >${topBar(setting, html`<a class="wordmark" href="/${tenant}"><span aria-hidden="true">‹ </span>${t.allVenues}</a>`)}
      <div class="menu-layout">
        ${venueHead(stand, setting)}
        <nav class="categories" aria-label="${t.categories}">
          <div class="menu-tools">
            <input class="input" type="search" placeholder="${t.search}" aria-label="${t.search}" disabled /><button
              type="button"
              class="button button-quiet filter-button"
              disabled
            >
              ${t.filter}
            </button>
          </div>
          <ul>
            ${sections.map(({ category }) => html`<li><a href="#c-${category.id}" ${langOf(saidIn(category.name, languages, language))}>${saidIn(category.name, languages, language).text}</a></li>`)}
          </ul>
        </nav>
        <main class="menu" id="menu" tabindex="-1" data-long="${String(isLong(sections))}">
          <noscript><p class="notice notice-wait">${t.needsScript}</p></noscript
          >${sections.map((section) => sectionHtml(section, stand, setting))}
        </main>
        <aside class="menu-basket" aria-label="${t.basket}">
          <div class="slip basket">
            <h2>${t.basket}</h2>
            <p class="quiet">${t.basketEmpty}</p>
          </div>
        </aside>
      </div>`,
  };
}

function venueHead({ venue, menu, at }: Stand, { t, formats }: Setting): Html {
  const { settings, paused } = venue;
  const facts = factsOf(venue, menu.currency, at, formats, t);
  const phone = settings.phone;
  const tables = timetables(settings).map(
    ({ way, hours }) =>
      html`<h3>${way === null ? t.hours : t[way]}</h3>
        <table class="hours">
          <tbody>
            ${formats.week(hours, t).map(
              ({ days, times }) =>
                html`<tr>
                  <th scope="row">${days}</th>
                  <td class="figures">${times}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
  );
  return html`<section class="venue-head" aria-label="${settings.name}">
    <h1 dir="auto">${settings.name}</h1>
    <p class="venue-facts">
      <span class="venue-open" data-open="${String(facts.isOpen && venue.paused === null)}">${facts.opening}</span
      >${facts.more.map((fact) => html`<span>${fact}</span>`)}
    </p>
    <details class="venue-about">
      <summary>${t.about}</summary>
      <div class="venue-about-body">
        <p dir="auto">${settings.address}</p>
        ${
          phone === null
            ? null
            : html`<p>
                <a class="lone-link" href="tel:${phone}">${t.callUs} <span class="figures">${phone}</span></a>
              </p>`
        }${tables}
      </div>
    </details>
    ${paused === null ? null : html`<p class="notice notice-wait">${t.paused}. <bdi>${paused.reason}</bdi></p>`}
  </section>`;
}

function sectionHtml({ category, dishes }: Section, stand: Stand, setting: Setting): Html {
  const name = saidIn(category.name, setting.languages, setting.language);
  const description =
    category.description === null ? null : saidIn(category.description, setting.languages, setting.language);
  return html`<section
    id="c-${category.id}"
    class="category"
    aria-labelledby="c-${category.id}-name"
    data-dishes="${dishes.length}"
  >
    <h2 id="c-${category.id}-name" ${langOf(name)}>${name.text}</h2>
    ${description === null ? null : html`<p class="quiet" ${langOf(description)}>${description.text}</p>`}
    <ul class="dishes">
      ${dishes.map((dish) => dishHtml(dish, stand, setting))}
    </ul>
  </section>`;
}

function dishHtml(
  { item, least, differs, gone }: Dish,
  stand: Stand,
  { t, formats, language, languages }: Setting,
): Html {
  const name = saidIn(item.name, languages, language);
  const description = item.description === null ? null : saidIn(item.description, languages, language);
  const amount = formats.money(least, stand.menu.currency);
  const notes = dishNotes(item, t);
  const photo = photoPath(stand.venue.id, stand.version, item);
  return html`<li class="dish">
    <div class="dish-open" data-gone="${String(gone !== null)}">
      <span class="dish-line"
        ><span class="dish-name" ${langOf(name)}>${name.text}</span><span class="dish-dots" aria-hidden="true"></span
        ><span class="dish-price figures">${gone === null ? (differs ? t.from(amount) : amount) : t[gone]}</span></span
      >${description === null ? null : html`<span class="dish-text" ${langOf(description)}>${description.text}</span>`}${notes.diet === "" && notes.allergens === "" ? null : html`<span class="dish-notes">${notes.diet === "" ? null : html`<span class="dish-diet">${notes.diet}</span>`}${notes.allergens === "" ? null : html`<span>${notes.allergens}</span>`}</span>`}${photo === null ? null : html`<img class="dish-photo" src="${photo}" alt="" width="96" height="96" loading="lazy" decoding="async" />`}
    </div>
  </li>`;
}

function langOf({ lang }: Said): Html {
  return lang === undefined ? html`dir="auto"` : html`lang="${lang}" dir="auto"`;
}
