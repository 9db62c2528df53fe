import { z } from "zod";
import { TenantId, VenueId, type ZoneId } from "./ids.ts";

/** A watcher holds the link of one order, whose id is its subject: it may follow that order, and nothing else. */
export const Role = z.enum(["customer", "staff", "driver", "admin", "service", "watcher"]);
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

/** Of whom a token was revoked, and where its sockets may be: the boards of these venues, the zones of these names. */
export interface Dismissal extends Pick<Principal, "tenant" | "subject" | "role"> {
  readonly venues: readonly VenueId[];
  readonly zones: readonly ZoneId[];
}

/** What the front door asks of a service behind it by RPC, at an entrypoint that has no address. */
export interface Doorkeeper {
  /** Closes the subject's sockets. */
  dismiss(dismissal: Dismissal): Promise<void>;
}

/** The header by which the front door tells the services behind it who is asking; never taken from outside. */
export const principalHeader = "x-comanda-principal";

/** Whether the principal's token reaches this venue (the tenant is checked by the object's name). */
export function reachesVenue(principal: Principal, venue: VenueId): boolean {
  return principal.venues === null || principal.venues.includes(venue);
}
