import type { Signal } from "@preact/signals";
import type { FloorOrder, FloorVenue } from "../../contracts/floor.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { isOpenFor } from "../../domain/venue/slots.ts";
import { clock } from "../shared/format.ts";
import { BoardPace } from "./board-pace.tsx";
import { boardWords } from "./board-words.ts";
import { columnOf, columns, lateMs } from "./floor-order.ts";
import { Panel } from "./frame.tsx";
import { orderWords } from "./order-words.ts";
import { Chip } from "./states.tsx";
import { type Column, Table } from "./table.tsx";

interface VenuesProps {
  readonly venues: readonly VenueView[];
  readonly orders: readonly FloorOrder[];
  readonly standing: ReadonlyMap<string, FloorVenue>;
  readonly at: number;
  /** The venue whose pace is being changed. */
  readonly pacing: Signal<string | null>;
}

interface Row {
  readonly venue: VenueView;
  readonly orders: readonly FloorOrder[];
  readonly standing: Pick<FloorVenue, "paused" | "busyMinutes">;
  readonly late: number;
}

/** Each venue: whether it takes orders, how many are where, how many are late; and its pace, to be changed. */
export function BoardVenues({ venues, orders, standing, at, pacing }: VenuesProps) {
  const t = boardWords.value;
  const byVenue = Map.groupBy(orders, ({ venue }) => venue);
  const rows = venues.map((venue): Row => {
    const own = byVenue.get(venue.id) ?? [];
    const told = standing.get(venue.id);
    const late = own.filter((order) => lateMs(order, at) >= 60_000).length;
    return { venue, orders: own, standing: told ?? venue, late };
  });
  const counted = columns.map((column): Column<Row> => ({
    key: column,
    title: t.columns[column],
    figures: true,
    cell: (row) => <Count count={row.orders.filter((order) => columnOf(order) === column).length} />,
  }));
  const changed = rows.find(({ venue }) => venue.id === pacing.value);
  return (
    <Panel title={t.venues}>
      <Table
        caption={t.venues}
        rows={rows}
        keyOf={({ venue }) => venue.id}
        toneOf={({ late }) => (late > 0 ? "wait" : null)}
        columns={[
          { key: "venue", title: orderWords.value.venue, cell: ({ venue }) => venue.settings.name },
          { key: "state", title: orderWords.value.state, cell: (row) => <Standing row={row} at={at} /> },
          ...counted,
          {
            key: "late",
            title: t.late,
            figures: true,
            cell: ({ late }) => (late === 0 ? <Count count={0} /> : <Chip tone="wait">{late}</Chip>),
          },
          {
            key: "pace",
            title: t.pace,
            cell: ({ venue }) => (
              <button
                type="button"
                class="button button-quiet button-small"
                aria-haspopup="dialog"
                aria-label={`${t.pace}: ${venue.settings.name}`}
                onClick={() => (pacing.value = venue.id)}
              >
                {t.pace}
              </button>
            ),
          },
        ]}
      />
      {changed === undefined ? null : (
        <BoardPace venue={changed.venue} standing={changed.standing} at={at} onClose={() => (pacing.value = null)} />
      )}
    </Panel>
  );
}

function Count({ count }: { readonly count: number }) {
  return count === 0 ? <span class="quiet">–</span> : <strong>{count}</strong>;
}

function Standing({ row: { venue, standing }, at }: { readonly row: Row; readonly at: number }) {
  const t = boardWords.value;
  const { settings } = venue;
  const paused = pauseOf(standing, at);
  if (paused !== null) {
    const words = paused.until === null ? t.paused : t.pausedUntil(clock(paused.until, settings.timeZone));
    return (
      <span class="standing">
        <Chip tone="stop">{words}</Chip> <span class="small quiet">{paused.reason}</span>
      </span>
    );
  }
  const isOpen = settings.fulfilments.some((fulfilment) => isOpenFor(settings, fulfilment, at));
  if (!isOpen) return <Chip tone="plain">{t.closed}</Chip>;
  return standing.busyMinutes > 0 ? (
    <Chip tone="wait">{t.busy(standing.busyMinutes)}</Chip>
  ) : (
    <Chip tone="go">{t.takes}</Chip>
  );
}

/** A pause whose end has come is over, whoever says so first. */
export function pauseOf({ paused }: Pick<FloorVenue, "paused">, at: number): FloorVenue["paused"] {
  return paused !== null && paused.until !== null && Date.parse(paused.until) <= at ? null : paused;
}
