import type { Context, Recorded } from "../contracts/rules.ts";

/** Events being decided, with the state as it is after them. */
export interface TaleOf<State, Event, Untold = Event> {
  readonly state: State;
  readonly events: readonly Event[];
  readonly now: number;
  tell(untold: Untold): void;
}

/** Begins one: `complete` makes an event of what is told, by the state as it is then. */
export function taleOf<State, Event extends { type: string }, Untold>(
  from: State,
  { now, by }: Context,
  evolve: (state: State, event: Recorded<Event>) => State,
  complete: (untold: Untold, state: State) => Event,
): TaleOf<State, Event, Untold> {
  let state = from;
  const events: Event[] = [];
  return {
    now,
    get state() {
      return state;
    },
    get events() {
      return events;
    },
    tell(untold) {
      const event = complete(untold, state);
      events.push(event);
      state = evolve(state, { ...event, seq: 0, at: now, by });
    },
  };
}
