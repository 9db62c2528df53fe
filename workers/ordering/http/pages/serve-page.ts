import { createHash } from "node:crypto";
import { type Formats, formatsOf } from "../../../../domain/storefront/formats.ts";
import { type PageLanguage, pageLanguages, storefrontWords } from "../../../../domain/storefront/words.ts";
import type { OrderingEnv } from "../../env.ts";
import { menuAt, tenantOf } from "../../menus.ts";
import { venueView, venueViewsOf } from "../../venue-views.ts";
import { type FramedPage, frameOf } from "./frames.ts";
import { html } from "./html.ts";
import { menuPage } from "./menu-page.ts";
import type { Page, Setting } from "./storefront-page.ts";
import { venuesPage } from "./venues-page.ts";

interface Drawn {
  readonly page: Page;
  readonly etag: string;
}

/** What a page shows may change by the minute: a dish that is sold at lunch, a kitchen that closes. */
const minuteMs = 60_000;
const mostKept = 100;
const kept = new Map<string, Drawn>();

/**
 * The built page with what can be read of `/{tenant}` or `/{tenant}/{venue}` in it already; null where there is no such
 * tenant or venue. `file` is the built page as it stands.
 */
export async function servePage(
  env: OrderingEnv,
  request: Request,
  { tenant, venue }: { readonly tenant: string; readonly venue: string | null },
  file: () => Promise<Response>,
): Promise<Response | null> {
  const { setting, name } = settingOf(request, tenant);
  const drawn = await draw(env, setting, name, venue, Date.now());
  return drawn === null ? null : answer(request, drawn, setting, await file());
}

/** The built page of what only its script can show, with the frame of it. `venue` is that of a checkout, an id. */
export async function serveFrame(
  env: OrderingEnv,
  request: Request,
  {
    tenant,
    page,
    venue,
    order,
  }: {
    readonly tenant: string;
    readonly page: FramedPage;
    readonly venue: string | null;
    readonly order: string | null;
  },
  file: () => Promise<Response>,
): Promise<Response> {
  const { setting } = settingOf(request, tenant);
  const isTheirs = venue !== null && (await tenantOf(env, venue)) === tenant;
  const view = isTheirs ? await venueView(env, tenant, venue) : null;
  if (page === "checkout" && view === null) return file();
  return answer(request, drawnOf(frameOf({ page, venue: view, order }, setting)), setting, await file());
}

async function answer(request: Request, drawn: Drawn, setting: Setting, built: Response): Promise<Response> {
  const etag = `W/"${hashOf(`${built.headers.get("etag") ?? ""} ${drawn.etag}`)}"`;
  const headers = new Headers(built.headers);
  headers.set("etag", etag);
  headers.set("cache-control", "private, no-cache");
  headers.set("content-language", setting.language);
  headers.set("vary", "accept-language");
  headers.delete("content-length");
  if (request.headers.get("if-none-match")?.split(/,\s*/).includes(etag) === true) {
    await built.body?.cancel();
    return new Response(null, { status: 304, headers });
  }
  return filled(new Response(built.body, { status: 200, headers }), drawn.page, setting);
}

function filled(built: Response, page: Page, { language }: Setting): Response {
  return new HTMLRewriter()
    .on("html", { element: (root) => void root.setAttribute("lang", language) })
    .on("title", { element: (title) => void title.setInnerContent(html`${page.title}`.toString(), { html: true }) })
    .on('meta[name="description"]', { element: (meta) => void meta.remove() })
    .on("head", { element: (head) => void head.append(page.head.toString(), { html: true }) })
    .on("#app", { element: (app) => void app.setInnerContent(page.body.toString(), { html: true }) })
    .on("body > noscript", { element: (noscript) => void (page.needsScript === true || noscript.remove()) })
    .transform(built);
}

async function draw(
  env: OrderingEnv,
  setting: Setting,
  name: string,
  id: string | null,
  now: number,
): Promise<Drawn | null> {
  const minute = Math.floor(now / minuteMs);
  const { origin, tenant } = setting;
  if (id === null) {
    const views = await venueViewsOf(env, tenant);
    if (views.length === 0) return null;
    const key = `${name} ${origin}/${tenant} ${views.map(({ id: one, revision }) => `${one}.${revision}`).join()} ${minute}`;
    return remembered(key, () => venuesPage(views, now, setting));
  }
  if ((await tenantOf(env, id)) !== tenant) return null;
  const venue = await venueView(env, tenant, id);
  if (venue === null || venue.menuVersion === null) return null;
  const { menuVersion: version, revision } = venue;
  const published = await menuAt(env, tenant, id, version);
  if (published === null) return null;
  const key = `${name} ${origin}/${tenant}/${id} ${version}.${revision} ${minute}`;
  const { menu } = published;
  // As in `web/shared/language.ts`.
  const languages = [...setting.languages, setting.language, "en", ...menu.languages];
  return remembered(key, () => menuPage({ venue, menu, version, at: minute * minuteMs }, { ...setting, languages }));
}

function remembered(key: string, make: () => Page): Drawn {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const drawn = drawnOf(make());
  if (kept.size >= mostKept) for (const oldest of [...kept.keys()].slice(0, 20)) kept.delete(oldest);
  kept.set(key, drawn);
  return drawn;
}

function drawnOf(page: Page): Drawn {
  return { page, etag: hashOf(`${page.title}\n${page.head.toString()}\n${page.body.toString()}`) };
}

/** Whose words and numbers are read: `?lang=` in the address, else the browser's first language that we have. */
function settingOf(request: Request, tenant: string): { setting: Setting; name: string } {
  const url = new URL(request.url);
  const asked = url.searchParams.get("lang");
  const chosen = pageLanguages.find((language) => language === asked);
  const tags = tagsOf(request.headers.get("accept-language") ?? "");
  const language: PageLanguage = chosen ?? tags.flatMap((tag) => languageOf(tag) ?? []).at(0) ?? "en";
  const locale = tags.find((tag) => languageOf(tag) === language) ?? language;
  const t = storefrontWords[language];
  const setting = {
    origin: url.origin,
    tenant,
    language,
    languages: chosen === undefined ? tags : [chosen, ...tags],
    chosen: chosen !== undefined,
    t,
    formats: safely(locale, language),
  };
  return { setting, name: `${tags.join()}!${chosen ?? ""}` };
}

function tagsOf(header: string): string[] {
  return header
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", ...more] = part.trim().split(";");
      return { tag, q: Number(/q=([\d.]+)/.exec(more.join(";"))?.[1] ?? 1) };
    })
    .filter(({ tag, q }) => /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) && q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}

function languageOf(tag: string): PageLanguage | undefined {
  return pageLanguages.find((language) => language === tag.split("-")[0]?.toLowerCase());
}

/** What a browser sends as a language need not be one that `Intl` takes. */
function safely(locale: string, language: PageLanguage): Formats {
  try {
    return formatsOf(locale);
  } catch {
    return formatsOf(language);
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
