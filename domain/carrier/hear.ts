import { backoffMs } from "./backoff.ts";
import { isOver, type Booking, type Stage } from "./booking.ts";
import { mostBookings } from "./carrier.ts";
import type { CarrierCommand, Reply, Told } from "./command.ts";
import type { Tale } from "./tale.ts";

type Heard = Extract<CarrierCommand, { type: "hear" }>;

const firstTryMs = 2_000;
const longestTryMs = 10 * 60_000;
const firstLookMs = 15_000;
const longestLookMs = 30 * 60_000;

/** How a call ended. One that came to an answer after the booking has moved on tells only that the carrier answers. */
export function hear(tale: Tale, { order, call, reply, tookMs }: Heard): void {
  const booking = tale.state.bookings[order];
  if (booking === undefined || booking.calling !== call) return;
  const { now } = tale;
  if (reply.result === "unanswered") {
    const wait = backoffMs(booking.tries + 1, `${order} ${call}`, firstTryMs, longestTryMs);
    const callAt = now + Math.max(wait, Math.min(reply.retryAfterMs, longestTryMs));
    return tale.tell({ type: "unanswered", order, call, why: reply.why, callAt });
  }
  // What was answered may not be what is to be asked next: it was called off meanwhile, or a callback came before.
  const { status } = booking.stage;
  const isFollowed = status === "booked" || status === "shipped";
  const look = isFollowed ? backoffMs(booking.looks + 1, `${order} look`, firstLookMs, longestLookMs) : 0;
  tale.tell({ type: "answered", order, call, tookMs, callAt: now + look });
  learn(tale, { ...booking, calling: null }, reply);
}

function learn(tale: Tale, booking: Booking, reply: Exclude<Reply, { result: "unanswered" }>): void {
  const { order } = booking.request;
  const { stage } = booking;
  switch (reply.result) {
    case "quoted":
      if (stage.status === "quoting") tale.tell({ type: "quoted", order, quote: reply.quote });
      return;
    case "refused":
      if (stage.status === "booking" && reply.again && stage.no < mostBookings) {
        return tale.tell({ type: "quote-ran-out", order });
      }
      // Anything else it can refuse is asked again, until its time is over.
      if (stage.status !== "quoting" && stage.status !== "booking") return;
      return tale.tell({ type: "ended", order, outcome: "released", detail: reply.why });
    case "told":
      return believe(tale, order, reply.parcel);
    case "withdrawn": {
      if (stage.status !== "withdrawing") return;
      const outcome = stage.why === "called-off" ? "called-off" : "released";
      return tale.tell({ type: "ended", order, outcome, detail: stage.detail });
    }
    case "too-late":
      return goesOn(tale, order, stage, reply.parcel);
  }
}

/** It cannot be withdrawn: for who has called it off that is the end, and everybody else waits on. */
function goesOn(tale: Tale, order: string, stage: Stage, parcel: Told): void {
  if (stage.status !== "withdrawing") return;
  const detail = "The carrier could not take it back any more.";
  if (stage.why === "called-off") return tale.tell({ type: "ended", order, outcome: "too-late", detail });
  tale.tell({ type: "booked", order, parcel, until: followedUntil(tale), final: true });
  return believe(tale, order, parcel);
}

/**
 * What the carrier says of a parcel, in an answer or in a callback. It is believed only forwards, so that what comes
 * late or twice changes nothing. A booking that is being withdrawn goes on only where it has left already.
 */
export function believe(tale: Tale, order: string, parcel: Told): void {
  const { stage } = tale.state.bookings[order] ?? {};
  if (stage === undefined || isOver(stage) || stage.status === "quoting") return;
  if (stage.status === "withdrawing") {
    if (parcel.status === "shipped" || parcel.status === "delivered") goesOn(tale, order, stage, parcel);
    return;
  }
  if (stage.status === "booking" && parcel.status !== "cancelled") {
    tale.tell({ type: "booked", order, parcel, until: followedUntil(tale), final: false });
  }
  switch (parcel.status) {
    case "booked":
      return;
    case "shipped":
      return ship(tale, order, parcel);
    case "delivered":
      ship(tale, order, parcel);
      return tale.tell({ type: "ended", order, outcome: "delivered", detail: "" });
    case "lost":
      return tale.tell({ type: "ended", order, outcome: "lost", detail: "The carrier has lost it." });
    case "cancelled": {
      const outcome = stage.status === "shipped" ? "lost" : "released";
      return tale.tell({ type: "ended", order, outcome, detail: "The carrier will not bring it." });
    }
  }
}

function ship(tale: Tale, order: string, parcel: Told): void {
  const { stage } = tale.state.bookings[order] ?? {};
  if (stage?.status !== "booked") return;
  tale.tell({ type: "shipped", order, parcel, until: followedUntil(tale), final: stage.final });
}

function followedUntil({ state, now }: Tale): number {
  return now + (state.settings?.trackForMs ?? 0);
}
