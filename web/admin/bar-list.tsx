import "./charts.css";
import { Panel } from "./frame.tsx";

export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly before: number | null;
  /** Beside the count, e.g. what it came to. */
  readonly more?: string;
}

interface BarListProps {
  readonly title: string;
  readonly head: string;
  readonly bars: readonly Bar[];
  readonly names: { readonly now: string; readonly before: string; readonly more?: string };
  /** What is said where there is nothing to list. */
  readonly none: string;
  format(value: number): string;
}

const width = 100;

/** A table whose rows have a bar each: to be read or to be looked at. */
export function BarList({ title, head, bars, names, none, format }: BarListProps) {
  const most = Math.max(1, ...bars.flatMap(({ value, before }) => [value, before ?? 0]));
  const long = (value: number) => (value / most) * width;
  const compared = bars.some(({ before }) => before !== null);
  return (
    <Panel title={title}>
      {bars.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <div class="table-frame" tabIndex={0} role="group" aria-label={title}>
          <table class="table bars" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{head}</th>
                <td class="bars-bar" aria-hidden="true" />
                <th scope="col" class="figures">
                  {names.now}
                </th>
                {compared ? (
                  <th scope="col" class="figures">
                    {names.before}
                  </th>
                ) : null}
                {names.more === undefined ? null : (
                  <th scope="col" class="figures">
                    {names.more}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {bars.map(({ key, label, value, before, more }) => (
                <tr key={key}>
                  <th scope="row" dir="auto">
                    {label}
                  </th>
                  <td class="bars-bar" aria-hidden="true">
                    <svg viewBox={`0 0 ${width} 10`} preserveAspectRatio="none">
                      <rect class="bar-1" x={0} y={before === null ? 2 : 0} width={long(value)} height={6} />
                      {before === null ? null : <rect class="bar-2" x={0} y={7} width={long(before)} height={3} />}
                    </svg>
                  </td>
                  <td class="figures">
                    <strong>{format(value)}</strong>
                  </td>
                  {compared ? <td class="figures quiet">{before === null ? "" : format(before)}</td> : null}
                  {names.more === undefined ? null : <td class="figures">{more}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
