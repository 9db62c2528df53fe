import type { Context } from "../../contracts/rules.ts";
import { isOfDelivery, type ZoneEvent } from "./command.ts";
import { evolve } from "./evolve.ts";
import type { ZoneState } from "./zone.ts";

type WithoutNo<Event> = Event extends { no: number } ? Omit<Event, "no"> : Event;
/** An event before it is told: it gets its number in its delivery by being told. */
export type Untold = WithoutNo<ZoneEvent>;

/** Events being decided, with the state as it is after them. */
export interface Tale {
  readonly state: ZoneState;
  readonly events: readonly ZoneEvent[];
  readonly now: number;
  tell(event: Untold): void;
}

export function beginTale(from: ZoneState, { now, by }: Context): Tale {
  let state = from;
  const events: ZoneEvent[] = [];
  return {
    now,
    get state() {
      return state;
    },
    get events() {
      return events;
    },
    tell(untold) {
      const event = numbered(untold, state);
      events.push(event);
      state = evolve(state, { ...event, seq: 0, at: now, by });
    },
  };
}

function numbered(untold: Untold, state: ZoneState): ZoneEvent {
  // What is numbered is the same case of the union as before.
  const event = { no: 0, ...untold } as ZoneEvent;
  if (!isOfDelivery(event)) return untold as ZoneEvent;
  return { ...event, no: (state.deliveries[event.order]?.no ?? 0) + 1 };
}
