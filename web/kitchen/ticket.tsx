import "./ticket.css";
import { heatOf, type Heat } from "./heat.ts";
import { clock, countdown, minutes } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { now } from "../shared/now.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Kitchen } from "./board-page.tsx";
import { useDerived } from "./derived.ts";
import { Differences } from "./differences.tsx";
import { Refused } from "./refused.tsx";
import { TicketActions } from "./ticket-actions.tsx";
import { TicketLines } from "./ticket-lines.tsx";
import { Unsent } from "./unsent.tsx";
import { Whom } from "./whom.tsx";
import { Wish } from "./wish.tsx";
import { words } from "./words.ts";
import { isCooked } from "./work.ts";

interface TicketProps {
  readonly kitchen: Kitchen;
  readonly ticket: ShownTicket;
  /** Its number on the rail, from 1 to 10: a bump bar's first keys. The others have none, and are not drawn again for it. */
  readonly place: number | null;
}

/** A ticket: what to cook, for whom, until when, and the next thing to do. */
export function Ticket({ kitchen, ticket, place }: TicketProps) {
  const t = words.value;
  const { code, status, ended, note } = ticket;
  const heat = useDerived(() => heatOf(ticket, now.value), [ticket]);
  return (
    <li
      class="ticket"
      data-status={status}
      data-heat={heat}
      data-done={isCooked(ticket)}
      data-order={ticket.order}
      tabIndex={-1}
      aria-labelledby={`code-${ticket.order} state-${ticket.order}`}
      aria-describedby={status === "withdrawn" ? undefined : `time-${ticket.order}`}
    >
      <header class="ticket-head">
        <h3 id={`code-${ticket.order}`} class="ticket-code mono">
          {code}
        </h3>
        {status === "withdrawn" ? null : (
          <span id={`state-${ticket.order}`} class="for-ears">
            {t.statuses[status]}
          </span>
        )}
        <button type="button" class="ticket-more" onClick={() => kitchen.open(ticket.order)}>
          {place === null ? (
            <Icon name="list" />
          ) : (
            <span class="ticket-place figures" aria-hidden="true">
              {place % 10}
            </span>
          )}
          <span class="for-ears">{t.everythingAbout(code)}</span>
        </button>
        <TicketTime ticket={ticket} heat={heat} />
        <Whom ticket={ticket} />
      </header>
      {status === "withdrawn" ? (
        <p class="ticket-void" role="alert">
          <span class="for-ears">{code}</span>
          <strong id={`state-${ticket.order}`}>{t.cancelled}</strong>
          <span>{ended === null ? "" : t.ends[ended.reason]}</span>
          <span>{t.stopCooking}</span>
        </p>
      ) : null}
      <Differences kitchen={kitchen} ticket={ticket} />
      {note === null ? null : <Wish wish={note} />}
      <Unsent board={kitchen.board} ticket={ticket} />
      <TicketLines kitchen={kitchen} ticket={ticket} whole={false} />
      <Refused board={kitchen.board} ticket={ticket} />
      <TicketActions kitchen={kitchen} ticket={ticket} />
    </li>
  );
}

/** A minute that has begun counts: nothing is "0 min late". */
function begun(ms: number): number {
  return Math.ceil(ms / 60_000) * 60_000;
}

const signs = { calm: null, soon: "clock", late: "alert" } as const satisfies Record<Heat, "clock" | "alert" | null>;

/** How long there is to answer, or until the promised time; a sign and words say what the colour says. */
function TicketTime({ ticket, heat }: { readonly ticket: ShownTicket; readonly heat: Heat }) {
  const t = words.value;
  const { status, answerBy, readyAt } = ticket;
  const sign = signs[heat];
  const icon = sign === null ? null : <Icon name={sign} />;
  if (status === "waiting") {
    return (
      <p class="ticket-time" id={`time-${ticket.order}`}>
        {icon} <span>{t.answerIn}</span> <strong class="figures">{countdown(Date.parse(answerBy) - now.value)}</strong>
      </p>
    );
  }
  if (readyAt === null || status === "withdrawn") return null;
  const left = Date.parse(readyAt) - now.value;
  return (
    <p class="ticket-time" id={`time-${ticket.order}`}>
      {icon} <span class="figures">{clock(readyAt)}</span>{" "}
      <strong class="figures">{left < 0 ? t.late(minutes(begun(-left))) : minutes(begun(left))}</strong>
    </p>
  );
}
