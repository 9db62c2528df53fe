import type { Address } from "../../contracts/address.ts";
import type { Addressed, Fact } from "../../contracts/events.ts";
import type { Point } from "../../contracts/point.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { decide, type DriverCommand } from "./decide.ts";
import { offShift, type DriverEvent, type DriverState, type OnShift } from "./driver.ts";
import { evolve } from "./evolve.ts";

/** The rules of a driver's twin. */
export const driverRules: Rules<DriverState, DriverCommand, DriverEvent> = {
  initial: offShift,
  decide,
  evolve,
  react,
  publish,
  effects: () => [],
  // The zone owns every wait, for an answer to an offer and for a silent phone; its facts end them here too.
  deadlines: () => ({}),
  timeout: (name) => {
    throw new Error(`no such timer: ${name}`);
  },
};

function react(fact: Fact, from: Address): DriverCommand | null {
  if (fact.type === "driver.offered") {
    const { expiresAt, ...errand } = fact.data;
    return { type: "offer", from, errand, expiresAt };
  }
  if (fact.type === "driver.offer-ended") return { type: "end-offer", ...fact.data };
  if (fact.type === "driver.assigned") return { type: "give-task", from, errand: fact.data };
  if (fact.type === "driver.task-changed") return { type: "change-task", ...fact.data };
  if (fact.type === "driver.task-ended") return { type: "end-task", ...fact.data };
  if (fact.type === "driver.move-suggested") return { type: "suggest", from, suggestion: fact.data };
  if (fact.type === "driver.shift-ended") return { type: "be-off", from, reason: fact.data.reason };
  return null;
}

/** The zone must know who is on shift; a zone left for another, too. */
function publish(event: Recorded<DriverEvent>, state: DriverState, before: DriverState): readonly Addressed[] {
  switch (event.type) {
    case "shift-began": {
      const left =
        before.shift.status === "on" && before.shift.zone !== event.zone ? [told(before.shift, false, null)] : [];
      return state.shift.status === "on" ? [...left, told(state.shift, true, event.point)] : left;
    }
    case "shift-ended":
      // Also when the zone itself ended it: a shift begun anew meanwhile would otherwise go on there, and only there.
      return before.shift.status === "on" ? [told(before.shift, false, null)] : [];
    case "move-suggested":
    case "offered":
    case "offer-ended":
    case "task-given":
    case "task-changed":
    case "task-ended":
      return [];
  }
}

function told({ address, name, vehicle, until }: OnShift, on: boolean, point: Point | null): Addressed {
  const ends = !on || until === undefined ? {} : { until };
  return { type: "driver.shift-changed", to: address, data: { on, name, vehicle, point, ...ends } };
}
