import type { Fulfilment } from "../../contracts/basket.ts";
import type { Checkout } from "../../contracts/order.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { epochMs, rfc3339 } from "../../contracts/time.ts";
import { durationMs } from "../../contracts/venue.ts";
import { isOpen, type LocalTime } from "../menu/availability.ts";
import { localTime } from "./local-time.ts";
import type { Venue } from "./venue.ts";

/** What a basket must know of a venue: the venue's state without stock and reservations. */
export type VenueSnapshot = Pick<Venue, "settings" | "revision" | "menuVersion" | "paused" | "busyMinutes"> & {
  readonly soldOut: readonly string[];
  /** What is counted. */
  readonly counted: readonly string[];
};

export interface Admission {
  /** When the food is wanted (epoch ms), or null for as soon as possible. */
  readonly requestedFor: number | null;
  readonly preparationMs: number;
  /** The venue's wall clock when the food is wanted: what is sold only at lunch is judged by it. */
  readonly local: LocalTime;
}

/** Whether the venue takes such an order now, and on what terms; every reason against it is given. */
export function admit(
  venue: VenueSnapshot,
  fulfilment: Fulfilment,
  checkout: Checkout,
  now: number,
): Admission | Refusal {
  const { settings, paused } = venue;
  if (settings === null) return refuse("not-found", "No such venue.");
  if (!settings.fulfilments.includes(fulfilment)) {
    return refuse("invalid-value", `The venue offers ${settings.fulfilments.join(", ")}.`, [
      { pointer: "/fulfilment", detail: "not offered here" },
    ]);
  }
  if (paused !== null && (paused.until === null || paused.until > now)) {
    const until = paused.until === null ? "for the moment" : `until ${rfc3339(paused.until)}`;
    return refuse(
      "venue-closed",
      `The venue takes no orders ${until}.${paused.reason === "" ? "" : ` ${paused.reason}`}`,
    );
  }
  if (fulfilment === "delivery" && checkout.address === null) {
    return refuse("invalid-value", "A delivery needs an address.", [
      { pointer: "/checkout/address", detail: "missing" },
    ]);
  }
  const preparationMs = durationMs(settings.preparation) + venue.busyMinutes * 60_000;
  const requestedFor = checkout.requestedFor === null ? null : epochMs(checkout.requestedFor);
  if (requestedFor !== null) {
    const latest = now + durationMs(settings.scheduleAhead);
    if (requestedFor < now || requestedFor > latest) {
      return refuse("invalid-value", "The time asked for cannot be promised.", [
        { pointer: "/checkout/requestedFor", detail: `between ${rfc3339(now)} and ${rfc3339(latest)}` },
      ]);
    }
  }
  const local = localTime(requestedFor ?? now, settings.timeZone);
  const hours = settings.hours[fulfilment];
  if (!isOpen(hours, local)) {
    const detail = `At ${clock(local)} there the venue is closed for ${fulfilment}.`;
    return refuse(
      "venue-closed",
      detail,
      requestedFor === null ? undefined : [{ pointer: "/checkout/requestedFor", detail: "closed then" }],
    );
  }
  return { requestedFor, preparationMs, local };
}

function clock({ minute }: LocalTime): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
