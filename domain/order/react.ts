import type { Fact } from "../../contracts/events.ts";
import type { OrderCommand } from "./events.ts";

/** What the order is asked by a fact from the kitchen or the delivery service; null where it is no news to an order. */
export function react(fact: Fact): OrderCommand | null {
  switch (fact.type) {
    case "ticket.seen":
      return { type: "note-seen", seenAt: fact.data.seenAt, device: fact.data.device };
    case "ticket.accepted":
      return { type: "accept", readyAt: fact.data.readyAt };
    case "ticket.rejected":
      return { type: "reject", reason: fact.data.reason, detail: fact.data.detail };
    case "ticket.promised":
      return { type: "promise", readyAt: fact.data.readyAt };
    case "ticket.started":
      return { type: "start" };
    case "ticket.ready":
      return { type: "make-ready" };
    case "ticket.recalled":
      return { type: "recall", readyAt: fact.data.readyAt };
    case "ticket.handed-over":
      return { type: "hand-over" };
    case "delivery.assigned":
      return { type: "assign-driver", ...fact.data };
    case "delivery.unassigned":
      return { type: "unassign-driver", reason: fact.data.reason };
    case "delivery.arrived":
      return { type: "driver-arrives" };
    case "delivery.picked-up":
      return { type: "pick-up", dropoffAt: fact.data.dropoffAt };
    case "delivery.delivered":
      return { type: "deliver", proof: fact.data.proof };
    case "delivery.near":
      return { type: "driver-nears" };
    case "delivery.foreseen":
      return { type: "foresee", foresight: fact.data };
    case "delivery.returned":
      return { type: "return-food", confirmed: fact.data.confirmed };
    case "delivery.carrier-changed":
      return { type: "change-carrier", ...fact.data };
    case "delivery.failed":
      return { type: "fail-delivery", ...fact.data, returning: fact.data.returning ?? false };
    case "ticket.unseen":
    case "order.sent":
    case "order.withdrawn":
    case "order.driver-changed":
    case "order.food-returning":
    case "delivery.requested":
    case "delivery.ready-changed":
    case "delivery.called-off":
    case "reservation.kept":
    case "reservation.released":
    case "order.changed":
    case "order.reported":
    case "endpoint.opened":
    case "endpoint.closed":
    case "driver.offered":
    case "driver.offer-ended":
    case "driver.assigned":
    case "driver.task-changed":
    case "driver.task-ended":
    case "driver.shift-ended":
    case "driver.move-suggested":
    case "driver.shift-changed":
    case "zone.driver-wanted":
    case "zone.driver-lent":
    case "zone.driver-returned":
    case "zone.driver-recalled":
    case "carrier.requested":
    case "carrier.called-off":
    case "carrier.recalled":
    case "carrier.silent":
    case "carrier.answered":
    case "carrier.scored":
    case "carrier.booked":
    case "carrier.shipped":
    case "carrier.delivered":
    case "carrier.released":
    case "carrier.kept":
    case "carrier.lost":
      return null;
  }
}
