import type { TicketView } from "../../contracts/kitchen.ts";

/** How much a ticket presses: there is time, it has to be now, it is late. */
export type Heat = "calm" | "soon" | "late";

const minuteMs = 60_000;

/**
 * Judged by the promise: the last quarter of the time it left counts as soon, two minutes at least and ten at most.
 * What waits to be answered is judged by the time there is to answer: the last half, and the last minute.
 */
export function heatOf(
  { status, placedAt, answerBy, readyAt }: Pick<TicketView, "status" | "placedAt" | "answerBy" | "readyAt">,
  now: number,
): Heat {
  switch (status) {
    case "waiting": {
      const left = Date.parse(answerBy) - now;
      if (left < minuteMs) return "late";
      return left < (Date.parse(answerBy) - Date.parse(placedAt)) / 2 ? "soon" : "calm";
    }
    case "accepted":
    case "preparing": {
      if (readyAt === null) return "calm";
      const left = Date.parse(readyAt) - now;
      if (left < 0) return "late";
      const quarter = (Date.parse(readyAt) - Date.parse(placedAt)) / 4;
      return left <= Math.min(Math.max(quarter, 2 * minuteMs), 10 * minuteMs) ? "soon" : "calm";
    }
    case "ready":
    case "handed-over":
    case "withdrawn":
    case "rejected":
      return "calm";
  }
}

const ranks: Readonly<Record<TicketView["status"], number>> = {
  withdrawn: 0, waiting: 1, accepted: 2, preparing: 2, ready: 3, "handed-over": 4, rejected: 4,
}; // prettier-ignore

/** What has to be noticed, then what has to be answered, the oldest first; then what has to be cooked, by when it is due. */
export function byUrgency(
  a: Pick<TicketView, "status" | "placedAt" | "readyAt">,
  b: Pick<TicketView, "status" | "placedAt" | "readyAt">,
): number {
  const due = ({ readyAt, placedAt }: typeof a) => Date.parse(readyAt ?? placedAt);
  return ranks[a.status] - ranks[b.status] || due(a) - due(b) || Date.parse(a.placedAt) - Date.parse(b.placedAt);
}
