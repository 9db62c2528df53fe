import type { Level, Ticket, TicketEvent } from "./ticket.ts";

/** After how long without a tablet that shows it, where the venue says nothing else. */
const usualAfterMs = [15_000, 30_000, 60_000] as const;
const levels = [1, 2, 3] as const satisfies readonly Level[];

/** Whether the ticket waits for an answer and no tablet has shown it to anybody. */
export function isUnseen(ticket: Ticket): boolean {
  return ticket.status === "waiting" && ticket.seenAt === null;
}

/** When the alarm for the ticket is next to rise (epoch ms); null where it is seen, over, or as loud as it gets. */
export function escalatesAt(ticket: Ticket): number | null {
  const next = levels.find((level) => level > (ticket.escalated ?? 0));
  return !isUnseen(ticket) || next === undefined ? null : dueAt(ticket, next);
}

/** The alarm as loud as it has to be at `now` (epoch ms): after a long sleep at once, and not from step to step. */
export function escalation(ticket: Ticket, now: number): TicketEvent[] {
  if (!isUnseen(ticket)) return [];
  const level = levels.findLast((each) => dueAt(ticket, each) <= now);
  if (level === undefined || level <= (ticket.escalated ?? 0)) return [];
  return [{ type: "escalated", order: ticket.order.order, level }];
}

function dueAt({ order, receivedAt }: Ticket, level: Level): number {
  return receivedAt + (order.escalateAfterMs?.[level - 1] ?? usualAfterMs[level - 1] ?? Infinity);
}
