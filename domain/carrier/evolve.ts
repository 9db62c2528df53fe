import type { Recorded } from "../../contracts/rules.ts";
import { observed } from "../channel/decayed.ts";
import { isOver, type Booking, type Stage } from "./booking.ts";
import { afterSilence, closed } from "./breaker.ts";
import type { CarrierState, Measured } from "./carrier.ts";
import type { CarrierEvent } from "./command.ts";

/** When it is first asked where the parcel is. */
const firstLookMs = 15_000;

/** The carrier after an event. Believes what the log says and checks nothing. */
export function evolve(state: CarrierState, event: Recorded<CarrierEvent>): CarrierState {
  switch (event.type) {
    case "configured":
      return { ...state, settings: event.settings };
    case "requested": {
      const { order, request, zone, at } = event;
      const booking: Booking = {
        request, zone, askedAt: at, stage: { status: "quoting", no: 1 }, quote: null, id: null, tracking: null,
        calling: null, callAt: at, tries: 0, looks: 0, owedSince: at, silent: false,
      }; // prettier-ignore
      return { ...state, bookings: { ...state.bookings, [order]: booking } };
    }
    case "called": {
      const { breaker } = state;
      const next = withBooking(state, event.order, (booking) => ({
        ...booking,
        calling: event.call,
        owedSince: booking.owedSince ?? event.at,
      }));
      return breaker.state === "open" ? { ...next, breaker: { state: "half-open", failures: breaker.failures } } : next;
    }
    case "unanswered": {
      const next = withBooking(state, event.order, (booking) => ({
        ...booking,
        calling: null,
        tries: booking.tries + 1,
        callAt: event.callAt,
      }));
      return {
        ...next,
        breaker: afterSilence(state.breaker, event.at),
        trouble: event.why,
        measured: more(state.measured, { unanswered: 1 }),
        scores: { ...state.scores, answered: observed(state.scores?.answered, 0, event.at) },
      };
    }
    case "answered": {
      const next = withBooking(state, event.order, (booking) => ({
        ...booking,
        calling: null,
        tries: 0,
        looks: booking.looks + 1,
        callAt: event.callAt,
        owedSince: null,
        silent: false,
      }));
      const { scores } = state;
      return {
        ...next,
        breaker: closed,
        measured: more(state.measured, { answered: 1, tookMs: event.tookMs }),
        scores: {
          ...scores,
          answered: observed(scores?.answered, 1, event.at),
          latencyMs: observed(scores?.latencyMs, event.tookMs, event.at),
        },
      };
    }
    case "fell-silent":
      return withBooking(state, event.order, (booking) => ({ ...booking, silent: true }));
    case "quoted":
      return withBooking(state, event.order, (booking) => ({
        ...inStage(booking, { status: "booking", no: noOf(booking) }, event.at),
        quote: event.quote,
      }));
    case "quote-ran-out":
      return withBooking(state, event.order, (booking) => ({
        ...inStage(booking, { status: "quoting", no: noOf(booking) + 1 }, event.at),
        quote: null,
      }));
    case "booked":
    case "shipped": {
      const { parcel, until, final, type } = event;
      const before = state.bookings[event.order];
      const next = withBooking(state, event.order, (booking) => ({
        ...inStage(booking, { status: type, no: noOf(booking), until, final }, event.at + firstLookMs),
        id: parcel.id,
        tracking: parcel.tracking ?? booking.tracking,
      }));
      // What was booked before, as a callback or a refused withdrawal says, was paid for before.
      return before === undefined || before.id === null
        ? {
            ...next,
            measured: paid(state.measured, before?.quote ?? null),
            ...priced(state, before?.quote ?? null, event.at),
          }
        : next;
    }
    case "withdrawing":
      return withBooking(state, event.order, (booking) => {
        const { why, detail, until, at } = event;
        return inStage(booking, { status: "withdrawing", no: noOf(booking), why, detail, until }, at);
      });
    case "ended": {
      const { outcome, detail, at } = event;
      const next = withBooking(state, event.order, (booking) => over(booking, { status: outcome, detail, endedAt: at }));
      const measured = more(state.measured, { delivered: outcome === "delivered" ? 1 : 0, lost: outcome === "lost" ? 1 : 0 });
      return { ...next, measured };
    } // prettier-ignore
    case "tidied": {
      const gone = new Set(event.orders);
      const kept = Object.entries(state.bookings).filter(([order]) => !gone.has(order));
      return { ...state, bookings: Object.fromEntries(kept) };
    }
  }
}

function withBooking(state: CarrierState, order: string, change: (booking: Booking) => Booking): CarrierState {
  const booking = state.bookings[order];
  return booking === undefined ? state : { ...state, bookings: { ...state.bookings, [order]: change(booking) } };
}

function inStage(booking: Booking, stage: Stage, callAt: number): Booking {
  return { ...booking, stage, callAt, tries: 0, looks: 0 };
}

/** What is over keeps nobody's number to call. */
function over(booking: Booking, stage: Stage): Booking {
  const { phone: _, ...dropoff } = booking.request.dropoff;
  const request = { ...booking.request, dropoff };
  return { ...booking, request, stage, owedSince: null, silent: false };
}

function noOf({ stage }: Booking): number {
  return isOver(stage) ? 0 : stage.no;
}

function more(measured: Measured, by: Partial<Record<"answered" | "unanswered" | "tookMs" | "delivered" | "lost", number>>) {
  const { answered = 0, unanswered = 0, tookMs = 0, delivered = 0, lost = 0 } = by;
  return {
    ...measured,
    answered: measured.answered + answered,
    unanswered: measured.unanswered + unanswered,
    tookMs: measured.tookMs + tookMs,
    delivered: measured.delivered + delivered,
    lost: measured.lost + lost,
  };
} // prettier-ignore

function priced(state: CarrierState, quote: Booking["quote"], at: number): Pick<CarrierState, "scores"> {
  if (quote === null) return {};
  return { scores: { ...state.scores, cost: observed(state.scores?.cost, quote.price.amount, at) } };
}

function paid(measured: Measured, quote: Booking["quote"]): Measured {
  const { amount, currency } = quote?.price ?? { amount: 0, currency: "" };
  const cost =
    quote === null ? measured.cost : { ...measured.cost, [currency]: (measured.cost[currency] ?? 0) + amount };
  return { ...measured, booked: measured.booked + 1, cost };
}
