import "./table.css";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  cell(row: Row): ComponentChildren;
  /** Figures stand at the end of the column. */
  readonly figures?: boolean;
  /** Left out where the screen is small. */
  readonly minor?: boolean;
}

interface TableProps<Row> {
  /** What it lists, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  /** Where a row leads; its first cell is the link, and a click anywhere in the row follows it. */
  hrefOf?(row: Row): string;
  /** How the row stands out: its edge is of this tone. */
  toneOf?(row: Row): "go" | "wait" | "stop" | null;
}

/** A table to be walked with the arrows, Home and End; on a small screen every row is a card. */
export function Table<Row>({ caption, columns, rows, keyOf, hrefOf, toneOf }: TableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const walk = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.matches("input, select, textarea")) return;
    const lines = [...(body.current?.rows ?? [])];
    const at = lines.findIndex((line) => line.contains(event.target instanceof Node ? event.target : null));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    const line = lines[Math.max(0, Math.min(lines.length - 1, next))];
    line?.querySelector<HTMLElement>("a, button")?.focus();
  };
  return (
    <div class="table-frame">
      <table class="table cards">
        <caption class="for-ears">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, figures, minor }) => (
              <th key={key} scope="col" class={classOf(figures, minor)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={walk}>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-tone={toneOf?.(row) ?? undefined} class={hrefOf === undefined ? "" : "table-way"}>
              {columns.map(({ key, title, cell, figures, minor }, at) =>
                at === 0 ? (
                  <th key={key} scope="row" data-title={title} class={classOf(figures, minor)}>
                    {hrefOf === undefined ? cell(row) : <a href={hrefOf(row)}>{cell(row)}</a>}
                  </th>
                ) : (
                  <td key={key} data-title={title} class={classOf(figures, minor)}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(figures = false, minor = false): string {
  return `${figures ? "figures" : ""} ${minor ? "table-minor" : ""}`.trim();
}
