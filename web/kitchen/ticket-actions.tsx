import { useState } from "preact/hooks";
import type { Rejection, TicketView } from "../../contracts/kitchen.ts";
import { clock, minutes } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import type { Intend } from "./ticket.tsx";
import { words } from "./words.ts";

interface ActionsProps {
  readonly ticket: TicketView;
  readonly busy: boolean;
  readonly wish: Intend;
}

/** The next thing to do with a ticket: one large button, beside it what is rarer. */
export function TicketActions(props: ActionsProps) {
  const { ticket, busy, wish } = props;
  const t = words.value;
  const main = `button button-large ${busy ? "button-busy" : ""}`;
  switch (ticket.status) {
    case "waiting":
      return <Answer {...props} />;
    case "accepted":
      return (
        <div class="ticket-actions">
          <button type="button" class={main} onClick={() => wish("start")}>
            {t.start}
          </button>
          <button type="button" class="button button-quiet button-large" onClick={() => wish("ready")}>
            {t.ready}
          </button>
          <Later ticket={ticket} wish={wish} />
        </div>
      );
    case "preparing":
      return (
        <div class="ticket-actions">
          <button type="button" class={`${main} button-go`} onClick={() => wish("ready")}>
            {t.ready}
          </button>
          <Later ticket={ticket} wish={wish} />
        </div>
      );
    case "ready":
      return (
        <div class="ticket-actions">
          <button type="button" class={`${main} button-go`} onClick={() => wish("handover")}>
            {t.handover}
          </button>
          <button type="button" class="button button-quiet button-large" onClick={() => wish("recall")}>
            {t.recall}
          </button>
        </div>
      );
    case "withdrawn":
      return (
        <div class="ticket-actions">
          <button type="button" class={`${main} button-stop`} onClick={() => wish("acknowledge")}>
            {t.understood}
          </button>
        </div>
      );
    case "handed-over":
    case "rejected":
      return null;
  }
}

const postponeMs = 5 * 60_000;

/** It takes longer: a new promise, five minutes after the old one or after now. */
function Later({ ticket, wish }: Pick<ActionsProps, "ticket" | "wish">) {
  const from = Math.max(ticket.readyAt === null ? 0 : Date.parse(ticket.readyAt), now.value);
  const readyAt = new Date(from + postponeMs);
  return (
    <button
      type="button"
      class="button button-quiet button-large"
      onClick={() => wish("promise", { body: { readyAt: readyAt.toISOString() } })}
      aria-label={`${words.value.newTime}: + ${minutes(postponeMs)}, ${clock(readyAt.getTime())}`}
    >
      <span class="figures">+ {minutes(postponeMs)}</span>
    </button>
  );
}

const reasons = ["item-unavailable", "too-busy", "closing", "other"] as const satisfies Rejection["reason"][];
const laterBy = [0, 5, 10, 20];

/** Yes, with a time; or no, with a reason. */
function Answer({ ticket, busy, wish }: ActionsProps) {
  const [later, setLater] = useState(0);
  const [rejecting, setRejecting] = useState(false);
  const t = words.value;
  const readyAt = Math.max(Date.parse(ticket.suggestedReadyAt), now.value) + later * 60_000;
  const accept = () => wish("accept", { body: later === 0 ? {} : { readyAt: new Date(readyAt).toISOString() } });
  if (rejecting) {
    return (
      <div class="ticket-reasons" role="group" aria-label={t.whyReject}>
        <p>{t.whyReject}</p>
        {reasons.map((reason) => (
          <button
            key={reason}
            type="button"
            class="button button-stop"
            onClick={() => wish("reject", { body: { reason } })}
          >
            {t.ends[reason]}
          </button>
        ))}
        <button type="button" class="button button-quiet" onClick={() => setRejecting(false)}>
          {t.back}
        </button>
      </div>
    );
  }
  return (
    <div class="ticket-answer">
      <div class="segments" role="group" aria-label={t.moreTime}>
        {laterBy.map((minutesLater) => (
          <label key={minutesLater}>
            <input
              type="radio"
              name={`later-${ticket.order}`}
              checked={later === minutesLater}
              onChange={() => setLater(minutesLater)}
            />
            <span class="figures">{minutesLater === 0 ? clock(ticket.suggestedReadyAt) : `+${minutesLater}`}</span>
          </label>
        ))}
      </div>
      <div class="ticket-actions">
        <button type="button" class={`button button-large button-go ${busy ? "button-busy" : ""}`} onClick={accept}>
          <span>{t.accept}</span> <span class="figures">{clock(readyAt)}</span>
        </button>
        <button type="button" class="button button-stop button-large" onClick={() => setRejecting(true)}>
          {t.reject}
        </button>
      </div>
    </div>
  );
}
