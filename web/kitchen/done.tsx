import type { TicketView } from "../../contracts/kitchen.ts";
import { linesAt } from "../../domain/ticket/stations.ts";
import { clock } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { Sheet } from "../shared/sheet.tsx";
import type { ShownTicket } from "./after-pending.ts";
import type { Kitchen } from "./board-page.tsx";
import { words } from "./words.ts";

/** What was done of late, to look at again, to print again, and to take back as far as it can be. */
export function Done({ kitchen, onClose }: { readonly kitchen: Kitchen; onClose(): void }) {
  const { board, printer } = kitchen;
  const t = words.value;
  const tickets = board.all.value.filter((ticket) => isDoneHere(kitchen, ticket)).toReversed();
  return (
    <Sheet titleId="done" onClose={onClose}>
      <h2 id="done">{t.done}</h2>
      {tickets.length === 0 ? <p class="quiet">{t.nothingDone}</p> : null}
      <ul class="done">
        {tickets.map((ticket) => (
          <li key={ticket.order} aria-labelledby={`done-${ticket.order}`}>
            <p>
              <strong id={`done-${ticket.order}`} class="mono">
                {ticket.code}
              </strong>{" "}
              {t.statuses[ticket.status]}{" "}
              <span class="figures">{clock(ticket.ended?.at ?? ticket.readyAt ?? ticket.placedAt)}</span>{" "}
              <bdi>{ticket.customer}</bdi>
            </p>
            <Back kitchen={kitchen} ticket={ticket} />
            <button
              type="button"
              class="button button-quiet button-icon"
              onClick={() => printer.print(kitchen, ticket, "again")}
            >
              <Icon name="print" />
              <span class="for-ears">
                {t.print} {ticket.code}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function isDoneHere({ board, tablet }: Kitchen, { status, lines }: ShownTicket): boolean {
  switch (status) {
    case "ready":
    case "handed-over":
    case "rejected":
    case "withdrawn":
      return true;
    case "waiting":
      return false;
    case "accepted":
    case "preparing": {
      const { stations } = tablet.settings.value;
      const own = linesAt(lines, stations, board.house.stations.value);
      return stations !== null && own.length > 0 && own.every((line) => lines[line]?.bumped === true);
    }
  }
}

/** The way back: what a guest or a driver has already cannot come back, and says so. */
function Back({ kitchen, ticket }: { readonly kitchen: Kitchen; readonly ticket: ShownTicket }) {
  const { board, tablet } = kitchen;
  const t = words.value;
  const back = (status: TicketView["status"]) => {
    switch (status) {
      case "ready":
        return () => board.do("recall", ticket);
      case "accepted":
      case "preparing": {
        const lines = linesAt(ticket.lines, tablet.settings.value.stations, board.house.stations.value);
        return () => board.do("unbumpLines", ticket, { lines });
      }
      case "waiting":
      case "handed-over":
      case "rejected":
      case "withdrawn":
        return null;
    }
  };
  const recall = back(ticket.status);
  if (recall !== null) {
    return (
      <button type="button" class="button button-quiet" onClick={recall}>
        <Icon name="undo" /> {t.backToCook}
      </button>
    );
  }
  return board.deeds.held.value.some(({ params }) => params["order"] === ticket.order) ? (
    <button type="button" class="button button-quiet" onClick={() => board.deeds.undo()}>
      <Icon name="undo" /> {t.undo}
    </button>
  ) : (
    <span class="quiet">{t.isOver}</span>
  );
}
