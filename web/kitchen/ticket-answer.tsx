import { useState } from "preact/hooks";
import type { TicketView } from "../../contracts/kitchen.ts";
import { clock, minutes, said } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { serverNow } from "../shared/server-clock.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Board } from "./board.ts";
import type { Kitchen } from "./board-page.tsx";
import { useDerived } from "./derived.ts";
import { OfTicket } from "./of-ticket.tsx";
import { words } from "./words.ts";

interface AnswerProps {
  readonly kitchen: Kitchen;
  readonly ticket: ShownTicket;
}

const minuteMs = 60_000;
const quick = [10, 15, 20, 30, 45];
const laterBy = [10, 20, 30];

/** Yes, with a time, by one touch; or no, with a reason. */
export function TicketAnswer({ kitchen, ticket }: AnswerProps) {
  const [rejecting, setRejecting] = useState(false);
  const { board } = kitchen;
  const t = words.value;
  // By the minute: nothing of it is drawn again before it says something else.
  const at = useDerived(() => Math.floor(suggested(ticket) / minuteMs) * minuteMs, [ticket]);
  if (rejecting) return <Rejecting board={board} ticket={ticket} onBack={() => setRejecting(false)} />;
  return (
    <div class="ticket-answer">
      <div class="ticket-actions">
        <button type="button" class="button button-go ticket-next" onClick={() => accept(board, ticket)}>
          <span>{t.accept}</span> <span class="figures">{clock(at)}</span>
          <OfTicket code={ticket.code} />
        </button>
        <button type="button" class="button button-stop ticket-refuse" onClick={() => setRejecting(true)}>
          {t.reject}
          <OfTicket code={ticket.code} />
        </button>
      </div>
      <div class="ticket-minutes" role="group" aria-label={`${t.moreTime}, ${ticket.code}`}>
        {ticket.requestedFor === null ? <p aria-hidden="true">{t.readyInMinutes}</p> : null}
        {ticket.requestedFor === null
          ? quick.map((inMinutes) => (
              <button
                key={inMinutes}
                type="button"
                class="button button-quiet"
                aria-label={`${t.readyIn(minutes(inMinutes * minuteMs))}, ${ticket.code}`}
                onClick={() => board.do("accept", ticket, promiseIn(board, inMinutes))}
              >
                <span class="figures">{inMinutes}</span>
              </button>
            ))
          : laterBy.map((by) => {
              const later = by * minuteMs;
              return (
                <button
                  key={by}
                  type="button"
                  class="button button-quiet"
                  aria-label={`${t.readyAt(clock(at + later))}, ${ticket.code}`}
                  onClick={() =>
                    board.do("accept", ticket, { readyAt: new Date(suggested(ticket) + later).toISOString() })
                  }
                >
                  <span class="figures">{clock(at + later)}</span>
                </button>
              );
            })}
      </div>
    </div>
  );
}

function suggested({ suggestedReadyAt }: TicketView): number {
  return Math.max(Date.parse(suggestedReadyAt), now.value);
}

/** Takes an order in for the time on the button. */
export function accept(board: Board, ticket: ShownTicket): void {
  // What is promised is what was on the button, however late it is heard.
  board.do("accept", ticket, board.live.peek() ? {} : { readyAt: new Date(suggested(ticket)).toISOString() });
}

/** The board's clock is the better one, as long as it hears this at once. */
function promiseIn(board: Board, inMinutes: number): Record<string, string | number> {
  if (board.live.peek()) return { prepMinutes: inMinutes };
  return { readyAt: new Date(serverNow() + inMinutes * minuteMs).toISOString() };
}

const reasons = ["item-unavailable", "too-busy", "closing", "outside-area", "other"] as const;

interface RejectingProps {
  readonly board: Board;
  readonly ticket: ShownTicket;
  onBack(): void;
}

/** Why not; what is out can be sold out with the same touch, so that the next order does not name it. */
function Rejecting({ board, ticket, onBack }: RejectingProps) {
  const [missing, setMissing] = useState(false);
  const [detail, setDetail] = useState("");
  const t = words.value;
  const reject = (reason: string, more = detail) =>
    board.do("reject", ticket, { reason, ...(more.trim() === "" ? {} : { detail: more.trim() }) });
  const out = (at: number) => {
    const line = ticket.lines[at];
    if (line === undefined) return;
    const name = said(line.name);
    board.keepHouse("sellOut", name, { key: line.item });
    reject("item-unavailable", detail.trim() === "" ? name : detail);
  };
  const escape = (back: () => void) => (event: KeyboardEvent) => {
    if (event.key === "Escape") back();
  };
  if (missing) {
    return (
      <div class="ticket-reasons" role="group" aria-label={t.whatIsOut} onKeyDown={escape(() => setMissing(false))}>
        <p>{t.whatIsOut}</p>
        {ticket.lines.map((line, at) => (
          <button key={at} type="button" class="button button-stop" onClick={() => out(at)}>
            <bdi>{said(line.name)}</bdi>
          </button>
        ))}
        <button type="button" class="button button-quiet" onClick={() => reject("item-unavailable")}>
          {t.somethingElse}
        </button>
        <button type="button" class="button button-quiet" onClick={() => setMissing(false)}>
          {t.back}
        </button>
      </div>
    );
  }
  return (
    <div class="ticket-reasons" role="group" aria-label={t.whyReject} onKeyDown={escape(onBack)}>
      <p>{t.whyReject}</p>
      {reasons.map((reason) =>
        reason === "outside-area" && ticket.fulfilment !== "delivery" ? null : (
          <button
            key={reason}
            type="button"
            class="button button-stop"
            onClick={() => (reason === "item-unavailable" ? setMissing(true) : reject(reason))}
          >
            {t.ends[reason]}
          </button>
        ),
      )}
      <div class="field">
        <label for={`why-${ticket.order}`}>{t.inWords}</label>
        <input
          id={`why-${ticket.order}`}
          class="input"
          maxLength={280}
          value={detail}
          onInput={({ currentTarget }) => setDetail(currentTarget.value)}
        />
      </div>
      <button type="button" class="button button-quiet" onClick={onBack}>
        {t.back}
      </button>
    </div>
  );
}
