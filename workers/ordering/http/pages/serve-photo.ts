import type { Hono } from "hono";
import { MenuKey, VenueId } from "../../../../contracts/ids.ts";
import { urlFault } from "../../../../domain/endpoint/safe-url.ts";
import { entry } from "../../../../domain/menu/compile.ts";
import type { Door } from "../../../shared/routes.ts";
import type { OrderingEnv } from "../../env.ts";
import { menuAt, tenantOf } from "../../menus.ts";

/** Of a picture for a telephone's screen; what is larger is left out. */
const largest = 3 * 1024 * 1024;
const patienceMs = 8_000;
/** What a browser takes for a picture and for nothing else: an SVG is a document with scripts of its own. */
const kinds = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];
const aWeek = 7 * 24 * 3_600;

/**
 * `/-/photos/{venue}/{version}/{item}`: the picture that a menu names, fetched by us and served from our own origin, so
 * that no page asks a foreign host and no foreign host learns who looks at a menu. No tenant begins with a hyphen.
 */
export function servePhotos(app: Hono<Door<OrderingEnv>>): void {
  app.get("/-/photos/:venue/:version/:item", async (c) => {
    const cached = await edge()?.match(c.req.raw);
    if (cached !== undefined) return cached;
    const venue = VenueId.safeParse(c.req.param("venue"));
    const item = MenuKey.safeParse(c.req.param("item"));
    const version = /^\d{1,9}$/.test(c.req.param("version")) ? Number(c.req.param("version")) : null;
    if (!venue.success || !item.success || version === null) return nothing();
    const photo = await photoOf(c.env, venue.data, version, item.data);
    const answer = photo === null ? nothing() : await fetched(photo, c.env.WEBHOOK_LOOPBACK === "allowed");
    if (answer.ok) c.executionCtx.waitUntil(edge()?.put(c.req.raw, answer.clone()) ?? Promise.resolve());
    return answer;
  });
}

async function photoOf(env: OrderingEnv, venue: string, version: number, item: string): Promise<string | null> {
  const tenant = await tenantOf(env, venue);
  const published = tenant === null ? null : await menuAt(env, tenant, venue, version);
  return (published === null ? undefined : entry(published.menu.items, item)?.photo) ?? null;
}

/** The picture, or nothing: a menu is written by others, and its addresses are judged as a webhook's are. */
async function fetched(url: string, loopback: boolean): Promise<Response> {
  if (urlFault(url, loopback) !== null) return nothing();
  try {
    const answer = await fetch(url, {
      headers: { accept: kinds.join(", "), "user-agent": "Comanda-Photos/1.0" },
      // A redirect would lead past the check of the address.
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    const kind = answer.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
    const isPicture = answer.status === 200 && kinds.includes(kind);
    const bytes = isPicture ? await bytesOf(answer) : null;
    if (bytes === null) {
      if (!isPicture) await answer.body?.cancel();
      return nothing();
    }
    return new Response(bytes, {
      headers: { ...forPictures, "content-type": kind, "cache-control": `public, max-age=${aWeek}, immutable` },
    });
  } catch {
    return nothing();
  }
}

async function bytesOf(answer: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > largest) return null;
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

const forPictures = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
};

function nothing(): Response {
  return new Response(null, { status: 404, headers: { ...forPictures, "cache-control": "public, max-age=300" } });
}

/** Not every runtime has a cache in front of it. */
function edge(): Cache | undefined {
  return typeof caches === "undefined" ? undefined : caches.default;
}
