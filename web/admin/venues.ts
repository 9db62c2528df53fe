import { signal } from "@preact/signals";
import { z } from "zod";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { ask, type Refused } from "../shared/api.ts";
import { keep, kept } from "../shared/storage.ts";
import type { Holder } from "./sign-in.ts";

const name = "comanda.admin.venue";

/** The venues the holder reaches, by name; null until they are known. */
export const venues = signal<readonly VenueView[] | null>(null);
/** Why they could not be had; null where they could, or where that is not known yet. */
export const venuesRefused = signal<Refused | null>(null);

/** The venue the pages speak of; null for all of them. */
export const chosen = signal<string | null>(kept(name, z.string()));

export function choose(venue: string | null): void {
  keep(name, venue);
  chosen.value = venue;
}

export async function loadVenues({ tenant, venues: reach }: Holder): Promise<void> {
  const reply = await ask(venueRoutes.list, { params: { tenant } });
  venuesRefused.value = reply.ok ? null : reply;
  if (!reply.ok) return;
  venues.value = reply.value.venues
    .filter(({ id }) => reach === null || reach.includes(id))
    .toSorted((a, b) => a.settings.name.localeCompare(b.settings.name));
}

/** Puts in what an answer or a socket has told of one venue. */
export function learnVenue(view: VenueView): void {
  venues.value = venues.value?.map((known) => (known.id === view.id ? view : known)) ?? null;
}
