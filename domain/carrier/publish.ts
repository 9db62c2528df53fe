import type { Addressed } from "../../contracts/events.ts";
import type { Recorded } from "../../contracts/rules.ts";
import type { Booking } from "./booking.ts";
import type { CarrierState } from "./carrier.ts";
import type { CarrierEvent } from "./command.ts";

/** What the zone must know of an event. */
export function publish(event: Recorded<CarrierEvent>, state: CarrierState, before: CarrierState): readonly Addressed[] {
  return [...said(event, state, before), ...scored(event, state, before)];
} // prettier-ignore

/** How the carrier does, for the zones that have asked it: when it begins or ceases to answer, and with each booking. */
function scored(event: Recorded<CarrierEvent>, state: CarrierState, before: CarrierState): Addressed[] {
  const wellness = (state.breaker.state === "closed") !== (before.breaker.state === "closed");
  if (!wellness && event.type !== "booked" && event.type !== "ended") return [];
  const { latencyMs, answered, cost } = state.scores ?? {};
  const data = {
    breaker: state.breaker.state,
    latencyMs: latencyMs?.mean ?? null,
    answered: answered?.mean ?? null,
    cost: cost?.mean ?? null,
  };
  const zones = new Set(Object.values(state.bookings).map(({ zone }) => zone));
  return [...zones].map((to) => ({ to, type: "carrier.scored", data }));
}

function said(event: Recorded<CarrierEvent>, state: CarrierState, before: CarrierState): readonly Addressed[] {
  if (!("order" in event)) return [];
  const booking = state.bookings[event.order];
  const was = before.bookings[event.order];
  if (booking === undefined) return [];
  const { zone: to, tracking } = booking;
  const data = { order: event.order, name: state.settings?.name ?? "" };
  switch (event.type) {
    case "fell-silent":
      return [{ to, type: "carrier.silent", data: { ...data, since: event.since } }];
    case "answered":
      return was?.silent === true ? [{ to, type: "carrier.answered", data }] : [];
    case "booked": {
      const { stage } = was ?? {};
      if (stage?.status === "withdrawing" && stage.why === "recalled") {
        const detail = "The carrier could not give it back any more.";
        return [...told(event, booking, was, data), { to, type: "carrier.kept", data: { ...data, detail } }];
      }
      return told(event, booking, was, data);
    }
    case "shipped":
      return [{ to, type: "carrier.shipped", data: { ...data, tracking, dropoffAt: event.parcel.dropoffAt } }];
    case "ended":
      return ended(event, booking, was, data);
    case "requested":
    case "called":
    case "unanswered":
    case "quoted":
    case "quote-ran-out":
    case "withdrawing":
      return [];
  }
} // prettier-ignore

function told(
  { parcel: { pickupAt, dropoffAt } }: Extract<CarrierEvent, { type: "booked" | "shipped" }>,
  { zone: to, tracking }: Booking,
  was: Booking | undefined,
  data: { readonly order: string; readonly name: string },
): Addressed[] {
  // It said so before; that it could not be withdrawn changes nothing for whoever waits.
  if (was !== undefined && was.id !== null) return [];
  return [{ to, type: "carrier.booked", data: { ...data, tracking, pickupAt, dropoffAt } }];
}

function ended(
  { outcome, detail }: Extract<CarrierEvent, { type: "ended" }>,
  { zone: to }: Booking,
  was: Booking | undefined,
  data: { readonly order: string; readonly name: string },
): Addressed[] {
  switch (outcome) {
    case "delivered":
      return [{ to, type: "carrier.delivered", data }];
    case "released":
      return [{ to, type: "carrier.released", data: { ...data, detail } }];
    case "lost":
      return [{ to, type: "carrier.lost", data: { ...data, detail } }];
    case "abandoned":
      // Who has called it off does not wait for it any more.
      if (was?.stage.status === "withdrawing" && was.stage.why === "called-off") return [];
      return [{ to, type: "carrier.lost", data: { ...data, detail } }];
    case "called-off":
    case "too-late":
      return [];
  }
}
