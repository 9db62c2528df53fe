import { isOpen, type ReturningFood, type Ticket } from "./ticket.ts";

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
      return handedOverUntil(ticket.endedAt, ticket.food);
    case "rejected":
      return wholeMinute(ticket.endedAt + closedShownMs);
    case "withdrawn":
      return isOpen(ticket) ? ticket.endedAt + withdrawalShownMs : wholeMinute(ticket.endedAt + closedShownMs);
  }
}

/** Food on its way back is shown until it is there, and that for as long as anything that is closed. */
function handedOverUntil(endedAt: number, food: ReturningFood | undefined): number | null {
  if (food === undefined) return wholeMinute(endedAt + closedShownMs);
  return food.backAt === null ? null : wholeMinute(food.backAt + closedShownMs);
}

/** Rounded up, so that a busy board is swept once a minute and not once a ticket. */
function wholeMinute(at: number): number {
  return Math.ceil(at / 60_000) * 60_000;
}
