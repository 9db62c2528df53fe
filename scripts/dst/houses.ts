import type { Chance } from "./chance.ts";

/** A venue and those it works with. The zone is its tenant's: two venues of one tenant share their drivers. */
export interface House {
  readonly tenant: string;
  readonly venue: string;
  /** Names of objects: `{tenant}/{id}`. */
  readonly venueName: string;
  readonly zoneName: string;
  readonly point: { readonly lat: number; readonly lng: number };
}

/** What there may be in a town: the same zone and the same drivers' names are found under both tenants. */
export const houses = [
  house("demo", "tasca", 38.7139),
  house("demo", "adega", 38.7161),
  house("outra", "cantina", 38.7122),
] as const;

/** Mostly one venue; often two of one tenant, or two tenants. */
export function housesOf(chance: Chance): readonly House[] {
  const [tasca, adega, cantina] = houses;
  return chance.of([[tasca], [tasca], [tasca], [tasca, adega], [tasca, cantina], [tasca, adega, cantina]]);
}

function house(tenant: string, venue: string, lat: number): House {
  return { tenant, venue, venueName: `${tenant}/${venue}`, zoneName: `${tenant}/main`, point: { lat, lng: -9.1334 } };
}
