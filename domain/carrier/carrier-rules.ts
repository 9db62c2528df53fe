import type { Address } from "../../contracts/address.ts";
import type { Fact } from "../../contracts/events.ts";
import type { EffectRequest, Recorded, Rules } from "../../contracts/rules.ts";
import { unknownCarrier, type CarrierState } from "./carrier.ts";
import type { Asked, CarrierCommand, CarrierEvent } from "./command.ts";
import { deadlines, timerOf } from "./deadlines.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import { publish } from "./publish.ts";

/** The rules of a third-party carrier. */
export const carrierRules: Rules<CarrierState, CarrierCommand, CarrierEvent> = {
  initial: unknownCarrier,
  decide,
  evolve,
  react,
  publish,
  effects,
  deadlines,
  timeout: (name) => ({ type: "timer", timer: timerOf(name) }),
};

function react(fact: Fact, from: Address): CarrierCommand | null {
  if (fact.type === "carrier.requested") return { type: "request", request: fact.data, zone: from };
  if (fact.type === "carrier.called-off") return { type: "call-off", ...fact.data };
  if (fact.type === "carrier.recalled") return { type: "recall", ...fact.data };
  return null;
}

/** One attempt each: whether and when there is another is decided by its outcome, for the breaker must know of each. */
function effects(event: Recorded<CarrierEvent>): readonly EffectRequest<string, Asked>[] {
  if (event.type !== "called") return [];
  const { order, call, key } = event;
  return [{ key, kind: call, request: { order, call, key } }];
}
