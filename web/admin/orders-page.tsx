import "./orders.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { FoundOrders } from "../../contracts/floor.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { soughtIn } from "../../domain/order/finding.ts";
import { day, inside, money } from "../shared/format.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { Frame } from "./frame.tsx";
import { momentIn } from "./moment-in.ts";
import { OrderTag } from "./order-tag.tsx";
import { orderWords } from "./order-words.ts";
import { OrdersExport } from "./orders-export.tsx";
import { type Filter, filterIn, isImpersonal, names, searchOf } from "./orders-filter.ts";
import { OrdersFilters } from "./orders-filters.tsx";
import { ordersWords } from "./orders-words.ts";
import type { PageProps } from "./pages.ts";
import { moves, query, seek } from "./place.ts";
import { session } from "./sign-in.ts";
import { Empty, Failed, Loading } from "./states.tsx";
import { Table } from "./table.tsx";

type Found = FoundOrders["orders"][number];

interface Rest {
  /** Of which question these are. */
  readonly of: string;
  readonly orders: readonly Found[];
  readonly next: string | null;
}

interface Left {
  readonly subject: string;
  readonly text: string;
  readonly rest: Rest | null;
}

/** What was looked for and how far, for whoever comes back to it; in this page's memory, for it may name a customer. */
let left: Left = { subject: "", text: "", rest: null };

function leftAt({ subject }: PageProps["holder"]): Left {
  return left.subject === subject ? left : { subject, text: "", rest: null };
}

const pageSize = 25;
const typingMs = 300;

/** Orders by what they are called, who ordered them and what became of them. */
export function OrdersPage({ venues, venue, holder }: PageProps) {
  const t = ordersWords.value;
  const o = orderWords.value;
  const inAddress = filterIn(query.value);
  // What names a customer is kept out of the address, and so out of histories and logs.
  const [text, setText] = useState(() => inAddress.text || (moves.peek().back ? leftAt(holder).text : ""));
  const settled = useSettled(text, typingMs);
  const filter: Filter = { ...inAddress, text: settled };
  const { timeZone = "UTC" } = (venue ?? venues[0])?.settings ?? {};
  // Amounts are typed in whole units; how many small ones these have is known from what was found before.
  const [currency, setCurrency] = useState("EUR");
  const search = searchOf(filter, { venue: venue?.id ?? null, timeZone, currency });
  const body = { ...search, names: true, limit: pageSize };
  const { value, problem, asking, again } = useAsked(floorRoutes.search, { body });
  const question = JSON.stringify(body);
  const found = value?.orders[0]?.currency;
  useEffect(() => {
    if (found !== undefined) setCurrency(found);
  }, [found]);
  const [rest, setRest] = useState<Rest | null>(() => (moves.peek().back ? leftAt(holder).rest : null));
  useEffect(() => {
    left = { subject: holder.subject, text, rest };
  }, [text, rest]);
  const deed = useDeed();
  const mine = rest?.of === question ? rest : null;
  const orders = [...(value?.orders ?? []), ...(mine?.orders ?? [])];
  const next = mine === null ? (value?.next ?? null) : mine.next;
  const nameOf = useMemo(() => new Map(venues.map(({ id, settings }) => [id, settings])), [venues]);
  const more = async () => {
    if (next === null) return;
    const page = await deed.run(() => session.ask(floorRoutes.search, { body: { ...body, cursor: next } }));
    if (page !== null) setRest({ of: question, orders: [...(mine?.orders ?? []), ...page.orders], next: page.next });
  };
  const type = (typed: string) => {
    setText(typed);
    seek({ text: isImpersonal(typed) ? typed.trim() : "" });
  };
  const clear = () => {
    setText("");
    seek(Object.fromEntries(names.map((name) => [name, ""])));
  };
  const isFiltered = text !== "" || names.some((name) => name !== "text" && inAddress[name] !== "");
  const tooShort = settled.trim() !== "" && soughtIn(settled) === null;
  return (
    <Frame title={t.title} actions={<OrdersExport search={search} venues={nameOf} />}>
      <OrdersFilters filter={{ ...inAddress, text }} onText={type} onClear={isFiltered ? clear : null} />
      {tooShort ? <p class="quiet">{t.short}</p> : null}
      {problem === null ? null : <Failed problem={problem} retry={again} />}
      {value === null && problem === null ? <Loading /> : null}
      {value?.searchedFrom ? <p class="small quiet">{t.searchedFrom(day(value.searchedFrom))}</p> : null}
      {value !== null && orders.length === 0 && !tooShort ? (
        <Empty title={isFiltered ? t.none : t.noneYet}>{isFiltered ? <p>{t.noneMore}</p> : null}</Empty>
      ) : null}
      {orders.length === 0 ? null : (
        <div aria-busy={asking}>
          <Table
            caption={t.title}
            rows={orders}
            keyOf={({ id }) => id}
            hrefOf={({ id }) => `/admin/orders/${id}`}
            toneOf={({ attention }) => (attention.length > 0 ? "stop" : null)}
            columns={[
              { key: "code", title: o.code, cell: ({ code }) => <span class="mono">{code}</span> },
              {
                key: "placed",
                title: o.placedAt,
                cell: (row) => (
                  <span class="figures">
                    {row.placedAt === null ? "" : momentIn(row.placedAt, nameOf.get(row.venue)?.timeZone)}
                  </span>
                ),
              },
              { key: "customer", title: o.customer, cell: ({ name }) => <span dir="auto">{name ?? "–"}</span> },
              { key: "state", title: o.state, cell: ({ status }) => <OrderTag status={status} /> },
              {
                key: "how",
                title: o.how,
                minor: true,
                cell: ({ fulfilment, table }) => (
                  <>
                    {o.fulfilment[fulfilment]}
                    {table === undefined ? null : <span dir="auto">, {o.table(inside(table))}</span>}
                  </>
                ),
              },
              { key: "venue", title: o.venue, minor: true, cell: (row) => nameOf.get(row.venue)?.name ?? row.venue },
              {
                key: "total",
                title: o.total,
                figures: true,
                cell: (row) => (
                  <>
                    {money(row.total, row.currency)}
                    {row.refunded > 0 && row.refunded < row.total ? (
                      <span class="small quiet"> {o.paidBack(money(row.refunded, row.currency))}</span>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
        </div>
      )}
      {deed.problem === null ? null : <Failed problem={deed.problem} />}
      {next === null || orders.length === 0 ? null : (
        <p>
          <button
            type="button"
            class={`button button-quiet ${deed.busy ? "button-busy" : ""}`}
            onClick={() => void more()}
          >
            {t.more}
          </button>
        </p>
      )}
    </Frame>
  );
}

/** What was typed, once nobody has typed for so long. */
function useSettled(typed: string, ms: number): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), ms);
    return () => clearTimeout(timer);
  }, [typed, ms]);
  return settled;
}
