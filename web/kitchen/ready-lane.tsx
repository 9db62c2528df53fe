import { Icon } from "../shared/icon.tsx";
import type { ShownTicket } from "./after-pending.ts";
import type { Kitchen } from "./board-page.tsx";
import { Differences } from "./differences.tsx";
import { OfTicket } from "./of-ticket.tsx";
import { Refused } from "./refused.tsx";
import { Unsent } from "./unsent.tsx";
import { Whom } from "./whom.tsx";
import { words } from "./words.ts";

interface ReadyLaneProps {
  readonly kitchen: Kitchen;
  readonly tickets: readonly ShownTicket[];
  /** What could not be handed over and comes back. */
  readonly returning: readonly ShownTicket[];
}

/** What is cooked and waits for whoever fetches it: who is there already comes first. */
export function ReadyLane({ kitchen, tickets, returning }: ReadyLaneProps) {
  const t = words.value;
  const { board } = kitchen;
  const here = (ticket: ShownTicket) => (ticket.driver?.atVenue ? 0 : 1);
  return (
    <section class="lane" aria-labelledby="lane-done">
      <h2 id="lane-done">
        {t.columns.done} <span class="figures">{tickets.length}</span>
      </h2>
      {returning.map(({ order, code, food }) => (
        <p key={order} class="lane-returning" role="status">
          <Icon name="undo" /> <strong class="mono">{code}</strong> {t.comesBack(food?.driver ?? "")}{" "}
          <bdi>{food?.detail}</bdi>
        </p>
      ))}
      {tickets.length === 0 ? <p class="quiet">{t.empty.done}</p> : null}
      <ul>
        {tickets
          .toSorted((a, b) => here(a) - here(b))
          .map((ticket) => (
            <li
              key={ticket.order}
              class="ticket ticket-ready"
              data-status={ticket.status}
              data-here={ticket.driver?.atVenue ?? false}
              data-order={ticket.order}
              tabIndex={-1}
              aria-labelledby={`code-${ticket.order} state-${ticket.order}`}
            >
              <header class="ticket-head">
                <h3 id={`code-${ticket.order}`} class="ticket-code mono">
                  {ticket.code}
                </h3>
                <span id={`state-${ticket.order}`} class="for-ears">
                  {t.statuses[ticket.status]}
                </span>
                <button type="button" class="ticket-more" onClick={() => kitchen.open(ticket.order)}>
                  <Icon name="list" />
                  <span class="for-ears">{t.everythingAbout(ticket.code)}</span>
                </button>
                <Whom ticket={ticket} />
              </header>
              <Unsent board={board} ticket={ticket} />
              <Differences kitchen={kitchen} ticket={ticket} />
              <Refused board={board} ticket={ticket} />
              <div class="ticket-actions">
                <button type="button" class="button button-go" onClick={() => board.do("handover", ticket)}>
                  {t.handover}
                  <OfTicket code={ticket.code} />
                </button>
                <button type="button" class="button button-quiet" onClick={() => board.do("recall", ticket)}>
                  {t.recall}
                  <OfTicket code={ticket.code} />
                </button>
              </div>
            </li>
          ))}
      </ul>
    </section>
  );
}
