import "./board.css";
import { useEffect, useState } from "preact/hooks";
import type { TicketStatus, TicketView } from "../../contracts/kitchen.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { minutes, said } from "../shared/format.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import type { Session } from "../shared/session.ts";
import { PendingStrip } from "../shared/pending-strip.tsx";
import { sharedWords } from "../shared/words.ts";
import { Board } from "./board.ts";
import { useAlarm } from "./alarm.ts";
import { Pace, pausedWords } from "./pace.tsx";
import { useScreenAwake } from "./screen-awake.ts";
import { Shelf } from "./shelf.tsx";
import { Ticket } from "./ticket.tsx";
import { words } from "./words.ts";

interface BoardPageProps {
  readonly session: Session;
  readonly venue: string;
  /** Where the tablet may stand in another venue, too. */
  readonly leave: (() => void) | null;
}

export function BoardPage(props: BoardPageProps) {
  const { session, venue } = props;
  const [board, setBoard] = useState<Board | null>(null);
  useEffect(() => {
    const opened = new Board(session, venue);
    setBoard(opened);
    return () => opened.close();
  }, [session, venue]);
  return board === null ? null : <Tickets {...props} board={board} />;
}

const columns = [
  { name: "new", statuses: ["withdrawn", "waiting"] },
  { name: "cooking", statuses: ["accepted", "preparing"] },
  { name: "done", statuses: ["ready"] },
] as const satisfies { name: string; statuses: TicketStatus[] }[];

function Tickets({ venue, leave, board }: BoardPageProps & { readonly board: Board }) {
  const [sheet, setSheet] = useState<"shelf" | "pace" | null>(null);
  const house = board.house.shown();
  const close = () => setSheet(null);
  const tickets = board.open.value;
  const waiting = tickets.filter(({ status }) => status === "waiting" || status === "withdrawn");
  const alarm = useAlarm(waiting.map(({ order }) => order));
  useScreenAwake();
  useSeen(board, tickets);
  const t = words.value;
  return (
    <div class="board">
      <div>
        <ConnectionBanner live={board.live} />
        <PendingStrip
          pending={board.pending}
          live={board.live}
          deeds={t.deeds}
          isToldElsewhere={({ action }) => tickets.some(({ order }) => order === action.params["order"])}
        />
      </div>
      <header class="board-head">
        <h1>{house?.settings.name ?? venue}</h1>
        <button type="button" class="button button-quiet" onClick={() => setSheet("shelf")}>
          {t.shelf}
          {house === null || house.soldOut.length === 0 ? null : <span class="figures"> {house.soldOut.length}</span>}
        </button>
        <button
          type="button"
          class={house?.paused ? "button button-stop" : "button button-quiet"}
          onClick={() => setSheet("pace")}
        >
          {house === null ? t.pace : paceWords(house)}
        </button>
        <button type="button" class="button button-quiet" aria-pressed={alarm.on} onClick={alarm.allow}>
          {alarm.on ? t.soundOn : t.soundOff}
        </button>
        {leave === null ? null : (
          <button type="button" class="button button-bare" onClick={leave}>
            {t.otherVenue}
          </button>
        )}
        <LanguageChoice />
      </header>
      <main class="columns">
        {columns.map((column) => {
          const own = tickets.filter(({ status }) => column.statuses.some((one) => one === status));
          return (
            <section key={column.name} class={`column column-${column.name}`} aria-labelledby={`column-${column.name}`}>
              <h2 id={`column-${column.name}`}>
                {t.columns[column.name]} <span class="figures column-count">{own.length}</span>
              </h2>
              {own.length === 0 ? (
                <p class="quiet">{board.known.value ? t.empty[column.name] : sharedWords.value.loading}</p>
              ) : null}
              <ul class="tickets">
                {own.map((ticket) => (
                  <Ticket key={ticket.order} board={board} venue={venue} ticket={ticket} />
                ))}
              </ul>
            </section>
          );
        })}
      </main>
      <AllDay board={board} />
      {sheet === "shelf" ? <Shelf board={board} venue={venue} onClose={close} /> : null}
      {sheet === "pace" ? <Pace board={board} venue={venue} onClose={close} /> : null}
    </div>
  );
}

function paceWords({ paused, busyMinutes }: VenueView): string {
  if (paused !== null) return pausedWords(paused);
  return busyMinutes === 0 ? words.value.pace : `+ ${minutes(busyMinutes * 60_000)}`;
}

/** How many of each thing are still to be cooked, over all tickets. */
function AllDay({ board }: { readonly board: Board }) {
  const counts = board.counts.value;
  if (counts.length === 0) return null;
  return (
    <footer class="all-day">
      <h2>{words.value.allDay}</h2>
      <ul tabIndex={0} aria-label={words.value.allDay}>
        {counts.map((count, at) => (
          <li key={`${at}-${count.item}`}>
            <strong class="figures">{count.quantity}×</strong> {said(count.name)}
            {count.variation === null ? "" : ` ${said(count.variation.name)}`}
          </li>
        ))}
      </ul>
    </footer>
  );
}

/** Tells the board what people can see: only then does an order count as received. */
function useSeen(board: Board, tickets: readonly TicketView[]): void {
  const [visible, setVisible] = useState(document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  const unseen = tickets.filter(({ seenAt }) => seenAt === null).map(({ order }) => order);
  const live = board.live.value;
  useEffect(() => {
    if (visible && live && unseen.length > 0) board.tellSeen(unseen);
  }, [visible, live, unseen.join()]);
}
