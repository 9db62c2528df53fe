import { isOpen, type Ticket } from "./ticket.ts";

/** What is closed is looked back at for so long, and a withdrawal nobody acknowledges is shown for so long. */
export const closedShownMs = 30 * 60_000;
export const withdrawalShownMs = 5 * 60_000;

/** When a ticket leaves the board (epoch ms); null while there is something to do about it. */
export function shownUntil(ticket: Ticket): number | null {
  switch (ticket.status) {
    case "waiting":
    case "accepted":
    case "preparing":
    case "ready":
      return null;
    case "handed-over":
    case "rejected":
      return wholeMinute(ticket.endedAt + closedShownMs);
    case "withdrawn":
      return isOpen(ticket) ? ticket.endedAt + withdrawalShownMs : wholeMinute(ticket.endedAt + closedShownMs);
  }
}

/** Rounded up, so that a busy board is swept once a minute and not once a ticket. */
function wholeMinute(at: number): number {
  return Math.ceil(at / 60_000) * 60_000;
}
