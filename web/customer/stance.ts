import type { VenueSettings } from "../../contracts/venue.ts";
import { zoneName } from "../shared/format.ts";
import { thisMinute } from "./minute.ts";
import { isElsewhere, type Stance } from "./moments.ts";
import { venueAlone } from "./venue-data.ts";

/** By whose clock and calendar an order's page speaks: the venue's, for its food is ready by the clock on its wall. */
export function useStance(venue: string): {
  /** Null until the venue's time zone is known, or cannot be had. */
  readonly stance: Stance | null;
  /** What that time is called, where this device's is another; else empty. */
  readonly zone: string;
  readonly venue: VenueSettings | null;
} {
  const data = venueAlone(venue).value;
  const now = thisMinute.value;
  if (data.status === "loading") return { stance: null, zone: "", venue: null };
  if (data.status === "failed") return { stance: { now }, zone: "", venue: null };
  const { settings } = data.venue;
  const { timeZone } = settings;
  const zone = isElsewhere(now, timeZone) ? zoneName(now, timeZone) : "";
  return { stance: { now, timeZone }, zone, venue: settings };
}
