import "./charts.css";
import { useId } from "preact/hooks";
import { Panel } from "./frame.tsx";
import { figuresWords } from "./figures-words.ts";

export interface ColumnBar {
  readonly key: string;
  /** In full, as the table has it; and what stands under the column, empty where there is no room for all. */
  readonly label: string;
  readonly short: string;
  readonly value: number;
  /** What it was before; null where nothing is compared. */
  readonly before: number | null;
}

interface ColumnChartProps {
  readonly title: string;
  /** What a column is. */
  readonly head: string;
  readonly bars: readonly ColumnBar[];
  /** What is counted now and before. */
  readonly names: { readonly now: string; readonly before: string };
  format(value: number): string;
}

const height = 100;
const width = 10;

/** Columns side by side, now and before; the drawing is for eyes, the table below it for everybody. */
export function ColumnChart({ title, head, bars, names, format }: ColumnChartProps) {
  const id = useId();
  const t = figuresWords.value;
  const compared = bars.some(({ before }) => before !== null);
  const most = Math.max(0, ...bars.flatMap(({ value, before }) => [value, before ?? 0]));
  const tall = (value: number) => (value <= 0 ? 0 : Math.max(1, (value / most) * height));
  return (
    <Panel title={title}>
      <figure class="chart" aria-labelledby={id}>
        <figcaption id={id} class="chart-names small">
          <span class="chart-name" data-series="1">
            {names.now}
          </span>
          {compared ? (
            <span class="chart-name" data-series="2">
              {names.before}
            </span>
          ) : null}
          <span class="chart-most figures">{most === 0 ? t.nothingYet : t.most(format(most))}</span>
        </figcaption>
        <svg
          class="columns"
          viewBox={`0 0 ${bars.length * width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {bars.map(({ key, label, value, before }, at) => (
            <g key={key}>
              {before === null ? null : (
                <rect class="bar-2" x={at * width + 1} width={3} y={height - tall(before)} height={tall(before)} />
              )}
              <rect
                class="bar-1"
                x={at * width + (before === null ? 2 : 4.5)}
                width={before === null ? 6 : 4}
                y={height - tall(value)}
                height={tall(value)}
              />
              <rect class="bar-ground" x={at * width} width={width} y={0} height={height}>
                <title>{[`${label}: ${format(value)}`, before === null ? "" : `(${format(before)})`].join(" ")}</title>
              </rect>
            </g>
          ))}
        </svg>
        <div class="chart-axis small" aria-hidden="true">
          {bars.map(({ key, short }) => (
            <span key={key}>{short}</span>
          ))}
        </div>
      </figure>
      <details class="chart-table">
        <summary>{t.asTable}</summary>
        <div class="table-frame" tabIndex={0} role="group" aria-label={title}>
          <table class="table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{head}</th>
                <th scope="col" class="figures">
                  {names.now}
                </th>
                {compared ? (
                  <th scope="col" class="figures">
                    {names.before}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {bars.map(({ key, label, value, before }) => (
                <tr key={key}>
                  <th scope="row">{label}</th>
                  <td class="figures">{format(value)}</td>
                  {compared ? <td class="figures">{before === null ? "" : format(before)}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Panel>
  );
}
