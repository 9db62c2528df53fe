import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { z } from "zod";
import type { MenuFile } from "../../contracts/menu.ts";
import { type ImportReport, venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import type { Api } from "../client/api.ts";
import { importMenuFile } from "../client/menu-import.ts";
import type { Tokens } from "../client/tokens.ts";
import { describe } from "./world.ts";

const settings: Omit<z.input<typeof VenueSettings>, "name"> = {
  timeZone: "Europe/London",
  address: "1 Simulation Street",
  point: { lat: 51.5145, lng: -0.1332 },
  fulfilments: ["pickup", "delivery"],
  deliveryFee: 250,
};

async function openVenue(api: Api, admin: Tokens, venue: string, name: string): Promise<void> {
  const opened = await api.call(venueRoutes.write, { as: admin, params: { venue }, body: { name, ...settings } });
  if (!opened.ok) throw new Error(`The venue ${venue} cannot be opened: ${describe(opened)}`);
}

/** Opens a venue that sells this menu. */
export async function openWithMenu(
  api: Api,
  admin: Tokens,
  venue: string,
  name: string,
  menu: MenuFile,
): Promise<void> {
  await openVenue(api, admin, venue, name);
  const published = await api.call(venueRoutes.writeMenu, { as: admin, params: { venue }, body: menu });
  if (!published.ok) throw new Error(`The menu of ${venue} cannot be published: ${describe(published)}`);
}

/** Opens a venue for each restaurant among the files and imports its menu; several languages of one are one restaurant. */
export async function openRestaurants(
  api: Api,
  admin: Tokens,
  prefix: string,
  paths: readonly string[],
  currency: string | undefined,
): Promise<{ venue: string; reports: ImportReport[] }[]> {
  const files = (await Promise.all(paths.map(menuFiles))).flat();
  const restaurants = Map.groupBy(files, restaurantOf);
  const opened: { venue: string; reports: ImportReport[] }[] = [];
  for (const [restaurant, sources] of restaurants) {
    const venue = `${prefix}-${restaurant}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .slice(0, 60)
      .replaceAll(/^-+|-+$/g, "");
    await openVenue(api, admin, venue, restaurant);
    const reports: ImportReport[] = [];
    for (const file of sources) {
      const reply = await importMenuFile(api, admin, { venue, file, currency });
      if (!reply.ok) throw new Error(`${file} cannot be imported: ${describe(reply)}`);
      reports.push(reply.value);
    }
    opened.push({ venue, reports });
  }
  return opened;
}

async function menuFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.(?:json|csv)$/.test(name));
  return names.toSorted().map((name) => join(path, name));
}

/** `kfc` of `kfc.en.json` and of `kfc.th.json`. */
function restaurantOf(file: string): string {
  return basename(file).replace(/(?:\.[a-z]{2})?\.(?:json|csv)$/, "");
}
