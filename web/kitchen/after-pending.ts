import type { TicketView } from "../../contracts/kitchen.ts";
import type { PendingAction } from "../shared/pending.ts";

/** A ticket as the tablet shows it: with what was done here and is not answered yet. */
export interface ShownTicket extends TicketView {
  /** Whether something done to it still waits to be sent. */
  readonly pending: boolean;
}

/** As `afterPending`, but the very same ticket as before where nothing of it has changed: it is not drawn again. */
export function shownOnce(): typeof afterPending {
  const before = new WeakMap<TicketView, { readonly own: readonly PendingAction[]; readonly shown: ShownTicket }>();
  return (ticket, waiting) => {
    const own = waiting.filter(({ params }) => params["order"] === ticket.order);
    const known = before.get(ticket);
    if (known?.own.length === own.length && own.every((action, at) => action === known.own[at])) return known.shown;
    const shown = afterPending(ticket, own);
    before.set(ticket, { own, shown });
    return shown;
  };
}

/** The ticket as it will be when what waits for it has been taken by the board, as far as that can be told here. */
export function afterPending(ticket: TicketView, waiting: readonly PendingAction[]): ShownTicket {
  const own = waiting.filter(({ params }) => params["order"] === ticket.order);
  return own.reduce<ShownTicket>((shown, action) => ({ ...shown, ...changesOf(shown, action) }), {
    ...ticket,
    pending: own.length > 0,
  });
}

function changesOf(ticket: TicketView, { name, params, body, at }: PendingAction): Partial<TicketView> {
  const { status } = ticket;
  const cooking = status === "accepted" || status === "preparing";
  switch (name) {
    case "accept": {
      const { readyAt: named = ticket.suggestedReadyAt, prepMinutes } = body;
      const within = typeof prepMinutes === "number" ? new Date(at + prepMinutes * 60_000).toISOString() : named;
      const readyAt = typeof within === "string" ? within : ticket.suggestedReadyAt;
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
    case "unbump":
      return cooking ? { lines: bumped(ticket, [Number(params["line"])], name === "bump") } : {};
    case "bumpLines":
    case "unbumpLines": {
      const lines = Array.isArray(body["lines"]) ? body["lines"] : [];
      return cooking ? { lines: bumped(ticket, lines, name === "bumpLines") } : {};
    }
    case "change":
      return status === "waiting" || cooking ? wished(ticket, body) : {};
    case "notice":
      return { changes: [] };
    default:
      return {};
  }
}

function bumped({ lines }: TicketView, numbers: readonly number[], done: boolean): TicketView["lines"] {
  return lines.map((line, at) => (numbers.includes(at) ? { ...line, bumped: done } : line));
}

function wished({ lines }: TicketView, body: PendingAction["body"]): Partial<TicketView> {
  const note = typeof body["note"] === "string" ? body["note"] : null;
  const number = body["line"];
  if (typeof number !== "number") return { note };
  return { lines: lines.map((line, at) => (at === number ? { ...line, note, bumped: false } : line)) };
}
