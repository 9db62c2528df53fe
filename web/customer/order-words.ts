import type { Eta } from "../../contracts/eta.ts";
import type { OrderView } from "../../contracts/order.ts";
import { inside } from "../shared/format.ts";
import { atMoment, moment, momentRange, type Stance } from "./moments.ts";
import type { OrderWords as Words } from "./words-order.ts";

type Carrier = NonNullable<NonNullable<OrderView["delivery"]>["carrier"]>;

/** What is happening, in a few words. */
export function statusWords({ status, seenAt, fulfilment, delivery }: OrderView, t: Words): string {
  if (status === "sent" && seenAt !== null) return t.status.seen;
  if (status === "ready" && delivery?.carrier !== undefined) return t.status.readyCarrier;
  if (status === "ready") return fulfilment === "delivery" ? t.status.readyDelivery : t.status.readyPickup;
  return t.status[status];
}

/**
 * When the food is there, or is wanted, on the venue's clock; empty where it is neither promised nor booked, or is over.
 * What is brought has a window, in which it comes four times in five; what is fetched has the kitchen's word.
 */
export function whenWords(order: OrderView, t: Words, stance: Stance): string {
  const { status, fulfilment, readyAt, requestedFor, eta = null } = order;
  const comes = fulfilment === "delivery" && eta !== null ? withYouWords(eta, t, stance) : "";
  switch (status) {
    case "accepted":
    case "preparing":
      return comes !== "" || readyAt === null ? comes : t.readyAt(atMoment(readyAt, stance, t));
    case "ready":
      return comes !== "" || readyAt === null ? comes : t.wasReadyAt(moment(readyAt, stance, t));
    case "out-for-delivery":
      return comes;
    case "placed":
    case "scheduled":
    case "sent":
      return requestedFor === null ? comes : t.wantedAt(atMoment(requestedFor, stance, t));
    case "basket":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return "";
  }
}

/** A window; of another day with the day, for a carrier may take some. */
function withYouWords({ from, to }: Eta, t: Words, stance: Stance): string {
  return t.withYouAt(momentRange(from, to, stance, t));
}

/** When a tablet first showed it, while that is still news. */
export function seenWords({ status, seenAt }: OrderView, t: Words, stance: Stance): string {
  const isNews = status === "sent" || status === "accepted" || status === "preparing";
  return seenAt === null || !isNews ? "" : t.seenAt(atMoment(seenAt, stance, t));
}

/** Who brings it, and where that person is. */
export function driverWords({ status, delivery }: OrderView, t: Words, stance: Stance): string {
  if (delivery === null || !["accepted", "preparing", "ready", "out-for-delivery"].includes(status)) return "";
  const { driver, atVenue, pickedUp, carrier } = delivery;
  if (carrier !== undefined) return carrierWords(carrier, t, stance);
  if (driver === null) return t.findingDriver;
  const name = inside(driver.name);
  if (pickedUp) return t.driverComes(name);
  return atVenue ? t.driverAtVenue(name) : t.driverIs(name);
}

/** How far the carrier has come, and honestly so where it does not answer. */
function carrierWords({ name: carrier, state, tracking, silentSince }: Carrier, t: Words, stance: Stance): string {
  const name = inside(carrier);
  const progress = {
    asked: silentSince === null ? t.carrierAsked(name) : "",
    booked: t.carrierBooked(name),
    shipped: t.carrierShipped(name),
  }[state];
  const silence =
    silentSince === null
      ? ""
      : state === "asked"
        ? t.carrierSilent(name, moment(silentSince, stance, t))
        : t.carrierQuiet(name, moment(silentSince, stance, t));
  return [progress, silence, tracking === null ? "" : t.carrierTracking(tracking)]
    .filter((part) => part !== "")
    .join(" ");
}

/** What has become of the money; cash goes from hand to hand. */
export function paymentWords({ method, status }: NonNullable<OrderView["payment"]>, t: Words): string {
  if (method === "cash" && status === "captured") return t.paidInCash;
  return method === "cash" && status === "voided" ? t.nothingPaid : t.money[status];
}

/** What becomes of the money of an order that ended without food; empty where the reason says it already, or it was had. */
export function moneyBackWords({ end, payment }: OrderView, amount: string, t: Words): string {
  if (end === null || payment === null) return "";
  switch (payment.status) {
    case "declined":
      return "";
    case "due":
      return t.moneyBack.nothing;
    case "voiding":
    case "voided":
      if (end.reason.startsWith("payment-")) return "";
      return payment.method === "cash" ? t.moneyBack.nothing : t.moneyBack.released(amount);
    case "refunding":
    case "refunded":
      return payment.method === "cash" ? t.moneyBack.nothing : t.moneyBack.back(amount);
    case "capturing":
    case "captured":
      return end.reason === "not-collected" ? t.moneyBack.kept : "";
    case "authorising":
    case "authorised":
      return payment.method === "cash" ? t.moneyBack.nothing : t.moneyBack.released(amount);
    case "attention":
      return t.moneyBack.attention;
  }
}
