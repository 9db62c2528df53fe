import type { BookingView, CarrierView } from "../../contracts/carrier.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { isOver, type Booking } from "../../domain/carrier/booking.ts";
import type { CarrierState, Settings } from "../../domain/carrier/carrier.ts";

export function carrierView(id: string, state: CarrierState, settings: Settings): CarrierView {
  const { breaker, trouble, measured, bookings } = state;
  const { answered, tookMs, ...counts } = measured;
  const all = Object.values(bookings);
  const open = all.filter(({ stage }) => !isOver(stage));
  return {
    id,
    name: settings.name,
    url: settings.url,
    enabled: settings.enabled,
    answerWithin: seconds(settings.answerWithinMs),
    silentAfter: seconds(settings.silentAfterMs),
    requoteAfter: settings.requoteAfterMs === null ? null : seconds(settings.requoteAfterMs),
    giveUpAfter: seconds(settings.giveUpAfterMs),
    trackFor: seconds(settings.trackForMs),
    breaker: {
      state: breaker.state,
      failures: breaker.failures,
      until: breaker.state === "open" ? rfc3339(breaker.until) : null,
    },
    trouble,
    bookings: {
      open: open.length,
      silent: open.filter(({ silent }) => silent).length,
      abandoned: all.filter(({ stage }) => stage.status === "abandoned").length,
    },
    measured: { ...counts, answered, meanMs: answered === 0 ? null : Math.round(tookMs / answered) },
  };
}

export function bookingView({ request, stage, askedAt, id, tracking, quote, silent, tries, calling, callAt }: Booking): BookingView {
  const over = isOver(stage);
  return {
    order: request.order,
    code: request.code,
    venue: request.venue,
    status: stage.status,
    askedAt: rfc3339(askedAt),
    booking: id,
    tracking,
    price: quote?.price ?? null,
    silent,
    tries,
    nextCallAt: over || calling !== null ? null : rfc3339(callAt),
    detail: "detail" in stage && stage.detail !== "" ? stage.detail : null,
    open: !over,
  };
} // prettier-ignore

/** As whole hours, minutes and seconds, within what an ISO 8601 duration takes here. */
function seconds(ms: number): string {
  const all = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(all / 3_600), "H"],
    [Math.floor((all % 3_600) / 60), "M"],
    [all % 60, "S"],
  ] as const;
  const text = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return `PT${text.length === 0 ? "0S" : text.join("")}`;
}
