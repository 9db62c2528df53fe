import type { Fulfilment } from "../../contracts/basket.ts";
import { durationMs, type VenueSettings } from "../../contracts/venue.ts";
import { isOpen } from "../menu/availability.ts";
import { localTime } from "./local-time.ts";

const minute = 60_000;
const quarter = 15 * minute;
/** However far ahead a venue plans, nobody chooses among more. */
const farthestMs = 14 * 24 * 60 * minute;

/** Whether the venue is open for such orders at an instant (epoch ms), by the clock on its wall. */
export function isOpenFor(settings: VenueSettings, fulfilment: Fulfilment, at: number): boolean {
  return isOpen(settings.hours[fulfilment], localTime(at, settings.timeZone));
}

/**
 * The times (epoch ms) to choose from for an order ahead: every quarter of an hour at which the venue is open, from when
 * the food could be ready to as far ahead as it plans. Every clock on earth is whole quarters from UTC.
 */
export function slots(
  { settings, busyMinutes }: { readonly settings: VenueSettings; readonly busyMinutes: number },
  fulfilment: Fulfilment,
  now: number,
): number[] {
  const soonest = now + durationMs(settings.preparation) + busyMinutes * minute;
  const first = Math.ceil(soonest / quarter) * quarter;
  const last = now + Math.min(durationMs(settings.scheduleAhead), farthestMs);
  const count = Math.max(0, Math.floor((last - first) / quarter) + 1);
  return Array.from({ length: count }, (_, at) => first + at * quarter).filter((at) =>
    isOpenFor(settings, fulfilment, at),
  );
}
