import type { TicketView } from "../../contracts/kitchen.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { clock, minutes, said } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { now } from "../shared/now.ts";
import type { Kitchen } from "./board-page.tsx";
import { pausedWords } from "./paused-words.ts";
import { words } from "./words.ts";

export type SheetName = "shelf" | "pace" | "done" | "ahead" | "tablet" | "help";

interface BoardHeadProps {
  readonly kitchen: Kitchen;
  /** New orders that are answered elsewhere. */
  readonly waiting: number;
  readonly shown: readonly TicketView[];
  open(sheet: SheetName): void;
}

/** Where this tablet stands, how much there is to do, and the way to everything that is no ticket. */
export function BoardHead({ kitchen, waiting, shown, open }: BoardHeadProps) {
  const { board, tablet, venue } = kitchen;
  const house = board.house.shown();
  const t = words.value;
  const { stations, allDay } = tablet.settings.value;
  const names = board.house.stations.value.all.filter(({ id }) => stations?.includes(id)).map(({ name }) => said(name));
  const count = (...statuses: TicketView["status"][]) => shown.filter(({ status }) => statuses.includes(status)).length;
  const counts = [
    ["new", count("waiting") + waiting],
    ["cooking", count("accepted", "preparing")],
    ...(stations === null ? ([["done", count("ready")]] as const) : []),
  ] as const;
  return (
    <header class="board-head">
      <button type="button" class="board-place" onClick={() => open("tablet")}>
        <strong>{stations === null ? t.pass : names.join(" + ") || t.noStation}</strong>
        <span class="figures">{clock(now.value)}</span>
        <span class="for-ears">{t.thisTablet}</span>
      </button>
      <h1>{house?.settings.name ?? venue}</h1>
      <dl class="board-counts">
        {counts.map(([name, number]) => (
          <div key={name} data-lane={name}>
            <dt>{t.columns[name]}</dt>
            <dd class="figures">{number}</dd>
          </div>
        ))}
      </dl>
      <div class="board-tools">
        <button
          type="button"
          class="button button-quiet"
          aria-pressed={allDay}
          onClick={() => tablet.set({ allDay: !allDay })}
        >
          <Icon name="list" /> {t.allDay}
        </button>
        <button type="button" class="button button-quiet" onClick={() => open("done")}>
          <Icon name="undo" /> {t.done}
        </button>
        <button type="button" class="button button-quiet" onClick={() => open("ahead")}>
          <Icon name="clock" /> {t.ahead}
        </button>
        <button type="button" class="button button-quiet" onClick={() => open("shelf")}>
          {t.shelf}
          {house === null || house.soldOut.length === 0 ? null : (
            <strong class="figures board-badge">{house.soldOut.length}</strong>
          )}
        </button>
        <button
          type="button"
          class={house?.paused ? "button button-stop" : "button button-quiet"}
          onClick={() => open("pace")}
        >
          {house === null ? t.pace : paceWords(house)}
        </button>
        <button type="button" class="button button-quiet button-icon" onClick={() => open("tablet")}>
          <Icon name="settings" />
          <span class="for-ears">{t.thisTablet}</span>
        </button>
      </div>
    </header>
  );
}

function paceWords({ paused, busyMinutes }: VenueView): string {
  if (paused !== null) return pausedWords(paused);
  return busyMinutes === 0 ? words.value.pace : `+ ${minutes(busyMinutes * 60_000)}`;
}
