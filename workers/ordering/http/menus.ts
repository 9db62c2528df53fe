import type { Hono } from "hono";
import { MenuDocument } from "../../../contracts/menu.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { rfc3339 } from "../../../contracts/time.ts";
import {
  importQuery, largestImport, venueRoutes, type ImportReport, type MenuVersion,
} from "../../../contracts/venue-routes.ts"; // prettier-ignore
import { check } from "../../../domain/menu/check.ts";
import { countedDifferences } from "../../../domain/menu/differences.ts";
import type { ImportedMenu } from "../../../domain/menu/import-menu.ts";
import { importMenu } from "../../../domain/menu/import-menu.ts";
import { languageTag } from "../../../domain/menu/reading.ts";
import type { Ask } from "../../shared/actor.ts";
import { fingerprintOf, idempotencyKeyOf } from "../../shared/idempotency.ts";
import { problemResponse, queryRefusal } from "../../shared/problem.ts";
import { mount, textsOf, type Door } from "../../shared/routes.ts";
import { bytesBodyOf } from "../../shared/request-body.ts";
import { traceNow } from "../../shared/occasion.ts";
import type { OrderingEnv } from "../env.ts";
import {
  documentAt, edgeTag, menuAt, newestVersion, publish, tenantOf, versionsOf, wouldChange, type KeptVersion,
} from "../menus.ts"; // prettier-ignore
import { allow, authenticated } from "../tokens/guard.ts";
import { once, scopeOf } from "../tokens/idempotent.ts";
import { snapshotOf } from "../venue-snapshots.ts";
import { overIn } from "./if-match.ts";
import { noSuchVenue, outOfReach } from "./venues.ts";

const neverCached = { "cache-control": "no-store" };
const noMenu = refuse("not-found", "The venue has no menu yet.");
const noSuchVersion = refuse("not-found", "The venue's menu has no such version.");

export function mountMenus(app: Hono<Door<OrderingEnv>>): void {
  mount(app, venueRoutes.menu, async ({ env, params, request }) => {
    const tenant = await tenantOf(env, params.venue);
    if (tenant === null) return noSuchVenue;
    const { menuVersion } = await snapshotOf(env, tenant, params.venue, "fresh");
    const published = menuVersion === null ? null : await menuAt(env, tenant, params.venue, menuVersion);
    if (published === null) return noMenu;
    const headers = {
      "content-type": "application/json",
      "cache-control": "public, max-age=5, stale-while-revalidate=30",
      "cache-tag": edgeTag(params.venue),
      etag: published.etag,
    };
    const known = request.headers
      .get("if-none-match")
      ?.split(",")
      .map((tag) => tag.trim().replace(/^W\//, ""));
    if (known?.includes(published.etag) === true || known?.includes("*") === true)
      return new Response(null, { status: 304, headers });
    return new Response(published.text, { status: 200, headers });
  });

  mount(app, venueRoutes.readDocument, async ({ env, params, principal }) => {
    const out = await outOfReach(env, principal, params.venue);
    if (out !== null) return out;
    const newest = await newestVersion(env, principal.tenant, params.venue);
    const document = newest === null ? null : await documentAt(env, principal.tenant, params.venue, newest.version);
    if (newest === null || document === null) return noMenu;
    const headers = { "content-type": "application/json", "cache-control": "no-store", etag: `"${newest.version}"` };
    return new Response(JSON.stringify(document), { headers });
  });

  mount(app, venueRoutes.menuVersions, async ({ env, params, principal, query }) => {
    const out = await outOfReach(env, principal, params.venue);
    if (out !== null) return out;
    const place = { tenant: principal.tenant, venue: params.venue };
    const kept = await versionsOf(env, place, { ...query, limit: query.limit + 1 });
    const versions = kept.slice(0, query.limit);
    return {
      versions: versions.map(shownVersion),
      next: kept.length > query.limit ? (versions.at(-1)?.version ?? null) : null,
    };
  });

  mount(app, venueRoutes.menuVersion, async ({ env, params, principal }) => {
    const out = await outOfReach(env, principal, params.venue);
    if (out !== null) return out;
    const { tenant } = principal;
    const [kept] = await versionsOf(env, { tenant, venue: params.venue }, { before: params.version + 1, limit: 1 });
    const document = await documentAt(env, tenant, params.venue, params.version);
    if (kept?.version !== params.version || document === null) return noSuchVersion;
    return { ...shownVersion(kept), document };
  });

  mount(app, venueRoutes.writeMenu, async ({ env, params, principal, body, ask, request }) => {
    const out = await outOfReach(env, principal, params.venue);
    if (out !== null) return out;
    const over = overIn(request);
    // An editor must hear of every fault and mend it; an import is mended for them.
    const faulty = check(body);
    if (faulty !== null) return faulty;
    const menu = { format: "comanda", document: body, faults: [] } as const;
    const place = { tenant: principal.tenant, venue: params.venue };
    const existing = await publishedMenu(env, place);
    return take(env, place, menu, existing, { dryRun: false, over }, ask);
  });

  // The body is the file itself, JSON or CSV: so this route has no JSON contract to be mounted by.
  app.post("/v1/menus/import", authenticated, allow("admin"), async (c) => {
    const { env, var: known } = c;
    const request = c.req.raw;
    const { principal } = known;
    if (principal === null) return problemResponse(refuse("unauthenticated", "Send an access token."), request);
    const answer = await importFile(env, principal, request);
    return isRefusal(answer) ? problemResponse(answer, request) : answer;
  });
}

async function importFile(env: OrderingEnv, principal: Principal, request: Request): Promise<Response | Refusal> {
  const { searchParams, pathname, search } = new URL(request.url);
  const query = importQuery.safeParse(textsOf(searchParams));
  if (!query.success) return queryRefusal(query.error);
  const { venue, dryRun, currency, language } = query.data;
  if (language !== undefined && languageTag(language) === null) {
    const fault = { pointer: "/query/language", detail: "Write a language tag such as de or pt-BR." };
    return refuse("invalid-value", "See errors.", [fault]);
  }
  const out = await outOfReach(env, principal, venue);
  if (out !== null) return out;
  const key = idempotencyKeyOf(request);
  if (typeof key !== "string") return key;
  const file = await bytesBodyOf(request, largestImport);
  if (!(file instanceof Uint8Array)) return file;
  const fingerprint = fingerprintOf("POST", pathname + search, Buffer.from(file).toString("latin1"));
  return once(env, { scope: scopeOf(principal), key, fingerprint }, request, async () => {
    const place = { tenant: principal.tenant, venue };
    const existing = await publishedMenu(env, place);
    const imported = readable(importMenu(file, { currency: currency ?? existing?.currency, language }, existing));
    const ask: Ask = { by: principal.subject, key: null, fingerprint: null, traceparent: traceNow() };
    const how = { dryRun: dryRun === "true", over: overIn(request) };
    const report = await take(env, place, imported, existing, how, ask);
    return isRefusal(report) ? problemResponse(report, request) : Response.json(report, { headers: neverCached });
  });
}

/** A menu that could not be read again would shut its venue, so it must not come as far as being published. */
function readable(imported: ImportedMenu | Refusal): ImportedMenu | Refusal {
  if (!isRefusal(imported) && imported.document !== null) MenuDocument.parse(imported.document);
  return imported;
}

/** The menu that counts; null before the first. */
async function publishedMenu(
  env: OrderingEnv,
  { tenant, venue }: { tenant: string; venue: string },
): Promise<MenuDocument | null> {
  const newest = await newestVersion(env, tenant, venue);
  return newest === null ? null : documentAt(env, tenant, venue, newest.version);
}

function shownVersion({ version, publishedAt, publishedBy }: KeptVersion): MenuVersion {
  return { version, publishedAt: rfc3339(publishedAt), publishedBy };
}

/** Publishes what an import found fit, and reports on the whole of it. */
async function take(
  env: OrderingEnv,
  place: { tenant: string; venue: string },
  imported: ImportedMenu | Refusal,
  existing: MenuDocument | null,
  { dryRun, over }: { dryRun: boolean; over: number | null },
  ask: Ask,
): Promise<ImportReport | Refusal> {
  if (isRefusal(imported)) return imported;
  const { format, document, faults } = imported;
  if (document === null) {
    const [fatal, others] = [true, false].map((is) => faults.filter(({ severity }) => (severity === "refused") === is));
    const errors = [...(fatal ?? []), ...(others ?? [])]
      .slice(0, 500)
      .map(({ path, detail }) => ({ pointer: path, detail }));
    return refuse("invalid-value", "Nothing in this file can be sold.", errors);
  }
  const outcome = dryRun ? await foresee(env, place, document) : await publish(env, place, document, over, ask);
  if (isRefusal(outcome)) return outcome;
  const options = document.groups.reduce((sum, group) => sum + group.options.length, 0);
  return {
    venue: place.venue,
    format,
    dryRun,
    ...outcome,
    counts: {
      categories: document.categories.length,
      items: document.items.length,
      groups: document.groups.length,
      options,
    },
    faults: [...faults],
    differences: countedDifferences(existing, document),
  };
}

async function foresee(env: OrderingEnv, { tenant, venue }: { tenant: string; venue: string }, document: MenuDocument) {
  const newest = await newestVersion(env, tenant, venue);
  return { version: newest?.version ?? null, changed: await wouldChange(env, tenant, venue, document) };
}
