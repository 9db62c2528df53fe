import { useState } from "preact/hooks";
import type { FloorOrder, OrderSearch } from "../../contracts/floor.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { decimal } from "../../contracts/money.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { csvOf, download } from "./csv.ts";
import { attentionWords, orderWords } from "./order-words.ts";
import { ordersWords } from "./orders-words.ts";
import { session } from "./sign-in.ts";
import { Failed } from "./states.tsx";

/** A file of more is for a report, not for a button. */
const mostRows = 5_000;
const pageSize = 100;

interface ExportProps {
  readonly search: Partial<OrderSearch>;
  readonly venues: ReadonlyMap<string, VenueSettings>;
}

/** The whole result as a file for a spreadsheet; no customer is in it. */
export function OrdersExport({ search, venues }: ExportProps) {
  const [count, setCount] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [cut, setCut] = useState(false);
  const t = ordersWords.value;
  const run = async () => {
    if (count !== null) return;
    setProblem(null);
    const rows: FloorOrder[] = [];
    let cursor: string | null = "";
    while (cursor !== null && rows.length < mostRows) {
      setCount(rows.length);
      const body: object = { ...search, limit: pageSize, ...(cursor === "" ? {} : { cursor }) };
      const reply = await session.ask(floorRoutes.search, { body });
      if (!reply.ok) {
        setCount(null);
        return setProblem(reply.problem);
      }
      rows.push(...reply.value.orders);
      cursor = reply.value.next;
    }
    setCut(cursor !== null);
    setCount(null);
    download(`orders-${new Date().toISOString().slice(0, 10)}.csv`, "text/csv;charset=utf-8", sheetOf(rows, venues));
  };
  return (
    <>
      <button
        type="button"
        class={`button button-quiet ${count === null ? "" : "button-busy"}`}
        onClick={() => void run()}
      >
        {count === null ? t.export : t.exporting(count)}
      </button>
      {cut ? <p class="small quiet">{t.exportCut(mostRows)}</p> : null}
      {problem === null ? null : <Failed problem={problem} />}
    </>
  );
}

function sheetOf(rows: readonly FloorOrder[], venues: ReadonlyMap<string, VenueSettings>): string {
  const { csv } = ordersWords.value;
  const o = orderWords.value;
  const head = [
    csv.id, csv.code, csv.venue, csv.status, csv.fulfilment, csv.placed, csv.sent, csv.accepted, csv.promised, csv.ready,
    csv.ended, csv.total, csv.refunded, csv.currency, csv.reason, csv.attention,
  ]; // prettier-ignore
  const body = rows.map((row) => [
    row.id, row.code, venues.get(row.venue)?.name ?? row.venue, o.status[row.status], o.fulfilment[row.fulfilment],
    row.placedAt, row.sentAt, row.acceptedAt, row.promisedAt, row.readyAt, row.endedAt,
    Number(decimal(row.total, row.currency)), Number(decimal(row.refunded, row.currency)), row.currency,
    row.reason === null ? "" : o.reason[row.reason], row.attention.map(attentionWords).join("; "),
  ]); // prettier-ignore
  return csvOf([head, ...body]);
}
