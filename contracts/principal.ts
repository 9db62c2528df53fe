import { z } from "zod";
import { TenantId, VenueId } from "./ids.ts";

export const Role = z.enum(["customer", "staff", "driver", "admin", "service"]);
export type Role = z.infer<typeof Role>;

/**
 * Who is asking, as an access token says it.
 * `venues` null means every venue of the tenant; `expiresAt` is epoch milliseconds.
 */
export const Principal = z.object({
  tenant: TenantId,
  subject: z.string().min(1).max(128),
  role: Role,
  venues: z.array(VenueId).nullable(),
  expiresAt: z.int(),
});
export type Principal = z.infer<typeof Principal>;

/** The header by which the front door tells the services behind it who is asking; never taken from outside. */
export const principalHeader = "x-comanda-principal";

/** Whether the principal's token reaches this venue (the tenant is checked by the object's name). */
export function reachesVenue(principal: Principal, venue: VenueId): boolean {
  return principal.venues === null || principal.venues.includes(venue);
}
