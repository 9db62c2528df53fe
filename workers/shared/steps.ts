import type { Addressed } from "../../contracts/events.ts";
import type { EffectRequest, Origin, Recorded, Rules } from "../../contracts/rules.ts";

/** An event as it will be recorded, and what follows from it. */
export interface Step<Event> {
  readonly event: Recorded<Event>;
  readonly facts: readonly Addressed[];
  readonly calls: readonly EffectRequest[];
}

/** Works out what follows from events, writing nothing: the state after them, and their steps numbered from `seq` + 1. */
export function stepsOf<State, Command, Event>(
  rules: Rules<State, Command, Event>,
  before: { readonly state: State; readonly seq: number },
  events: readonly Event[],
  cause: { readonly at: number; readonly by: string; readonly origin?: Origin | undefined },
): { state: State; steps: Step<Event>[] } {
  let { state, seq } = before;
  const { at, by, origin } = cause;
  const whence = origin === undefined ? { at, by } : { at, by, origin };
  const steps = events.map((happened) => {
    seq += 1;
    const event: Recorded<Event> = { ...happened, seq, ...whence };
    const was = state;
    state = rules.evolve(was, event);
    return { event, facts: rules.publish(event, state, was), calls: rules.effects(event, state, was) };
  });
  return { state, steps };
}
