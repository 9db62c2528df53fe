import type { Point } from "../../contracts/point.ts";
import type { DeliveryAddress } from "../../contracts/order.ts";
import { travelMs } from "../dispatch/travel.ts";
import { handOverMs, promised, usualPressure, type Promised } from "../promise/promise.ts";
import type { Order, Placed } from "./order.ts";

/**
 * When an order is at the customer's door, as far as can be said at `now`; of one that is fetched or eaten there, when
 * it is ready. From what the order knows itself and what the zone has told it, so that it costs nobody a question.
 * Null where it is not placed, is ready to be fetched, or is over.
 */
export function etaOf(order: Order, now: number): Promised | null {
  const { placed, stage, delivery, foresight, timeline } = order;
  const readyAt = placed === null ? null : readyAtOf(order, placed, now);
  if (placed === null || readyAt === null) return null;
  const waitedMs = now - (timeline.findLast(({ type }) => type === "accepted")?.at ?? now);
  const ready = stage.status === "ready" || stage.status === "out-for-delivery";
  if (order.fulfilment !== "delivery") return ready ? null : promised({ stage: "cooking", readyAt, waitedMs }, now);
  const { carrier, driver = null, atVenue = false, pickupAt = null, dropoffAt = null } = delivery ?? {};
  if (carrier !== undefined && dropoffAt !== null) return promised({ stage: "carried", dropoffAt }, now);
  if (stage.status === "out-for-delivery") {
    const doorAt = foresight?.doorAt ?? dropoffAt;
    return doorAt === null ? null : promised({ stage: "picked-up", doorAt }, now);
  }
  const usualWay = 2 * handOverMs + travelMs(placed.terms.venue.point, pointOf(placed.address), "bike");
  const itsWay = pickupAt === null || dropoffAt === null ? usualWay : dropoffAt - pickupAt + handOverMs;
  const wayMs = foresight?.wayMs ?? itsWay;
  const arriveAt = atVenue ? now : driver === null ? null : (foresight?.arriveAt ?? pickupAt);
  const { pressure = usualPressure, slack } = foresight ?? {};
  return promised(
    { stage: "waiting", readyAt, ready, certain: false, arriveAt, wayMs, pressure, waitedMs, slack },
    now,
  );
}

/** When the food is ready: as the kitchen has said, and before that as the venue's terms let expect. */
function readyAtOf({ stage, timeline }: Order, { terms, requestedFor }: Placed, now: number): number | null {
  switch (stage.status) {
    case "placed":
      return Math.max(now + terms.preparationMs, requestedFor ?? 0);
    case "scheduled":
      return Math.max(stage.sendAt + terms.preparationMs, requestedFor ?? 0);
    case "sent": {
      const sentAt = timeline.findLast(({ type }) => type === "sent")?.at ?? now;
      return Math.max(sentAt + terms.preparationMs, requestedFor ?? 0);
    }
    case "accepted":
    case "preparing":
    case "ready":
    case "out-for-delivery":
      return stage.readyAt;
    case "nothing":
    case "basket":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return null;
  }
}

/** Where an address lies; null where nobody knows. */
export function pointOf(address: DeliveryAddress | null): Point | null {
  if (address === null || address.lat === null || address.lng === null) return null;
  return { lat: address.lat, lng: address.lng };
}
