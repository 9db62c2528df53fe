import { createHash } from "node:crypto";
import { cache as edge } from "cloudflare:workers";
import { and, desc, eq, lt } from "drizzle-orm";
import { type CompiledMenu, MenuDocument } from "../../contracts/menu.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import { canonical } from "../../domain/menu/canonical.ts";
import { compile } from "../../domain/menu/compile.ts";
import type { OrderingEnv } from "./env.ts";
import { menuParts, menuVersions, venues } from "./tables/menus.ts";
import type { Ask } from "../shared/actor.ts";
import { dbFor } from "../shared/database.ts";
import { log } from "../shared/log.ts";

/** A published menu as it is served: made ready once, and then only read. */
export interface PublishedMenu {
  readonly version: number;
  readonly etag: string;
  readonly menu: CompiledMenu;
  /** The body of `GET /v1/venues/{venue}/menu`. */
  readonly text: string;
}

/** Characters of one row: even at four bytes each below D1's 2 MB. */
const partLength = 400_000;
const mostCached = 200;
const cache = new Map<string, PublishedMenu>();
const owners = new Map<string, string>();

/** The tenant a venue belongs to, or null where there is no such venue. A venue never changes its tenant. */
export async function tenantOf(env: OrderingEnv, venue: string): Promise<string | null> {
  const known = owners.get(venue);
  if (known !== undefined) return known;
  const [row] = await dbFor(env, "installation")
    .select({ tenant: venues.tenant })
    .from(venues)
    .where(eq(venues.id, venue));
  if (row === undefined) return null;
  owners.set(venue, row.tenant);
  return row.tenant;
}

/** That version of the venue's menu; from memory once it has been asked for here. Null where there is none. */
export async function menuAt(
  env: OrderingEnv,
  tenant: string,
  venue: string,
  version: number,
): Promise<PublishedMenu | null> {
  const key = `${tenant}/${venue}/${version}`;
  const warm = cache.get(key);
  if (warm !== undefined) return warm;
  const document = await documentAt(env, tenant, venue, version);
  if (document === null) return null;
  const menu = compile(document);
  const text = JSON.stringify({ venue, version, ...menu });
  const etag = `"${version}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;
  if (cache.size >= mostCached) for (const oldest of [...cache.keys()].slice(0, 20)) cache.delete(oldest);
  const published = { version, etag, menu, text };
  cache.set(key, published);
  return published;
}

/** The document of a version as it was published; the newest where none is named. */
export async function documentAt(
  env: OrderingEnv,
  tenant: string,
  venue: string,
  version: number,
): Promise<MenuDocument | null> {
  const parts = await dbFor(env, { tenant })
    .select({ body: menuParts.body })
    .from(menuParts)
    .where(and(eq(menuParts.tenant, tenant), eq(menuParts.venue, venue), eq(menuParts.version, version)))
    .orderBy(menuParts.part);
  return parts.length === 0 ? null : MenuDocument.parse(JSON.parse(parts.map(({ body }) => body).join("")));
}

export async function newestVersion(
  env: OrderingEnv,
  tenant: string,
  venue: string,
): Promise<{ version: number; hash: string } | null> {
  const [row] = await dbFor(env, { tenant })
    .select({ version: menuVersions.version, hash: menuVersions.hash })
    .from(menuVersions)
    .where(and(eq(menuVersions.tenant, tenant), eq(menuVersions.venue, venue)))
    .orderBy(desc(menuVersions.version))
    .limit(1);
  return row ?? null;
}

/** A version as it was published, and by whom (null: not noted then). */
export interface KeptVersion {
  readonly version: number;
  readonly publishedAt: number;
  readonly publishedBy: string | null;
}

/** The versions of a venue's menu, newest first, those below `before` where it is given. */
export async function versionsOf(
  env: OrderingEnv,
  { tenant, venue }: { readonly tenant: string; readonly venue: string },
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<KeptVersion[]> {
  const { version, publishedAt, publishedBy } = menuVersions;
  return dbFor(env, { tenant })
    .select({ version, publishedAt, publishedBy })
    .from(menuVersions)
    .where(
      and(
        eq(menuVersions.tenant, tenant),
        eq(menuVersions.venue, venue),
        before === undefined ? undefined : lt(version, before),
      ),
    )
    .orderBy(desc(version))
    .limit(limit);
}

/**
 * Publishes a menu: a new version in D1, then the venue is told. The same menu again changes nothing.
 * `over` is the version the writer has edited, null where it does not matter.
 */
export async function publish(
  env: OrderingEnv,
  place: { readonly tenant: string; readonly venue: string },
  document: MenuDocument,
  over: number | null,
  ask: Ask,
): Promise<{ version: number; changed: boolean } | Refusal> {
  const { tenant, venue } = place;
  const text = canonical(document);
  const hash = hashOf(text);
  const newest = await newestVersion(env, tenant, venue);
  const present = newest?.version ?? 0;
  if (over !== null && over !== present) return stale;
  const changed = newest?.hash !== hash;
  const version = changed ? present + 1 : present;
  if (changed) {
    const db = dbFor(env, { tenant });
    const parts = piecesOf(text).map((body, part) =>
      db.insert(menuParts).values({ tenant, venue, version, part, body }),
    );
    const stored = await db
      .batch([
        db.insert(menuVersions).values({ tenant, venue, version, hash, publishedAt: Date.now(), publishedBy: ask.by }),
        ...parts,
      ])
      .then(() => true)
      // Two writers took the same number: one of them has won, and this one has not seen its menu.
      .catch(async (error: unknown) => {
        if ((await newestVersion(env, tenant, venue))?.version === present) throw error;
        return false;
      });
    if (!stored) return stale;
  }
  const told = await env.VENUE.getByName(`${tenant}/${venue}`).command(
    { type: "publish-menu", version, tracked: compile(document).tracked },
    { ...ask, key: null, fingerprint: null },
  );
  if (isRefusal(told)) return told;
  if (changed) await forgetAtTheEdge(venue);
  return { version, changed };
}

/** The tag by which the edge knows a venue's menu. */
export function edgeTag(venue: string): string {
  return `menu-${venue}`;
}

/** An edge that cannot be told serves the old menu for some seconds; an order is judged by the new one all the same. */
async function forgetAtTheEdge(venue: string): Promise<void> {
  // A local runtime has no edge in front of it, whatever the types say.
  if (typeof edge?.purge !== "function") return;
  try {
    await edge.purge({ tags: [edgeTag(venue)] });
  } catch (error) {
    log.info("menu not purged at the edge", { venue, error: String(error) });
  }
}

/** Whether publishing the document would make a new version. */
export async function wouldChange(
  env: OrderingEnv,
  tenant: string,
  venue: string,
  document: MenuDocument,
): Promise<boolean> {
  return (await newestVersion(env, tenant, venue))?.hash !== hashOf(canonical(document));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const stale = refuse("stale", "The menu has been published anew meanwhile. Read it again and repeat your change.");

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += partLength) pieces.push(text.slice(at, at + partLength));
  return pieces;
}
