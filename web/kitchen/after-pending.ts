import type { TicketView } from "../../contracts/kitchen.ts";
import type { PendingAction } from "../shared/pending.ts";

/** A ticket as the tablet shows it: with what was done here and is not answered yet. */
export interface ShownTicket extends TicketView {
  /** Whether something done to it still waits to be sent. */
  readonly pending: boolean;
}

/** The ticket as it will be when what waits for it has been taken by the board, as far as that can be told here. */
export function afterPending(ticket: TicketView, waiting: readonly PendingAction[]): ShownTicket {
  const own = waiting.filter(({ params }) => params["order"] === ticket.order);
  return own.reduce<ShownTicket>((shown, action) => ({ ...shown, ...changesOf(shown, action) }), {
    ...ticket,
    pending: own.length > 0,
  });
}

function changesOf(ticket: TicketView, { name, params, body }: PendingAction): Partial<TicketView> {
  const { status } = ticket;
  const cooking = status === "accepted" || status === "preparing";
  switch (name) {
    case "accept": {
      const readyAt = typeof body["readyAt"] === "string" ? body["readyAt"] : ticket.suggestedReadyAt;
      return status === "waiting" ? { status: "accepted", readyAt } : {};
    }
    case "promise":
      return cooking && typeof body["readyAt"] === "string" ? { readyAt: body["readyAt"] } : {};
    case "reject":
      return status === "waiting" ? { status: "rejected", open: false } : {};
    case "start":
      return status === "accepted" ? { status: "preparing" } : {};
    case "ready":
      return cooking ? { status: "ready" } : {};
    case "recall":
      return status === "ready" ? { status: "preparing" } : {};
    case "handover":
      return status === "ready" ? { status: "handed-over", open: false } : {};
    case "acknowledge":
      return status === "withdrawn" ? { open: false } : {};
    case "bump":
    case "unbump": {
      const place = Number(params["line"]);
      const lines = ticket.lines.map((line, at) => (at === place ? { ...line, bumped: name === "bump" } : line));
      return cooking ? { lines } : {};
    }
    default:
      return {};
  }
}
