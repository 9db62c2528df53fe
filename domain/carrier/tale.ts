import type { Context } from "../../contracts/rules.ts";
import type { CarrierState } from "./carrier.ts";
import type { CarrierEvent } from "./command.ts";
import { evolve } from "./evolve.ts";

/** Events being decided, with the state as it is after them. */
export interface Tale {
  readonly state: CarrierState;
  readonly events: readonly CarrierEvent[];
  readonly now: number;
  tell(event: CarrierEvent): void;
}

export function beginTale(from: CarrierState, { now, by }: Context): Tale {
  let state = from;
  const events: CarrierEvent[] = [];
  return {
    now,
    get state() {
      return state;
    },
    get events() {
      return events;
    },
    tell(event) {
      events.push(event);
      state = evolve(state, { ...event, seq: 0, at: now, by });
    },
  };
}
