import { useState } from "preact/hooks";
import { clock, said } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { Sheet } from "../shared/sheet.tsx";
import type { ShownTicket } from "./after-pending.ts";
import type { Kitchen } from "./board-page.tsx";
import { Refused } from "./refused.tsx";
import { Later } from "./ticket-actions.tsx";
import { TicketLines } from "./ticket-lines.tsx";
import { Wish } from "./wish.tsx";
import { Whom } from "./whom.tsx";
import { words } from "./words.ts";

interface TicketSheetProps {
  readonly kitchen: Kitchen;
  readonly ticket: ShownTicket;
  onClose(): void;
}

/** Everything about one ticket, and what is rarely done to it. */
export function TicketSheet({ kitchen, ticket, onClose }: TicketSheetProps) {
  const { board, printer } = kitchen;
  const { code, status, note, placedAt, readyAt, seenAt } = ticket;
  const t = words.value;
  const cooking = status === "accepted" || status === "preparing";
  const times = [
    [t.placed, placedAt],
    [t.seen, seenAt],
    [t.promised, readyAt],
  ] as const;
  return (
    <Sheet titleId="ticket-title" onClose={onClose}>
      <h2 id="ticket-title" class="mono ticket-code">
        {code}
      </h2>
      <div class="ticket-about">
        <p>
          <strong>{t.statuses[status]}</strong>
        </p>
        <Whom ticket={ticket} />
        <dl class="ticket-times">
          {times.map(([name, at]) =>
            at === null ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd class="figures">{clock(at)}</dd>
              </div>
            ),
          )}
        </dl>
        {note === null ? null : <Wish wish={note} />}
        <TicketLines kitchen={kitchen} ticket={ticket} whole />
        <Refused board={board} ticket={ticket} />
      </div>
      <div class="ticket-rare">
        <button type="button" class="button button-quiet" onClick={() => printer.print(kitchen, ticket, "again")}>
          <Icon name="print" /> {t.print}
        </button>
        {cooking ? [5, 10, 15, 30].map((by) => <Later key={by} kitchen={kitchen} ticket={ticket} by={by} />) : null}
        {status === "ready" ? (
          <button type="button" class="button button-quiet" onClick={() => board.do("recall", ticket)}>
            {t.recall}
          </button>
        ) : null}
      </div>
      {cooking || status === "waiting" ? <Wishing kitchen={kitchen} ticket={ticket} /> : null}
      {cooking || status === "ready" ? <Cancelling kitchen={kitchen} ticket={ticket} /> : null}
    </Sheet>
  );
}

/** The guest has called: a wish is another one now, and every tablet shows what it was. */
function Wishing({ kitchen, ticket }: Pick<TicketSheetProps, "kitchen" | "ticket">) {
  const [line, setLine] = useState<number | null>(null);
  const wish = (line === null ? ticket.note : ticket.lines[line]?.note) ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const t = words.value;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const note = (typed ?? wish).trim();
    kitchen.board.do("change", ticket, { line, note: note === "" ? null : note });
    setTyped(null);
  };
  return (
    <form class="fields ticket-wishing" onSubmit={save}>
      <h3>{t.changeWish}</h3>
      <div class="field">
        <label for="wish-line">{t.ofWhat}</label>
        <select
          id="wish-line"
          class="input"
          onChange={({ currentTarget }) => {
            setLine(currentTarget.value === "" ? null : Number(currentTarget.value));
            setTyped(null);
          }}
        >
          <option value="">{t.wholeOrder}</option>
          {ticket.lines.map(({ name, quantity }, at) => (
            <option key={at} value={at}>
              {quantity}× {said(name)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="wish-text">{t.wish}</label>
        <input
          id="wish-text"
          class="input"
          maxLength={280}
          value={typed ?? wish}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </div>
      <button class="button" disabled={typed === null || typed.trim() === wish}>
        {t.tellKitchen}
      </button>
    </form>
  );
}

const reasons = ["item-unavailable", "too-busy", "closing", "other"] as const;

/** It cannot be made after all: the guest is told why and paid back. */
function Cancelling({ kitchen, ticket }: Pick<TicketSheetProps, "kitchen" | "ticket">) {
  const [asked, setAsked] = useState(false);
  const t = words.value;
  if (!asked) {
    return (
      <button type="button" class="button button-stop button-wide" onClick={() => setAsked(true)}>
        {t.cancelOrder}
      </button>
    );
  }
  return (
    <div class="ticket-reasons" role="group" aria-label={t.whyCancel}>
      <p>{t.whyCancel}</p>
      {reasons.map((reason) => (
        <button
          key={reason}
          type="button"
          class="button button-stop"
          onClick={() => kitchen.board.do("cancel", ticket, { reason })}
        >
          {t.ends[reason]}
        </button>
      ))}
      <button type="button" class="button button-quiet" onClick={() => setAsked(false)}>
        {t.back}
      </button>
    </div>
  );
}
