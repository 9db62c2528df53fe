import { sql, type SQL } from "drizzle-orm";
import type { Principal } from "../../contracts/principal.ts";
import { orders } from "./tables/orders.ts";

/** Of the crew, whose token may name more venues than a statement takes parameters: they go in as one text. */
export function atVenuesOf({ venues }: Pick<Principal, "venues">): SQL | undefined {
  return venues === null ? undefined : sql`${orders.venue} in (select value from json_each(${JSON.stringify(venues)}))`;
}
