import { useEffect, useRef, useState } from "preact/hooks";
import type { FloorOrder, OrderSearch } from "../../contracts/floor.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { numbers } from "../shared/format.ts";
import { download } from "./csv.ts";
import { attentionWords, orderWords } from "./order-words.ts";
import { sheetOf } from "./orders-sheet.ts";
import { ordersWords } from "./orders-words.ts";
import { session } from "./sign-in.ts";
import { Failed } from "./states.tsx";

/** A file of more is for a report, not for a button. */
const mostRows = 50_000;
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
  const isLeft = useRef(false);
  useEffect(() => () => void (isLeft.current = true), []);
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
      if (isLeft.current) return;
      if (!reply.ok) {
        setCount(null);
        return setProblem(reply.problem);
      }
      rows.push(...reply.value.orders);
      cursor = reply.value.next;
    }
    setCut(cursor !== null);
    setCount(null);
    const words = { head: t.csv, order: orderWords.value, attention: attentionWords };
    download(
      `orders-${new Date().toISOString().slice(0, 10)}.csv`,
      "text/csv;charset=utf-8",
      sheetOf(rows, venues, words),
    );
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
      {cut ? <p class="small quiet">{t.exportCut(numbers({}).format(mostRows))}</p> : null}
      {problem === null ? null : <Failed problem={problem} />}
    </>
  );
}
