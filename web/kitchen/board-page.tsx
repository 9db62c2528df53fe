import "./board.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { TicketView } from "../../contracts/kitchen.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { PendingStrip } from "../shared/pending-strip.tsx";
import type { Session } from "../shared/session.ts";
import { useAlarm, type Urgency } from "./alarm.ts";
import { BoardHead, type SheetName } from "./board-head.tsx";
import { Board, isToldOnTicket } from "./board.ts";
import { useBumpBar } from "./bump-bar.ts";
import { Calls } from "./calls.tsx";
import { NewTickets } from "./new-tickets.tsx";
import { Printer, usePrintsAtOnce } from "./print/printer.ts";
import { Rail } from "./rail.tsx";
import { ReadyLane } from "./ready-lane.tsx";
import { useScreenAwake } from "./screen-awake.ts";
import { useSeen } from "./seen.ts";
import { AllDay, Ahead, Done, Pace, PaperRoll, Shelf, TabletSheet, TicketSheet } from "./sheets.tsx";
import { Tablet } from "./tablet.ts";
import { UndoBar } from "./undo-bar.tsx";
import { words } from "./words.ts";
import { workFor } from "./work.ts";

interface BoardPageProps {
  readonly session: Session;
  readonly venue: string;
  /** Where the tablet may stand in another venue, too. */
  readonly leave: (() => void) | null;
}

/** What every part of the board's page is about. */
export interface Kitchen {
  readonly board: Board;
  readonly tablet: Tablet;
  readonly printer: Printer;
  readonly session: Session;
  readonly venue: string;
  /** Shows everything about one ticket. */
  open(order: string): void;
}

export function BoardPage(props: BoardPageProps) {
  const { session, venue } = props;
  const [opened, setOpened] = useState<{ board: Board; tablet: Tablet } | null>(null);
  useEffect(() => {
    const board = new Board(session, venue);
    setOpened({ board, tablet: new Tablet(venue) });
    return () => board.close();
  }, [session, venue]);
  return opened === null ? null : <Floor {...props} {...opened} />;
}

/** The board: what calls for somebody, the rail of tickets, what is ready, what was done last. */
function Floor({ session, venue, leave, board, tablet }: BoardPageProps & { board: Board; tablet: Tablet }) {
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [order, setOrder] = useState<string | null>(null);
  const printer = useMemo(() => new Printer(tablet), [tablet]);
  // One and the same as long as they are: a ticket that is as it was is not drawn again.
  const kitchen = useMemo<Kitchen>(
    () => ({ board, tablet, printer, session, venue, open: setOrder }),
    [board, tablet, printer, session, venue],
  );
  const settings = tablet.settings.value;
  const { tickets, ready, elsewhere } = workFor(board.open.value, settings, board.house.stations.value);
  const shown = [...tickets, ...ready];
  const unseen = board.open.value.filter(({ escalated }) => escalated !== undefined);
  const calls = callsOf(board, shown, unseen);
  useAlarm(calls, urgencyOf(unseen), settings.volume);
  useScreenAwake();
  useSeen(board, shown);
  usePrintsAtOnce(kitchen, board.all.value);
  useBumpBar(kitchen, shown, () => setSheet("help"));
  const close = () => setSheet(null);
  const detailed = board.all.value.find((ticket) => ticket.order === order);
  return (
    <div class="board" data-scale={settings.scale} data-all-day={settings.allDay}>
      <div class="strips">
        <ConnectionBanner live={board.live} asOf={board.asOf.value} />
        <Calls kitchen={kitchen} unseen={unseen} elsewhere={elsewhere} />
        <PendingStrip
          pending={board.pending}
          live={board.live}
          deeds={words.value.deeds}
          standing={({ params }) => standingOf(board.all.value.find(({ order }) => order === params["order"]))}
          isToldElsewhere={(outcome) =>
            isToldOnTicket(outcome) && shown.some(({ order }) => order === outcome.action.params["order"])
          }
        />
      </div>
      <BoardHead kitchen={kitchen} waiting={elsewhere.length} shown={shown} open={setSheet} />
      <main class="floor">
        <Rail kitchen={kitchen} tickets={tickets} />
        {settings.stations === null ? (
          <ReadyLane kitchen={kitchen} tickets={ready} returning={board.all.value.filter(isComingBack)} />
        ) : null}
        {settings.allDay ? <AllDay kitchen={kitchen} /> : null}
      </main>
      <NewTickets shown={shown} />
      <UndoBar deeds={board.deeds} />
      {sheet === "shelf" ? <Shelf board={board} onClose={close} /> : null}
      {sheet === "pace" ? <Pace board={board} onClose={close} /> : null}
      {sheet === "done" ? <Done kitchen={kitchen} onClose={close} /> : null}
      {sheet === "ahead" ? <Ahead kitchen={kitchen} onClose={close} /> : null}
      {sheet === "tablet" || sheet === "help" ? <TabletSheet kitchen={kitchen} leave={leave} onClose={close} /> : null}
      {detailed === undefined ? null : (
        <TicketSheet kitchen={kitchen} ticket={detailed} onClose={() => setOrder(null)} />
      )}
      <PaperRoll printer={printer} />
    </div>
  );
}

/** As that of the order which was told of most often. */
function urgencyOf(unseen: readonly TicketView[]): Urgency {
  const loudest = Math.max(0, ...unseen.map(({ escalated = 0 }) => escalated));
  return loudest === 1 || loudest === 2 || loudest === 3 ? loudest : 0;
}

/** Beside what was not taken stands how it is now, that nobody has to look for it. */
function standingOf(ticket: TicketView | undefined): string {
  if (ticket === undefined) return "";
  const { status, ended } = ticket;
  const t = words.value;
  return t.isNow(ended === null ? t.statuses[status] : `${t.statuses[status]}, ${t.ends[ended.reason]}`);
}

/** Food that could not be handed over and is on its way back. */
function isComingBack({ food }: TicketView): boolean {
  return food !== undefined && food.backAt === null;
}

/** What has to be noticed, by a key each: a new order, a cancelled one, one that is another now, one nobody has seen. */
function callsOf(
  board: Board,
  shown: ReturnType<typeof workFor>["tickets"],
  unseen: ReturnType<typeof workFor>["tickets"],
): string[] {
  return [
    ...shown
      .filter(({ status }) => status === "waiting" || status === "withdrawn")
      .map(({ order, status }) => `${order} ${status}`),
    ...shown
      .filter((ticket) => board.differences(ticket).some(({ what }) => what === "wish"))
      .map(({ order, changes = [] }) => `${order} ${changes.map(({ at }) => at).join()}`),
    ...unseen.map(({ order, escalated }) => `${order} ${escalated}`),
  ];
}
