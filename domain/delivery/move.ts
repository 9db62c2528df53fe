import type { Carried } from "../../contracts/events.ts";
import type { CarrierId, Channel } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { own } from "../channel/chooser.ts";
import { fetcherOf, isOver, type Delivery } from "./delivery.ts";
import type { Tale } from "./tale.ts";

/**
 * Staff give a delivery to another channel. A carrier may have booked what it was asked for though its answer never
 * came, so it must give the delivery back by its own word first; own drivers who do not have the food give it at once.
 */
export function move(tale: Tale, delivery: Delivery, to: Channel): Refusal | null {
  const { stage, job, passed = [], movingTo } = delivery;
  const { order } = job;
  const present = stage.status === "with-carrier" ? stage.carrier.id : own;
  const isUnderWay = stage.status === "with-carrier" ? stage.carrier.state === "shipped" : stage.status === "picked-up";
  if (isOver(stage) || stage.status === "returning") return refuse("conflict", "This delivery is over.");
  if (isUnderWay) return refuse("conflict", "It is on its way to the customer already.");
  if (to === (movingTo ?? present)) return null;
  if (to === present) return refuse("conflict", "It has been asked back from there already; the answer decides.");
  if (to !== own && job.cash !== null) return refuse("conflict", "No carrier takes cash at the door.");
  // It would know the order by a booking that is over, and take the request for a repetition.
  if (to !== own && passed.includes(to)) return refuse("conflict", `${to} has had this delivery before.`);
  if (stage.status === "with-carrier") {
    tale.tell({ type: "move-asked", order, to });
    return null;
  }
  if (stage.status === "offered") {
    tale.tell({ type: "offer-withdrawn", order, driver: stage.driver, reason: "reassigned" });
  }
  const fetcher = fetcherOf(delivery);
  if (fetcher !== null) {
    tale.tell({ type: "unassigned", order, driver: fetcher, reason: "reassigned", until: tale.now });
  }
  giveTo(tale, delivery, to, passed);
  return null;
}

/** The carrier has given back what was to go elsewhere. */
export function moveOn(tale: Tale, delivery: Delivery, to: Channel, from: CarrierId, detail: string): void {
  giveTo(tale, delivery, to, [...(delivery.passed ?? []), from], detail);
}

/** Own drivers are not passed by being given up by hand: where the carrier will not bring it they may still. */
function giveTo(tale: Tale, { job: { order } }: Delivery, to: Channel, passed: readonly Channel[], detail = ""): void {
  const gone = passed.filter((channel) => channel !== to);
  if (to === own) return tale.tell({ type: "carrier-left", order, passed: gone, detail, byHand: true });
  const carrier: Carried = { id: to, name: to, state: "asked", tracking: null, silentSince: null };
  tale.tell({ type: "handed-to-carrier", order, carrier, passed: gone });
}
