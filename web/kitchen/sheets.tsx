import { sharedWords } from "../shared/words.ts";
import { soon } from "../shared/later.tsx";

/** What the first ticket does not need: fetched while the board stands, and there without a connection from then on. */
export const Shelf = soon(async () => (await import("./shelf.tsx")).Shelf, waiting);
export const Pace = soon(async () => (await import("./pace.tsx")).Pace, waiting);
export const Done = soon(async () => (await import("./done.tsx")).Done, waiting);
export const Ahead = soon(async () => (await import("./ahead.tsx")).Ahead, waiting);
export const TabletSheet = soon(async () => (await import("./tablet-sheet.tsx")).TabletSheet, waiting);
export const TicketSheet = soon(async () => (await import("./ticket-sheet.tsx")).TicketSheet, waiting);
export const AllDay = soon(async () => (await import("./all-day.tsx")).AllDay);
export const PaperRoll = soon(async () => (await import("./print/paper-roll.tsx")).PaperRoll);

function waiting() {
  return (
    <p class="for-ears" role="status">
      {sharedWords.value.loading}
    </p>
  );
}
