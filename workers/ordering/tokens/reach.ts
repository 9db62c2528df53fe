import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { reachesVenue, type Principal } from "../../../contracts/principal.ts";

/** Nobody hands out more than they have: the refusal when `venues` (null: all) holds one the principal does not reach. */
export function beyondReach(principal: Principal, venues: readonly string[] | null): Refusal | null {
  if (principal.venues === null) return null;
  if (venues === null) return refuse("forbidden", "Name the venues: your token does not reach all of them.");
  const errors = venues.flatMap((venue, at) =>
    reachesVenue(principal, venue) ? [] : [{ pointer: `/venues/${at}`, detail: "Not within your token's reach." }],
  );
  return errors.length === 0 ? null : refuse("forbidden", "Your token does not reach these venues.", errors);
}
