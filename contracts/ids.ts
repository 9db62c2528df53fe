import { z } from "zod";

/**
 * Ids that people choose are keys of records, and every record has some already, such as `constructor`: looked up there
 * they would be found where nobody put them.
 */
export const chosenId = (pattern: RegExp, means?: string) =>
  z
    .string()
    .regex(pattern, means)
    .refine((id) => !(id in Object.prototype), "a name that means something else already");

const slug = () =>
  chosenId(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "lower-case letters, digits and inner hyphens, at most 63");

/** A tenant: a restaurant chain. Lower-case slug, 1 to 63 characters. */
export const TenantId = slug();
export type TenantId = string;

/** A venue: one restaurant. A slug unique in the whole installation. */
export const VenueId = slug();
export type VenueId = string;

/** An order, and with it its ticket and its delivery: `ord_` and 26 lower-case base32 characters. */
export const OrderId = z.string().regex(/^ord_[0-9a-hjkmnp-tv-z]{26}$/, "an order id: ord_ and 26 characters");
export type OrderId = string;

/** A delivery zone of a tenant; `main` where the venue names none. */
export const ZoneId = slug();
export type ZoneId = string;

/** A third-party carrier of a tenant. `own` is no carrier's: as a channel it means the tenant's own drivers. */
export const CarrierId = slug().refine((id) => id !== "own", "own means your own drivers");
export type CarrierId = string;

/** By which way a delivery goes: `own`, the tenant's own drivers, or a carrier's id. */
export const Channel = slug();
export type Channel = string;

/** A driver: the subject of the driver's token. */
export const DriverId = chosenId(/^[a-z0-9][a-z0-9_-]{0,62}$/, "a driver id");
export type DriverId = string;

/** An item, variation, option group or option of a menu; stable across imports. */
export const MenuKey = chosenId(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,95}$/, "letters, digits and . _ : - , at most 96");
export type MenuKey = string;
