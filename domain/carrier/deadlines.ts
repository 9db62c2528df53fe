import { isOver, type Booking } from "./booking.ts";
import { nextCallAt } from "./calls.ts";
import { overKeptMs, withdrawForMs, type CarrierState, type Settings } from "./carrier.ts";
import type { CarrierTimer } from "./command.ts";
import type { Tale } from "./tale.ts";

/** What the carrier's actor must not wait for longer than this: timer name → due (epoch ms). */
export function deadlines(state: CarrierState): Record<string, number> {
  const { settings } = state;
  const due: Record<string, number> = {};
  const call = nextCallAt(state);
  if (call !== null) due["calls"] = call;
  let tidyAt = Infinity;
  for (const booking of Object.values(state.bookings)) {
    const { order } = booking.request;
    if (isOver(booking.stage)) {
      if (booking.calling === null) tidyAt = Math.min(tidyAt, booking.stage.endedAt + overKeptMs);
      continue;
    }
    // Without them nothing was ever begun.
    if (settings === null) continue;
    due[`patience/${order}`] = patienceAt(booking, settings);
    if (!booking.silent && booking.owedSince !== null) {
      due[`silence/${order}`] = booking.owedSince + settings.silentAfterMs;
    }
  }
  if (tidyAt < Infinity) due["tidy"] = tidyAt;
  return due;
}

/** What is due is judged again: what was done in the meantime is not due any more. */
export function judgeTimer(tale: Tale, timer: CarrierTimer): void {
  const { state, now } = tale;
  switch (timer.name) {
    case "calls":
      return;
    case "silence": {
      const booking = state.bookings[timer.order];
      const { owedSince: since = null, silent = true } = booking ?? {};
      if (state.settings === null || since === null || silent || since + state.settings.silentAfterMs > now) return;
      return tale.tell({ type: "fell-silent", order: timer.order, since });
    }
    case "patience": {
      const booking = state.bookings[timer.order];
      if (booking === undefined || state.settings === null || isOver(booking.stage)) return;
      if (patienceAt(booking, state.settings) <= now) loseInPatience(tale, booking);
      return;
    }
    case "tidy": {
      const orders = Object.values(state.bookings).flatMap(({ stage, calling, request }) =>
        isOver(stage) && calling === null && stage.endedAt + overKeptMs <= now ? [request.order] : [],
      );
      if (orders.length > 0) tale.tell({ type: "tidied", orders });
      return;
    }
  }
}

/** The timer that a name of `deadlines` speaks of. */
export function timerOf(text: string): CarrierTimer {
  const [name = "", order = ""] = text.split("/");
  switch (name) {
    case "calls":
    case "tidy":
      return { name };
    case "silence":
    case "patience":
      return { name, order };
  }
  throw new Error(`no such timer: ${text}`);
}

/** Until when a booking may stay in its stage. */
function patienceAt({ stage, askedAt, request }: Booking, settings: Settings): number {
  switch (stage.status) {
    case "quoting": {
      const { requoteAfterMs, giveUpAfterMs } = settings;
      const requote = request.fallback && requoteAfterMs !== null ? requoteAfterMs : Infinity;
      return askedAt + Math.min(requote, giveUpAfterMs);
    }
    case "booking":
      return askedAt + settings.giveUpAfterMs;
    case "booked":
    case "shipped":
    case "withdrawing":
      return stage.until;
    case "delivered":
    case "released":
    case "called-off":
    case "too-late":
    case "lost":
    case "abandoned":
      return Infinity;
  }
}

function loseInPatience(tale: Tale, { stage, request: { order } }: Booking): void {
  const silent = "The carrier did not answer.";
  switch (stage.status) {
    case "quoting":
      // No price was ever taken, so nothing can be booked.
      return tale.tell({ type: "ended", order, outcome: "released", detail: silent });
    case "booking":
      return withdraw(tale, order, silent);
    case "booked":
      if (!stage.final) return withdraw(tale, order, "The carrier never fetched it.");
      return tale.tell({ type: "ended", order, outcome: "lost", detail: "The carrier never fetched it." });
    case "shipped":
      return tale.tell({ type: "ended", order, outcome: "lost", detail: "The carrier never said that it was delivered." });
    case "withdrawing":
      return tale.tell({ type: "ended", order, outcome: "abandoned", detail: stage.detail });
    case "delivered":
    case "released":
    case "called-off":
    case "too-late":
    case "lost":
    case "abandoned":
      return;
  }
} // prettier-ignore

function withdraw(tale: Tale, order: string, detail: string): void {
  tale.tell({ type: "withdrawing", order, why: "given-up", detail, until: tale.now + withdrawForMs });
}
