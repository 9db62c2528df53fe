import type { TicketView } from "../../contracts/kitchen.ts";
import { linesAt, type Stations } from "../../domain/ticket/stations.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { TabletSettings } from "./tablet.ts";

/** What a tablet shows of a kitchen's work. */
export interface Work {
  /** To be noticed, answered or cooked here, the most urgent first. */
  readonly tickets: readonly ShownTicket[];
  /** Waiting to be handed over. */
  readonly ready: readonly ShownTicket[];
  /** New orders that are answered at other tablets. */
  readonly elsewhere: readonly ShownTicket[];
}

/** What of the open tickets is for this tablet: at a station what is still to be made there, at the pass everything. */
export function workFor(open: readonly ShownTicket[], settings: TabletSettings, stations: Stations): Work {
  const { stations: chosen, takesOrders } = settings;
  const isPass = chosen === null;
  const tickets = open.filter((ticket) => {
    const own = linesAt(ticket.lines, chosen, stations);
    switch (ticket.status) {
      case "waiting":
        return takesOrders;
      case "withdrawn":
        return isPass || takesOrders || own.length > 0;
      case "accepted":
      case "preparing":
        return isPass || own.some((line) => ticket.lines[line]?.bumped === false);
      case "ready":
      case "handed-over":
      case "rejected":
        return false;
    }
  });
  return {
    tickets,
    ready: isPass ? open.filter(({ status }) => status === "ready") : [],
    elsewhere: takesOrders ? [] : open.filter(({ status }) => status === "waiting"),
  };
}

/** The tickets as far as their lines are made at this tablet's stations: for counting what is still to be cooked. */
export function partsAt(tickets: readonly TicketView[], chosen: readonly string[] | null, stations: Stations) {
  return tickets.map(({ status, lines }) => {
    const own = new Set(linesAt(lines, chosen, stations));
    return { status, lines: lines.filter((_, number) => own.has(number)) };
  });
}

/** Whether all of it is cooked, and somebody only has to say so. */
export function isCooked({ status, lines }: TicketView): boolean {
  return (status === "accepted" || status === "preparing") && lines.every(({ bumped }) => bumped);
}
