import { linesAt } from "../../domain/ticket/stations.ts";
import { clock, minutes } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { now } from "../shared/now.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Kitchen } from "./board-page.tsx";
import { useDerived } from "./derived.ts";
import { OfTicket } from "./of-ticket.tsx";
import { TicketAnswer } from "./ticket-answer.tsx";
import { words } from "./words.ts";
import { isCooked } from "./work.ts";

interface ActionsProps {
  readonly kitchen: Kitchen;
  readonly ticket: ShownTicket;
}

/** The next thing to do with a ticket: one large button, beside it what is rarer. */
export function TicketActions(props: ActionsProps) {
  const { kitchen, ticket } = props;
  const { board, tablet } = kitchen;
  const t = words.value;
  const main = `button ticket-next ${ticket.pending && board.live.value ? "button-busy" : ""}`;
  const { stations } = tablet.settings.value;
  switch (ticket.status) {
    case "waiting":
      return <TicketAnswer {...props} />;
    case "accepted":
    case "preparing":
      if (stations !== null) {
        return (
          <div class="ticket-actions">
            <button type="button" class={`${main} button-go`} onClick={() => bumpPart(kitchen, ticket)}>
              <Icon name="check" /> {t.partDone}
              <OfTicket code={ticket.code} />
            </button>
          </div>
        );
      }
      return (
        <div class="ticket-actions">
          {ticket.status === "accepted" && !isCooked(ticket) ? (
            <button type="button" class={main} onClick={() => board.do("start", ticket)}>
              {t.start}
              <OfTicket code={ticket.code} />
            </button>
          ) : null}
          <button
            type="button"
            class={ticket.status === "preparing" || isCooked(ticket) ? `${main} button-go` : "button button-quiet"}
            onClick={() => board.do("ready", ticket)}
          >
            {t.ready}
            <OfTicket code={ticket.code} />
          </button>
          <Later {...props} by={5} />
        </div>
      );
    case "withdrawn":
      return (
        <div class="ticket-actions">
          <button type="button" class={`${main} button-stop`} onClick={() => board.do("acknowledge", ticket)}>
            {t.understood}
            <OfTicket code={ticket.code} />
          </button>
        </div>
      );
    case "ready":
    case "handed-over":
    case "rejected":
      return null;
  }
}

/** All that is made here and not done yet, at once. */
export function bumpPart({ board, tablet }: Kitchen, ticket: ShownTicket): void {
  const own = linesAt(ticket.lines, tablet.settings.peek().stations, board.house.stations.peek());
  const lines = own.filter((line) => ticket.lines[line]?.bumped === false);
  if (lines.length > 0) board.do("bumpLines", ticket, { lines });
}

const minuteMs = 60_000;

/** It takes longer: a new promise, so many minutes after the old one or after now. */
export function Later({ kitchen, ticket, by }: ActionsProps & { readonly by: number }) {
  const later = () => Math.max(ticket.readyAt === null ? 0 : Date.parse(ticket.readyAt), now.value) + by * minuteMs;
  const at = useDerived(() => clock(later()), [ticket, by]);
  return (
    <button
      type="button"
      class="button button-quiet ticket-later"
      onClick={() => kitchen.board.do("promise", ticket, { readyAt: new Date(later()).toISOString() })}
      aria-label={`${words.value.newTime}: + ${minutes(by * minuteMs)}, ${at}, ${ticket.code}`}
    >
      <span class="figures">+ {minutes(by * minuteMs)}</span>
    </button>
  );
}
