import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { z } from "zod";
import type { ZoneId } from "../../contracts/ids.ts";
import type { MenuFile } from "../../contracts/menu.ts";
import { type ImportReport, venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import type { Api } from "../client/api.ts";
import { importMenuFile } from "../client/menu-import.ts";
import type { Tokens } from "../client/tokens.ts";
import { describe } from "./world.ts";

const settings: Omit<z.input<typeof VenueSettings>, "name" | "zone"> = {
  timeZone: "Europe/London",
  address: "1 Simulation Street",
  point: { lat: 51.5145, lng: -0.1332 },
  fulfilments: ["pickup", "delivery"],
  deliveryFee: 250,
};

/** Who opens venues, and the zone whose drivers deliver for them. */
export interface Founder {
  readonly api: Api;
  readonly admin: Tokens;
  readonly zone: ZoneId;
}

/**
 * A founder with a zone that nobody was in before: drivers of a run that was killed are still on shift in theirs, and let
 * every offer run out.
 */
export function newFounder({ api, admin }: Pick<Founder, "api" | "admin">): Founder {
  return { api, admin, zone: `sim-${Date.now().toString(36)}` };
}

async function openVenue({ api, admin, zone }: Founder, venue: string, name: string): Promise<void> {
  const body = { name, zone, ...settings };
  const opened = await api.call(venueRoutes.write, { as: admin, params: { venue }, body });
  if (!opened.ok) throw new Error(`The venue ${venue} cannot be opened: ${describe(opened)}`);
}

/** Opens a venue that sells this menu. */
export async function openWithMenu(founder: Founder, venue: string, name: string, menu: MenuFile): Promise<void> {
  await openVenue(founder, venue, name);
  const { api, admin } = founder;
  const published = await api.call(venueRoutes.writeMenu, { as: admin, params: { venue }, body: menu });
  if (!published.ok) throw new Error(`The menu of ${venue} cannot be published: ${describe(published)}`);
}

/** A restaurant's venue after its menu files were sent: what each report says, and what was refused whole. */
export interface OpenedRestaurant {
  readonly venue: string;
  readonly reports: readonly ImportReport[];
  readonly refused: readonly string[];
}

/** Opens a venue for each restaurant among the files and imports its menu; several languages of one are one restaurant. */
export async function openRestaurants(
  founder: Founder,
  prefix: string,
  paths: readonly string[],
  currency: string | undefined,
): Promise<OpenedRestaurant[]> {
  const files = (await Promise.all(paths.map(menuFiles))).flat();
  if (files.length === 0) throw new Error(`No menu file (.json, .csv) is in ${paths.join(", ")}.`);
  const restaurants = Map.groupBy(files, restaurantOf);
  const ids = venueIds(prefix, [...restaurants.keys()]);
  const opened: OpenedRestaurant[] = [];
  for (const [restaurant, sources] of restaurants) {
    const venue = ids.get(restaurant) ?? prefix;
    await openVenue(founder, venue, basename(restaurant).slice(0, 120));
    const reports: ImportReport[] = [];
    const refused: string[] = [];
    for (const file of sources) {
      const reply = await importMenuFile(founder.api, founder.admin, { venue, file, currency });
      if (reply.ok) reports.push(reply.value);
      else refused.push(`${file} cannot be imported: ${describe(reply)}`);
    }
    opened.push({ venue, reports, refused });
  }
  return opened;
}

/** The menu files there, in folders and the folders in them. */
async function menuFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path, { recursive: true })).filter((name) => /\.(?:json|csv)$/i.test(name));
  return names.toSorted().map((name) => join(path, name));
}

/** `bangkok/kfc` of `bangkok/kfc.en.json` and of `bangkok/kfc.th.json`. */
export function restaurantOf(file: string): string {
  return file.replace(/(?:\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?)?\.(?:json|csv)$/i, "");
}

/** An id for each restaurant's venue, by its name; of those with the same name the later ones are numbered. */
export function venueIds(prefix: string, restaurants: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    restaurants.map((restaurant) => {
      const usual = `${prefix}-${basename(restaurant)}`
        .normalize("NFKD")
        .toLowerCase()
        .replaceAll(/\p{M}/gu, "")
        .replaceAll(/[^a-z0-9]+/g, "-")
        .slice(0, 58)
        .replaceAll(/^-+|-+$/g, "");
      let id = usual;
      for (let copy = 2; taken.has(id); copy += 1) id = `${usual}-${copy}`;
      taken.add(id);
      return [restaurant, id];
    }),
  );
}
