import { eq } from "drizzle-orm";
import { rfc3339 } from "../../contracts/time.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import { dbFor } from "../shared/database.ts";
import type { OrderingEnv } from "./env.ts";
import { venues } from "./tables/menus.ts";
import { snapshotOf } from "./venue-snapshots.ts";

const mostVenues = 500;

/** A venue as anybody may see it, at most a second old; null where it was never opened. */
export async function venueView(env: OrderingEnv, tenant: string, venue: string): Promise<VenueView | null> {
  return viewOf(tenant, venue, await snapshotOf(env, tenant, venue, "fresh"));
}

/** All of a tenant's venues; none where there is no such tenant. */
export async function venueViewsOf(env: OrderingEnv, tenant: string): Promise<VenueView[]> {
  const rows = await dbFor(env, { tenant })
    .select()
    .from(venues)
    .where(eq(venues.tenant, tenant))
    .orderBy(venues.id)
    .limit(mostVenues);
  const views = await Promise.all(rows.map(({ id }) => venueView(env, tenant, id)));
  return views.filter((view) => view !== null);
}

export function viewOf(tenant: string, id: string, snapshot: VenueSnapshot): VenueView | null {
  const { settings, menuVersion, paused, busyMinutes, soldOut, revision } = snapshot;
  if (settings === null) return null;
  const pause =
    paused === null ? null : { until: paused.until === null ? null : rfc3339(paused.until), reason: paused.reason };
  return { id, tenant, settings, menuVersion, paused: pause, busyMinutes, soldOut: [...soldOut], revision };
}
