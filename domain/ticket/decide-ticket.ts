import type { EndReason } from "../../contracts/events.ts";
import type { OrderId } from "../../contracts/ids.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import { promisedAt, type Ticket, type TicketEvent } from "./ticket.ts";
import { wishOf } from "./wish.ts";

/** A time (epoch ms), or so many minutes from now. */
export type ReadyWhen = { readonly at: number } | { readonly inMinutes: number };

/** When it was done (epoch ms), where that could not be said at once: what was done to the same since then stands. */
interface Done {
  readonly doneAt?: number;
}

/** What people in the kitchen can ask of one ticket. `when` null leaves the time to the board. */
export type TicketCommand =
  | { readonly type: "accept" | "promise"; readonly order: OrderId; readonly when: ReadyWhen | null }
  | ({ readonly type: "recall"; readonly order: OrderId; readonly when: ReadyWhen | null } & Done)
  | ({ readonly type: "ready"; readonly order: OrderId } & Done)
  | { readonly type: "reject"; readonly order: OrderId; readonly reason: EndReason; readonly detail: string }
  | ({ readonly type: "bump" | "unbump"; readonly order: OrderId; readonly lines: readonly number[] } & Done)
  | { readonly type: "change"; readonly order: OrderId; readonly line: number | null; readonly note: string | null }
  | {
      readonly type: "start" | "hand-over" | "acknowledge-withdrawal" | "notice-changes";
      readonly order: OrderId;
    };

type Decision = readonly TicketEvent[] | Refusal;

/** A recalled ticket whose promised time has come is promised again for so much later. */
const recallMs = 5 * 60_000;
const farthestMs = 24 * 3_600_000;
/** A tablet's clock may be behind by so much. */
const clockMs = 60_000;

/** Judges what people in the kitchen ask of a ticket at `now` (epoch ms). */
export function decideTicket(ticket: Ticket, command: TicketCommand, now: number): Decision {
  const { order } = command;
  const { status } = ticket;
  switch (command.type) {
    case "accept": {
      if (status === "accepted") return [];
      if (status !== "waiting") return not(ticket, "accepted");
      const readyAt = timeOf(command.when, ticket.order.suggestedReadyAt, now);
      return isRefusal(readyAt) ? readyAt : [...seenBefore(ticket), { type: "accepted", order, ...readyAt }];
    }
    case "reject": {
      if (status === "rejected") return [];
      if (status !== "waiting") return not(ticket, "rejected");
      const { reason, detail } = command;
      return [...seenBefore(ticket), { type: "rejected", order, reason, detail }];
    }
    case "promise": {
      if (status !== "accepted" && status !== "preparing") return not(ticket, "promised for another time");
      const readyAt = timeOf(command.when, ticket.readyAt, now);
      if (isRefusal(readyAt)) return readyAt;
      return readyAt.readyAt === ticket.readyAt ? [] : [{ type: "promised", order, ...readyAt }];
    }
    case "start":
      if (status === "preparing") return [];
      return status === "accepted" ? [{ type: "started", order }] : not(ticket, "started");
    case "ready":
      if (status === "ready") return [];
      if (status !== "accepted" && status !== "preparing") return not(ticket, "made ready");
      if (isOlder(ticket, "ready", command)) return since(ticket, "recalled");
      return [...startedBefore(ticket), { type: "ready", order, ...doneAtOf(command, now) }];
    case "recall": {
      if (status === "preparing") return [];
      if (status !== "ready") return not(ticket, "recalled");
      if (isOlder(ticket, "ready", command)) return since(ticket, "made ready once more");
      const readyAt = timeOf(command.when, Math.max(promisedAt(ticket) ?? 0, now + recallMs), now);
      return isRefusal(readyAt) ? readyAt : [{ type: "recalled", order, ...readyAt, ...doneAtOf(command, now) }];
    }
    case "bump": {
      if (command.lines.some((line) => ticket.order.lines[line] === undefined)) return noLine;
      const lines = [...new Set(command.lines)].filter((line) => !ticket.bumped.includes(line));
      if (lines.length === 0) return [];
      if (status !== "accepted" && status !== "preparing") return not(ticket, "cooked");
      const still = lines.filter((line) => !isOlder(ticket, line, command));
      if (still.length === 0) return since(ticket, "put back to cook in part");
      const doneAt = doneAtOf(command, now);
      return [
        ...startedBefore(ticket),
        ...still.map((line) => ({ type: "line-bumped", order, line, ...doneAt }) as const),
      ];
    }
    case "unbump": {
      if (command.lines.some((line) => ticket.order.lines[line] === undefined)) return noLine;
      const lines = [...new Set(command.lines)].filter((line) => ticket.bumped.includes(line));
      if (lines.length === 0) return [];
      if (status !== "preparing") return not(ticket, "put back to cook");
      const still = lines.filter((line) => !isOlder(ticket, line, command));
      if (still.length === 0) return since(ticket, "cooked in part");
      return still.map((line) => ({ type: "line-unbumped", order, line, ...doneAtOf(command, now) }) as const);
    }
    case "change":
      return change(ticket, command.line, command.note);
    case "notice-changes":
      return (ticket.changes ?? []).length === 0 ? [] : [{ type: "changes-noticed", order }];
    case "hand-over":
      if (status === "handed-over") return [];
      return status === "ready" ? [{ type: "handed-over", order }] : not(ticket, "handed over");
    case "acknowledge-withdrawal":
      if (status !== "withdrawn") return not(ticket, "acknowledged as withdrawn");
      return ticket.acknowledgedAt === null ? [{ type: "withdrawal-acknowledged", order }] : [];
  }
}

/** Another wish, as long as something can still be done about it; a line that is cooked has to be cooked once more. */
function change(ticket: Ticket, line: number | null, note: string | null): Decision {
  const { order } = ticket.order;
  const before = wishOf(ticket.order, line);
  if (before === undefined) return noLine;
  if (before === note) return [];
  if (ticket.status !== "waiting" && ticket.status !== "accepted" && ticket.status !== "preparing") {
    return not(ticket, "changed");
  }
  const again = line !== null && ticket.bumped.includes(line) ? [{ type: "line-unbumped", order, line } as const] : [];
  return [{ type: "changed", order, line, note }, ...again];
}

/** Whether somebody has done something to the same after this was done. */
function isOlder({ turned = {} }: Ticket, what: number | "ready", { doneAt = Infinity }: Done): boolean {
  return (turned[what] ?? -Infinity) > doneAt;
}

/** Nothing is done in times to come, whatever a tablet's clock says. */
function doneAtOf({ doneAt }: Done, now: number): Done {
  return doneAt === undefined || doneAt >= now ? {} : { doneAt };
}

/** Who answers an order has seen it, whether or not the tablet said so before. */
function seenBefore(ticket: Ticket): TicketEvent[] {
  return ticket.seenAt === null ? [{ type: "seen", order: ticket.order.order }] : [];
}

/** Who has cooked something has started, whether or not anybody pressed the button. */
function startedBefore(ticket: Ticket): TicketEvent[] {
  return ticket.status === "accepted" ? [{ type: "started", order: ticket.order.order }] : [];
}

function timeOf(when: ReadyWhen | null, otherwise: number, now: number): { readyAt: number } | Refusal {
  if (when === null) return { readyAt: Math.max(otherwise, now) };
  const at = "at" in when ? when.at : now + when.inMinutes * 60_000;
  if (at >= now - clockMs && at <= now + farthestMs) return { readyAt: Math.max(at, now) };
  const detail = at < now ? "This time has passed." : "This is more than a day away.";
  return refuse("invalid-value", "See errors.", [{ pointer: "/readyAt", detail }]);
}

function not(ticket: Ticket, done: string): Refusal {
  return refuse("conflict", `Order ${ticket.order.code} ${standingOf(ticket)}; it cannot be ${done} now.`);
}

function since({ order }: Ticket, done: string): Refusal {
  return refuse("conflict", `Order ${order.code} was ${done} by somebody else since then.`);
}

function standingOf(ticket: Ticket): string {
  switch (ticket.status) {
    case "waiting":
      return "waits to be accepted or rejected";
    case "accepted":
      return "is accepted and not started";
    case "preparing":
      return "is being prepared";
    case "ready":
      return "is ready";
    case "handed-over":
      return "is handed over";
    case "rejected":
      return `was rejected (${ticket.reason})`;
    case "withdrawn":
      return `was withdrawn (${ticket.reason})`;
  }
}

const noLine = refuse("not-found", "The ticket has no such line.");
