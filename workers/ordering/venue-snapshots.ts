import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import type { OrderingEnv } from "./env.ts";

/** A snapshot older than this is asked for anew where nothing else would notice that it is old. */
const freshForMs = 1_000;
const mostKept = 2_000;
const kept = new Map<string, { snapshot: VenueSnapshot; at: number }>();

/**
 * The venue as this isolate last saw it. Placing an order may use an old one: the venue itself checks its revision and
 * hands out the new one (`keep` it then), so nothing is decided on old news.
 */
export async function snapshotOf(
  env: OrderingEnv,
  tenant: string,
  venue: string,
  how: "fresh" | "any",
): Promise<VenueSnapshot> {
  const name = `${tenant}/${venue}`;
  const found = kept.get(name);
  if (found !== undefined && (how === "any" || Date.now() - found.at < freshForMs)) return found.snapshot;
  const snapshot = await env.VENUE.getByName(name).snapshot();
  keep(tenant, venue, snapshot);
  return snapshot;
}

export function keep(tenant: string, venue: string, snapshot: VenueSnapshot): void {
  // An unknown venue may be opened in the next moment; and made-up names must not fill the memory.
  if (snapshot.settings === null) return;
  if (kept.size >= mostKept) kept.clear();
  kept.set(`${tenant}/${venue}`, { snapshot, at: Date.now() });
}
