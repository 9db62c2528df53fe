import type { Figures } from "../../contracts/floor.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { money, numbers, percent } from "../shared/format.ts";
import { BarList } from "./bar-list.tsx";
import { ColumnChart } from "./column-chart.tsx";
import { acceptanceBars, hourBars, latenessBars, shareLate } from "./figures-bars.ts";
import { figuresWords } from "./figures-words.ts";
import { lasted } from "./moment-in.ts";
import { orderWords } from "./order-words.ts";

interface ShownProps {
  readonly figures: Figures;
  /** Of the week before; null while it is not known. */
  readonly before: Figures | null;
  readonly venues: readonly VenueView[];
  /** Whether they are of one venue. */
  readonly one: boolean;
  readonly timeZone: string;
}

/** A day's figures, each beside what it was a week before. */
export function FiguresShown({ figures, before, venues, one, timeZone }: ShownProps) {
  const t = figuresWords.value;
  const o = orderWords.value;
  const currency = figures.currency ?? "EUR";
  const count = (value: number) => numbers({}).format(value);
  const amount = (value: number) => money(value, currency);
  // Where a venue sells in another currency its amounts are not in these figures: no word is better than a nought.
  const worth = (value: number) => (value === 0 && figures.otherCurrencies.length > 0 ? "–" : amount(value));
  const names = { now: t.orders, before: t.lastWeek };
  const withRevenue = { ...names, more: t.revenue };
  const ordersBefore = <K extends string>(
    all: readonly { orders: number }[] | undefined,
    at: (row: never) => K,
    key: K,
  ) => (all === undefined ? null : (all.find((row) => at(row as never) === key)?.orders ?? 0));
  return (
    <>
      <KeyFigures figures={figures} before={before} />
      {figures.otherCurrencies.length === 0 ? null : (
        <p class="small quiet">{t.otherCurrencies(figures.otherCurrencies.join(", "))}</p>
      )}
      <div class="panels">
        <ColumnChart
          title={t.byHour}
          head={t.hour}
          names={names}
          format={count}
          bars={hourBars(figures, before, timeZone, ({ orders }) => orders)}
        />
        <ColumnChart
          title={t.revenueByHour}
          head={t.hour}
          names={{ now: t.revenue, before: t.lastWeek }}
          format={amount}
          bars={hourBars(figures, before, timeZone, ({ revenue }) => revenue)}
        />
        {one ? null : (
          <BarList
            title={t.byVenue}
            head={o.venue}
            names={withRevenue}
            none={t.nothingYet}
            format={count}
            bars={figures.venues
              .toSorted((a, b) => b.orders - a.orders)
              .map(({ venue, orders, revenue }) => ({
                key: venue,
                label: venues.find(({ id }) => id === venue)?.settings.name ?? venue,
                value: orders,
                before: ordersBefore(before?.venues, (row: Figures["venues"][number]) => row.venue, venue),
                more: worth(revenue),
              }))}
          />
        )}
        <BarList
          title={t.byHow}
          head={o.how}
          names={withRevenue}
          none={t.nothingYet}
          format={count}
          bars={figures.fulfilments.map(({ fulfilment, orders, revenue }) => ({
            key: fulfilment,
            label: o.fulfilment[fulfilment],
            value: orders,
            before: ordersBefore(
              before?.fulfilments,
              (row: Figures["fulfilments"][number]) => row.fulfilment,
              fulfilment,
            ),
            more: worth(revenue),
          }))}
        />
        <BarList
          title={t.byState}
          head={o.state}
          names={names}
          none={t.nothingYet}
          format={count}
          bars={figures.statuses
            .toSorted((a, b) => b.orders - a.orders)
            .map(({ status, orders }) => ({
              key: status,
              label: o.status[status],
              value: orders,
              before: ordersBefore(before?.statuses, (row: Figures["statuses"][number]) => row.status, status),
            }))}
        />
        <BarList
          title={t.byReason}
          head={t.byReason}
          names={names}
          none={t.noneLost}
          format={count}
          bars={figures.reasons.map(({ reason, orders }) => ({
            key: reason,
            label: o.reason[reason],
            value: orders,
            before: ordersBefore(before?.reasons, (row: Figures["reasons"][number]) => row.reason, reason),
          }))}
        />
        <BarList
          title={t.acceptanceChart}
          head={t.acceptance}
          names={names}
          none={t.nothingYet}
          format={count}
          bars={figures.acceptance.orders === 0 ? [] : acceptanceBars(figures.acceptance, before?.acceptance ?? null)}
        />
        <BarList
          title={t.latenessChart}
          head={t.readyWhen}
          names={names}
          none={t.nothingYet}
          format={count}
          bars={figures.lateness.orders === 0 ? [] : latenessBars(figures.lateness, before?.lateness ?? null)}
        />
        <BarList
          title={t.items}
          head={t.items}
          names={{ now: t.portions, before: t.lastWeek, more: t.revenue }}
          none={t.nothingYet}
          format={count}
          bars={figures.items.map(({ key, name, quantity, revenue }) => ({
            key,
            label: name,
            value: quantity,
            before: before === null ? null : (before.items.find((item) => item.key === key)?.quantity ?? null),
            more: worth(revenue),
          }))}
        />
      </div>
    </>
  );
}

function KeyFigures({ figures, before }: Pick<ShownProps, "figures" | "before">) {
  const t = figuresWords.value;
  const { currency } = figures;
  const count = (value: number) => numbers({}).format(value);
  const amount = (value: number) => (currency === null ? count(value) : money(value, currency));
  const average = ({ total }: Figures) => {
    const paid = total.orders - total.lost;
    return paid > 0 ? amount(Math.round(total.revenue / paid)) : "–";
  };
  const told: readonly (readonly [string, (figures: Figures) => string, string?])[] = [
    [t.orders, ({ total }) => count(total.orders)],
    [t.revenue, ({ total }) => amount(total.revenue)],
    [t.average, average],
    [t.acceptance, ({ acceptance: { median } }) => (median === null ? "–" : lasted(median * 1_000)), t.acceptanceWhat],
    [
      t.late,
      ({ lateness }) => ((share) => (share === null ? "–" : percent(share, 0)))(shareLate(lateness)),
      t.lateWhat,
    ],
    [t.lost, ({ total }) => count(total.lost), t.lostWhat],
  ];
  return (
    <div class="key-figures">
      {told.map(([name, of, what]) => (
        <p key={name} class="figure">
          <strong>{of(figures)}</strong>
          <span>{name}</span>
          {what === undefined ? null : <span class="small">{what}</span>}
          {before === null ? null : <span class="small">{t.before(of(before))}</span>}
        </p>
      ))}
    </div>
  );
}
