import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { z } from "zod";
import type { Problem } from "../../contracts/problem.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { Moment } from "../../domain/menu/availability.ts";
import { localTime } from "../../domain/venue/local-time.ts";
import { ask } from "../shared/api.ts";

export type PublishedMenu = z.infer<typeof venueRoutes.menu.response>;

export type VenueData =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly problem: Problem }
  | { readonly status: "here"; readonly venue: VenueView; readonly menu: PublishedMenu };

const venues = new Map<string, Signal<VenueData>>();

/** A venue and its menu, fetched when first asked for. */
export function venueData(id: string): ReadonlySignal<VenueData> {
  const known = venues.get(id);
  if (known !== undefined) return known;
  const data = signal<VenueData>({ status: "loading" });
  venues.set(id, data);
  void refreshVenue(id);
  return data;
}

/** Fetches again what may have changed: what is sold out, whether the venue is paused, a new menu. */
export async function refreshVenue(id: string): Promise<void> {
  const data = venues.get(id);
  if (data === undefined) return;
  const params = { venue: id };
  const [venue, menu] = await Promise.all([ask(venueRoutes.read, { params }), ask(venueRoutes.menu, { params })]);
  if (venue.ok && menu.ok) data.value = { status: "here", venue: venue.value, menu: menu.value };
  else if (data.peek().status !== "here") data.value = { status: "failed", problem: problemOf(venue, menu) };
}

/** What can be had at an instant (epoch ms) by the venue's own clock. */
export function momentAt({ soldOut, settings }: VenueView, at: number): Moment {
  return { soldOut: new Set(soldOut), local: localTime(at, settings.timeZone) };
}

function problemOf(...replies: ({ ok: true } | { ok: false; problem: Problem })[]): Problem {
  const refused = replies.find((reply) => !reply.ok);
  return refused?.ok === false ? refused.problem : { type: "about:blank", title: "", status: 0 };
}
