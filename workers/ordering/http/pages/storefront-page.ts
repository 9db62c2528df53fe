import type { Formats } from "../../../../domain/storefront/formats.ts";
import type { PageLanguage, StorefrontWords } from "../../../../domain/storefront/words.ts";
import { html, type Html } from "./html.ts";

/** What a page is made for: an address, and who reads it. */
export interface Setting {
  readonly origin: string;
  readonly tenant: string;
  readonly language: PageLanguage;
  /** In which to say what the menu says: those the reader prefers. */
  readonly languages: readonly string[];
  /** `?lang=` was in the address. */
  readonly chosen: boolean;
  readonly t: StorefrontWords;
  readonly formats: Formats;
}

/** A page as it is put into the built one. */
export interface Page {
  readonly title: string;
  readonly description: string;
  /** Added to the head. */
  readonly head: Html;
  /** Where the script will draw the same again. */
  readonly body: Html;
  /** Nothing can be read here without one. */
  readonly needsScript?: boolean;
}

const names = { en: "English", de: "Deutsch" } as const satisfies Record<PageLanguage, string>;

export function topBar({ tenant, language, t }: Setting, back: Html): Html {
  const choices = (["en", "de"] as const).map(
    (tag) =>
      html`<a href="?lang=${tag}" lang="${tag}" hreflang="${tag}" aria-current="${tag === language ? "true" : "false"}"
        ><span aria-hidden="true">${tag}</span><span class="for-ears">${names[tag]}</span></a
      >`,
  );
  return html`<header class="top">
    ${back}
    <div class="top-end">
      <a class="top-link" href="/${tenant}/orders">${t.myOrders}</a>
      <nav class="languages">${choices}</nav>
    </div>
  </header>`;
}

/** What search engines and messengers read: the address, its other languages, and the picture that is shared. */
export function headOf(setting: Setting, path: string, title: string, description: string): Html {
  const { origin, tenant, language, chosen, t } = setting;
  const url = `${origin}${path}`;
  const own = chosen ? `${url}?lang=${language}` : url;
  const image = `${origin}/share.png`;
  return html`<meta name="description" content="${description}" />
    <link rel="canonical" href="${own}" />
    <link rel="alternate" hreflang="en" href="${url}?lang=en" />
    <link rel="alternate" hreflang="de" href="${url}?lang=de" />
    <link rel="alternate" hreflang="x-default" href="${url}" />
    <link rel="manifest" href="/${tenant}/app.webmanifest" />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content="Comanda" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${own}" />
    <meta property="og:locale" content="${language === "de" ? "de_DE" : "en_GB"}" />
    <meta property="og:image" content="${image}" />
    <meta property="og:image:type" content="image/png" />
    <meta property="og:image:width" content="1200" />
    <meta property="og:image:height" content="630" />
    <meta property="og:image:alt" content="${t.shareAlt}" />
    <meta name="twitter:card" content="summary_large_image" /> `;
}
