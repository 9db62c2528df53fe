import type { TicketView } from "../../contracts/kitchen.ts";
import { clock, said } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import type { Kitchen } from "./board-page.tsx";
import type { Difference } from "./noticed.ts";
import { OfTicket } from "./of-ticket.tsx";
import { words } from "./words.ts";

/** In what a ticket is another one than people here know: what it was, struck through, and what it is. */
export function Differences({ kitchen, ticket }: { readonly kitchen: Kitchen; readonly ticket: TicketView }) {
  const differences = kitchen.board.differences(ticket);
  const t = words.value;
  if (differences.length === 0) return null;
  return (
    <div class="ticket-changed" role="alert">
      <p>
        <Icon name="refresh" /> <span class="for-ears">{ticket.code} </span>
        <strong>{t.changed}</strong>
      </p>
      <ul>
        {differences.map((difference, at) => (
          <li key={at}>
            <Told difference={difference} ticket={ticket} />
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={() => kitchen.board.notice(ticket)}>
        {t.understood}
        <OfTicket code={ticket.code} />
      </button>
    </div>
  );
}

function Told({ difference, ticket }: { readonly difference: Difference; readonly ticket: TicketView }) {
  const t = words.value;
  switch (difference.what) {
    case "wish": {
      const dish = difference.line === null ? undefined : ticket.lines[difference.line];
      return (
        <>
          <span>{dish === undefined ? t.wholeOrder : said(dish.name)}:</span>{" "}
          <FromTo from={difference.from} to={difference.to} />
        </>
      );
    }
    case "time":
      return <FromTo from={clock(difference.from)} to={clock(difference.to)} />;
    case "driver":
      return (
        <>
          <span>{t.driver}:</span> <FromTo from={difference.from} to={difference.to} />
        </>
      );
  }
}

function FromTo({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  return (
    <>
      {from === null ? null : (
        <del>
          <span class="for-ears">{words.value.was}: </span>
          <bdi>{from}</bdi>
        </del>
      )}{" "}
      {to === null ? null : (
        <ins>
          <span class="for-ears">{words.value.is}: </span>
          <bdi>{to}</bdi>
        </ins>
      )}
    </>
  );
}
