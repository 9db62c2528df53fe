import type { Chance } from "./chance.ts";

/** A venue and those it works with. Two venues of one tenant share a zone and its drivers, or lend each other theirs. */
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

/** The same houses, where two of one tenant often have a zone each: the second then is next door. */
export function bordered(all: readonly House[], chance: Chance): readonly House[] {
  const isBordered = chance.hits(0.6);
  return all.map((one, at) => {
    const isSecond = all.slice(0, at).some(({ tenant }) => tenant === one.tenant);
    return isBordered && isSecond ? inZone(one, `${one.tenant}/norte`) : one;
  });
}

export function inZone(one: House, zoneName: string): House {
  return { ...one, zoneName };
}

/** The id of the zone a house is in. */
export function zoneOf({ zoneName }: House): string {
  return zoneName.split("/")[1] ?? "";
}

/** The zones of a tenant. */
export function zonesOf(all: readonly House[], tenant: string): string[] {
  return [...new Set(all.flatMap((one) => (one.tenant === tenant ? [zoneOf(one)] : [])))];
}

function house(tenant: string, venue: string, lat: number): House {
  return { tenant, venue, venueName: `${tenant}/${venue}`, zoneName: `${tenant}/main`, point: { lat, lng: -9.1334 } };
}
