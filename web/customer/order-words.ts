import type { OrderView } from "../../contracts/order.ts";
import { clock } from "../shared/format.ts";
import type { Words } from "./words.ts";

/** What is happening, in a few words. */
export function statusWords({ status, seenAt, fulfilment }: OrderView, t: Words): string {
  if (status === "sent" && seenAt !== null) return t.status.seen;
  if (status === "ready") return fulfilment === "delivery" ? t.status.readyDelivery : t.status.readyPickup;
  return t.status[status];
}

/** When the food is there; empty where nobody has promised anything, or it is over. */
export function whenWords(order: OrderView, t: Words): string {
  const { status, readyAt, delivery } = order;
  const dropoff = delivery?.dropoffAt ?? null;
  switch (status) {
    case "accepted":
    case "preparing":
      if (dropoff !== null) return t.withYouAt(clock(dropoff));
      return readyAt === null ? "" : t.readyAt(clock(readyAt));
    case "ready":
      if (dropoff !== null) return t.withYouAt(clock(dropoff));
      return readyAt === null ? "" : t.wasReadyAt(clock(readyAt));
    case "out-for-delivery":
      return dropoff === null ? "" : t.withYouAt(clock(dropoff));
    case "basket":
    case "placed":
    case "scheduled":
    case "sent":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return "";
  }
}

/** Who brings it, and where that person is. */
export function driverWords({ status, delivery }: OrderView, t: Words): string {
  if (delivery === null || !["accepted", "preparing", "ready", "out-for-delivery"].includes(status)) return "";
  const { driver, atVenue, pickedUp } = delivery;
  if (driver === null) return t.findingDriver;
  if (pickedUp) return t.driverComes(driver.name);
  return atVenue ? t.driverAtVenue(driver.name) : t.driverIs(driver.name);
}
