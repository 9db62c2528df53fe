import "./ticket.css";
import type { TicketView } from "../../contracts/kitchen.ts";
import { clock, countdown, minutes } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import type { PendingAction } from "../shared/pending.ts";
import { problemWords, sharedWords } from "../shared/words.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Board } from "./board.ts";
import { TicketActions } from "./ticket-actions.tsx";
import { TicketLines } from "./ticket-lines.tsx";
import { words } from "./words.ts";

interface TicketProps {
  readonly board: Board;
  readonly venue: string;
  readonly ticket: ShownTicket;
}

export type TicketIntent =
  | "accept"
  | "reject"
  | "promise"
  | "start"
  | "ready"
  | "recall"
  | "handover"
  | "acknowledge"
  | "bump"
  | "unbump";
/** Asks the board for something about this ticket; what comes of it arrives on the socket. */
export type Intend = (what: TicketIntent, more?: { body?: PendingAction["body"]; line?: number }) => void;

/** A ticket: what to cook, for whom, until when, and the next thing to do. */
export function Ticket({ board, venue, ticket }: TicketProps) {
  const t = words.value;
  const { code, status, fulfilment, customer, note, driver, ended, requestedFor } = ticket;

  const { pending } = board;
  const refused = pending.outcomes.value.filter(
    ({ action, problem }) => problem !== null && action.params["order"] === ticket.order,
  );
  const problem = refused.at(-1)?.problem ?? null;
  const unsent = ticket.pending && !board.live.value;

  const wish: Intend = (what, { body = {}, line } = {}) => {
    pending.dismiss(refused.map(({ action }) => action.key));
    // What is promised is what was on the button, however late it is heard.
    const promised = what === "accept" && body["readyAt"] === undefined && !board.live.peek();
    const readyAt = new Date(Math.max(Date.parse(ticket.suggestedReadyAt), Date.now())).toISOString();
    const params = { venue, order: ticket.order, ...(line === undefined ? {} : { line: String(line) }) };
    pending.do(what, code, params, promised ? { readyAt } : body);
  };

  return (
    <li
      class="ticket"
      data-status={status}
      data-heat={heatOf(ticket, now.value)}
      aria-labelledby={`code-${ticket.order}`}
    >
      <header class="ticket-head">
        <h3 id={`code-${ticket.order}`} class="ticket-code mono">
          {code}
        </h3>
        <p class="ticket-time figures">{timeWords(ticket, now.value)}</p>
        <p class="ticket-whom">
          <strong>{t.fulfilment[fulfilment]}</strong> · {customer}
        </p>
        {driver === null ? null : (
          <p class="ticket-driver">{driver.atVenue ? t.driverHere(driver.name) : t.driverComes(driver.name)}</p>
        )}
      </header>
      {status === "withdrawn" ? (
        <p class="ticket-void" role="alert">
          <strong>{t.cancelled}</strong>
          {ended === null ? "" : t.ends[ended.reason]}
        </p>
      ) : null}
      {requestedFor === null ? null : <p class="ticket-note">{t.wantedFor(clock(requestedFor))}</p>}
      {note === null ? null : <p class="ticket-note">{note}</p>}
      {unsent ? (
        <p class="unsent" role="status">
          {sharedWords.value.unsent}
        </p>
      ) : null}
      <TicketLines ticket={ticket} wish={wish} />
      {problem === null ? null : (
        <p class="notice notice-stop" role="alert">
          {problemWords(problem)}
        </p>
      )}
      <TicketActions ticket={ticket} busy={ticket.pending} wish={wish} />
    </li>
  );
}

/** What the clock on the ticket says: how long there is to answer, or until the promised time. */
function timeWords({ status, answerBy, readyAt }: TicketView, at: number): string {
  const t = words.value;
  if (status === "waiting") return countdown(Date.parse(answerBy) - at);
  if (readyAt === null || status === "withdrawn") return "";
  const left = Date.parse(readyAt) - at;
  if (status === "ready") return clock(readyAt);
  return left < 0 ? t.late(minutes(-left)) : `${clock(readyAt)} · ${minutes(left)}`;
}

function heatOf({ status, readyAt }: TicketView, at: number): "calm" | "warm" | "late" {
  if (readyAt === null || (status !== "accepted" && status !== "preparing")) return "calm";
  const left = Date.parse(readyAt) - at;
  if (left < 0) return "late";
  return left < 5 * 60_000 ? "warm" : "calm";
}
