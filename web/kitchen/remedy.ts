import type { TicketView } from "../../contracts/kitchen.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { PendingAction } from "../shared/pending.ts";
import type { Remedy } from "./deeds.ts";

type Body = PendingAction["body"];

/** What takes back something done to a ticket as it was before; null where there is nothing to take back. */
export function ticketRemedy(name: string, ticket: TicketView, body: Body, now: number): Remedy | null {
  const { readyAt } = ticket;
  const promised: Body | null = readyAt !== null && Date.parse(readyAt) > now ? { readyAt } : null;
  switch (name) {
    case "bump":
      return { name: "unbump", body: {} };
    case "unbump":
      return { name: "bump", body: {} };
    case "bumpLines":
      return { name: "unbumpLines", body };
    case "unbumpLines":
      return { name: "bumpLines", body };
    case "ready":
      return { name: "recall", body: promised ?? {} };
    case "recall":
      return { name: "ready", body: {} };
    case "promise":
      return promised === null ? null : { name: "promise", body: promised };
    case "change": {
      const line = typeof body["line"] === "number" ? body["line"] : null;
      const note = line === null ? ticket.note : (ticket.lines[line]?.note ?? null);
      return { name: "change", body: { line, note } };
    }
    // Told to the customer at once, and then for good.
    case "reject":
    case "handover":
      return "hold";
    default:
      return null;
  }
}

/** What takes back something done to the house as it was before. */
export function houseRemedy(name: string, house: VenueView | null, body: Body): Remedy | null {
  switch (name) {
    case "sellOut":
      return { name: "makeAvailable", body: { key: body["key"] ?? null } };
    case "makeAvailable":
      return { name: "sellOut", body: { key: body["key"] ?? null } };
    case "busy":
      return house === null ? null : { name: "busy", body: { minutes: house.busyMinutes } };
    case "pause":
      return { name: "resume", body: {} };
    case "resume":
      return house?.paused ? { name: "pause", body: { until: house.paused.until } } : null;
    default:
      return null;
  }
}
