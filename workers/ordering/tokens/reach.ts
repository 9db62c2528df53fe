import { and, eq, inArray, sql, type Column, type SQL } from "drizzle-orm";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { reachesVenue, type Principal } from "../../../contracts/principal.ts";
import { dbFor } from "../../shared/database.ts";
import { venues } from "../tables/menus.ts";
import type { TokenEnv } from "./env.ts";

/** Nobody hands out more than they have: the refusal when `venues` (null: all) holds one the principal does not reach. */
export function beyondReach(principal: Principal, venues: readonly string[] | null): Refusal | null {
  if (principal.venues === null) return null;
  if (venues === null) return refuse("forbidden", "Name the venues: your token does not reach all of them.");
  const errors = venues.flatMap((venue, at) =>
    reachesVenue(principal, venue) ? [] : [{ pointer: `/venues/${at}`, detail: "Not within your token's reach." }],
  );
  return errors.length === 0 ? null : refuse("forbidden", "Your token does not reach these venues.", errors);
}

/** The refusal when `venues` (null: all) holds one that is none of the tenant's. */
export async function unknownVenues(
  env: Pick<TokenEnv, "DB">,
  tenant: string,
  named: readonly string[] | null,
): Promise<Refusal | null> {
  if (named === null) return null;
  const rows = await dbFor(env, { tenant })
    .select({ id: venues.id })
    .from(venues)
    .where(and(eq(venues.tenant, tenant), inArray(venues.id, [...named])));
  const known = new Set(rows.map(({ id }) => id));
  const errors = named.flatMap((venue, at) =>
    known.has(venue) ? [] : [{ pointer: `/venues/${at}`, detail: "There is no such venue." }],
  );
  return errors.length === 0 ? null : refuse("invalid-value", "See errors.", errors);
}

/** Of rows that are for some `venues` (null: all) those the principal reaches every one of; undefined where that is all. */
export function withinReach({ venues }: Principal, column: Column): SQL | undefined {
  if (venues === null) return undefined;
  const foreign = sql`select 1 from json_each(${column})
    where json_each.value not in (select value from json_each(${JSON.stringify(venues)}))`;
  return sql`${column} is not null and not exists (${foreign})`;
}
