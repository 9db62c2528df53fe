import type { Context } from "../../contracts/rules.ts";
import { taleOf, type TaleOf } from "../tale.ts";
import { isOfDelivery, type ZoneEvent } from "./command.ts";
import { evolve } from "./evolve.ts";
import type { ZoneState } from "./zone.ts";

type WithoutNo<Event> = Event extends { no: number } ? Omit<Event, "no"> : Event;
/** An event before it is told: it gets its number in its delivery by being told. */
export type Untold = WithoutNo<ZoneEvent>;

export type Tale = TaleOf<ZoneState, ZoneEvent, Untold>;

export function beginTale(from: ZoneState, context: Context): Tale {
  return taleOf(from, context, evolve, numbered);
}

function numbered(untold: Untold, state: ZoneState): ZoneEvent {
  // What is numbered is the same case of the union as before.
  const event = { no: 0, ...untold } as ZoneEvent;
  if (!isOfDelivery(event)) return untold as ZoneEvent;
  return { ...event, no: (state.deliveries[event.order]?.no ?? 0) + 1 };
}
