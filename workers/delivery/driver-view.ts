import type { DriverMessage, DriverView, TaskView } from "../../contracts/driver.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { rfc3339 } from "../../contracts/time.ts";
import type { DriverEvent, DriverState, Given, Suggestion } from "../../domain/driver/driver.ts";
import { windowView } from "./delivery-view.ts";

export function twinView(
  id: string,
  seq: number,
  { shift, offer, tasks, position, suggestion }: DriverState,
): DriverView {
  return {
    id,
    seq,
    shift: shift.status === "off" ? { status: "off" } : onShift(shift),
    offer: offer === null ? null : { ...errandView(offer), expiresAt: rfc3339(offer.expiresAt) },
    // In the order in which they are to be fetched: an object that slept would otherwise show them in another.
    tasks: Object.values(tasks)
      .toSorted((one, other) => one.pickupAt - other.pickupAt || (one.order < other.order ? -1 : 1))
      .map((task): TaskView => ({
        ...errandView(task),
        stage: task.stage,
      })),
    position: position === null ? null : { ...position.point, at: rfc3339(position.at) },
    ...(suggestion === undefined ? {} : { suggestion: suggestionView(suggestion) }),
  };
}

export function twinMessage(event: Recorded<DriverEvent>, driver: DriverView): DriverMessage {
  const { order, reason } = about(event);
  return { type: "event", seq: event.seq, at: rfc3339(event.at), event: event.type, order, reason, driver };
}

function about(event: DriverEvent): { order: string | null; reason: string | null } {
  switch (event.type) {
    case "shift-began":
    case "move-suggested":
      return { order: null, reason: null };
    case "shift-ended":
      return { order: null, reason: event.reason };
    case "offered":
      return { order: event.offer.order, reason: null };
    case "offer-ended":
      return { order: event.order, reason: event.reason };
    case "task-given":
      return { order: event.task.order, reason: null };
    case "task-changed":
      return { order: event.order, reason: null };
    case "task-ended":
      return { order: event.order, reason: event.outcome };
  }
}

function onShift({ zone, name, vehicle, since, until }: Extract<DriverState["shift"], { status: "on" }>) {
  const ends = until === undefined ? {} : { until: rfc3339(until) };
  return { status: "on" as const, zone, name, vehicle, since: rfc3339(since), ...ends };
}

function suggestionView({ venue, name, point, until }: Suggestion) {
  return { venue, name, ...point, until: rfc3339(until) };
}

function errandView(given: Given) {
  const { order, code, venue, pickup, dropoff, readyAt, ready, pickupAt, dropoffAt, cash, eta } = given;
  return {
    order,
    code,
    venue,
    pickup,
    dropoff,
    readyAt: rfc3339(readyAt),
    ready,
    pickupAt: rfc3339(pickupAt),
    dropoffAt: rfc3339(dropoffAt),
    cash,
    ...(eta === undefined ? {} : { eta: windowView(eta) }),
  };
}
