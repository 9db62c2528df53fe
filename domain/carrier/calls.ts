import { callOf, type Booking } from "./booking.ts";
import { callableFrom } from "./breaker.ts";
import { mostCalls, type CarrierState } from "./carrier.ts";
import type { Asked } from "./command.ts";
import type { Tale } from "./tale.ts";

/** Makes what calls are due and allowed, those that wait longest first. */
export function startCalls(tale: Tale, carrier: string): void {
  for (;;) {
    const next = nextCall(tale.state);
    if (next === null || next.at > tale.now) return;
    tale.tell({ type: "called", ...askedOf(next.booking, carrier) });
  }
}

/** When the next call is to be made (epoch ms), if nothing changes until then; null when only a change can help. */
export function nextCallAt(state: CarrierState): number | null {
  return nextCall(state)?.at ?? null;
}

function nextCall(state: CarrierState): { readonly booking: Booking; readonly at: number } | null {
  const allowedAt = callableFrom(state.breaker);
  let underWay = 0;
  let next: Booking | null = null;
  for (const booking of Object.values(state.bookings)) {
    if (booking.calling !== null) underWay += 1;
    else if (callOf(booking.stage) !== null && (next === null || booking.callAt < next.callAt)) next = booking;
  }
  if (next === null || underWay >= mostCalls || allowedAt === Infinity) return null;
  return { booking: next, at: Math.max(next.callAt, allowedAt) };
}

/** A call and its key: the same for every attempt, another for another booking of the same order. */
function askedOf({ request: { order }, stage }: Booking, carrier: string): Asked {
  const call = callOf(stage);
  if (call === null || !("no" in stage)) throw new Error(`nothing to call about ${order}`);
  return { order, call, key: keyOf(order, carrier, call, stage.no) };
}

/** `{order}/{carrier}/book/1`: by this the carrier knows a repetition, and by the one of `book` what to withdraw. */
export function keyOf(order: string, carrier: string, call: Asked["call"], no: number): string {
  return `${order}/${carrier}/${call}/${no}`;
}
