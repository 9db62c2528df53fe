import type { Fulfilment } from "../../contracts/basket.ts";
import type { Checkout, DeliveryAddress } from "../../contracts/order.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { epochMs, rfc3339 } from "../../contracts/time.ts";
import { durationMs, type VenueSettings } from "../../contracts/venue.ts";
import { metresBetween } from "../dispatch/travel.ts";
import { isOpen, type LocalTime } from "../menu/availability.ts";
import { localTime } from "./local-time.ts";
import type { Venue } from "./venue.ts";

/** What a basket must know of a venue: the venue's state without stock and reservations. */
export type VenueSnapshot = Pick<Venue, "settings" | "revision" | "menuVersion" | "paused" | "busyMinutes"> & {
  readonly soldOut: readonly string[];
  /** What is counted. */
  readonly counted: readonly string[];
  /** To whom orders placed here are reported; missing in what older code has kept. */
  readonly endpoints?: readonly string[];
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
  const cash = fulfilment === "delivery" && checkout.payment.method === "cash";
  if (cash && settings.channels?.includes("own") === false) {
    return refuse("invalid-value", "A carrier brings it, and takes no cash: pay by card.", [
      { pointer: "/checkout/payment/method", detail: "not for deliveries here" },
    ]);
  }
  if (fulfilment !== "delivery" && checkout.address !== null) {
    return refuse("invalid-value", "An address is taken for a delivery only.", [
      { pointer: "/checkout/address", detail: "leave it out" },
    ]);
  }
  const tooFar = fulfilment === "delivery" ? outsideArea(settings, checkout.address) : null;
  if (tooFar !== null) return tooFar;
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

/** An address without coordinates cannot be measured: its postcode tells, or the kitchen, which sees it. */
function outsideArea(settings: VenueSettings, address: DeliveryAddress | null): Refusal | null {
  const { deliveryRadius, deliveryPostcodes, point } = settings;
  // Settings kept by an older version have no radius at all.
  const radius = deliveryRadius ?? null;
  if (address === null) return null;
  if (radius === null || point === null || address.lat === null || address.lng === null) {
    return deliveryPostcodes === undefined ? null : outsidePostcodes(deliveryPostcodes, address);
  }
  const metres = Math.round(metresBetween(point, { lat: address.lat, lng: address.lng }));
  if (metres <= radius) return null;
  return refuse("outside-area", `The venue delivers within ${radius} m; this is ${metres} m away.`, [
    { pointer: "/checkout/address", detail: `at most ${radius} m from the venue` },
  ]);
}

function outsidePostcodes(known: readonly string[], { postcode }: DeliveryAddress): Refusal | null {
  const pointer = "/checkout/address/postcode";
  const plain = (text: string): string => text.replaceAll(/\s/g, "").toUpperCase();
  if (postcode === null) {
    const detail = "needed to see whether the venue delivers there";
    return refuse("invalid-value", "The address has no postcode.", [{ pointer, detail }]);
  }
  if (known.some((one) => plain(one) === plain(postcode))) return null;
  return refuse("outside-area", `The venue does not deliver to ${postcode}.`, [
    { pointer, detail: "not delivered to" },
  ]);
}

function clock({ minute }: LocalTime): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
