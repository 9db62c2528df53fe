import "./board.css";
import { useComputed, useSignal } from "@preact/signals";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import { ConnectionBanner } from "../shared/connection.tsx";
import { minutes } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { BoardLanes } from "./board-lanes.tsx";
import { BoardVenues } from "./board-venues.tsx";
import { boardWords } from "./board-words.ts";
import { followFloor } from "./floor-live.ts";
import { troubleOf } from "./floor-order.ts";
import { Frame, Panel } from "./frame.tsx";
import { attentionWords, orderWords } from "./order-words.ts";
import type { PageProps } from "./pages.ts";
import { Loading } from "./states.tsx";
import { Table } from "./table.tsx";

/** More at a time nobody sees to; how many more there are is said. */
const mostStuck = 25;

/** All open orders of all venues, live: what is stuck, how each venue stands, and every order where it is. */
export function BoardPage({ venues, venue }: PageProps) {
  const floor = useMemo(followFloor, []);
  useEffect(() => floor.close, [floor]);
  // Minutes are shown: a look every five seconds is enough, and a board of a thousand orders stays cool.
  const at = useComputed(() => Math.floor(now.value / 5_000) * 5_000).value;
  const pacing = useSignal<string | null>(null);
  const t = boardWords.value;
  const o = orderWords.value;
  const shown = venue === null ? venues : [venue];
  const reach = new Set(shown.map(({ id }) => id));
  const orders = floor.orders.value?.filter((order) => reach.has(order.venue)) ?? null;
  const nameOf = useCallback((id: string) => venues.find((one) => one.id === id)?.settings.name ?? id, [venues]);
  const stuck = (orders ?? [])
    .flatMap((order) => {
      const trouble = troubleOf(order, at);
      return trouble === null ? [] : [{ order, trouble }];
    })
    .toSorted((a, b) => b.trouble.ms - a.trouble.ms);
  return (
    <Frame
      title={t.title}
      lead={orders === null ? undefined : t.lead(orders.length, shown.length)}
      actions={
        <a class="button" href="/admin/phone-order">
          {t.phoneOrder}
        </a>
      }
    >
      <ConnectionBanner live={floor.live} />
      {orders === null ? (
        <Loading />
      ) : (
        <>
          <Panel title={t.stuck}>
            {stuck.length === 0 ? (
              <p>
                {t.allWell} <span class="quiet">{t.allWellMore}</span>
              </p>
            ) : (
              <Table
                caption={t.stuck}
                rows={stuck.slice(0, mostStuck)}
                keyOf={({ order }) => order.id}
                hrefOf={({ order }) => `/admin/orders/${order.id}`}
                toneOf={({ trouble }) => (trouble.kind === "attention" ? "stop" : "wait")}
                columns={[
                  { key: "code", title: o.code, cell: ({ order }) => <span class="mono">{order.code}</span> },
                  {
                    key: "what",
                    title: t.what,
                    cell: ({ trouble: { kind, what } }) =>
                      t.trouble[kind](kind === "attention" ? attentionWords(what) : what),
                  },
                  { key: "since", title: t.since, figures: true, cell: ({ trouble }) => minutes(trouble.ms) },
                  { key: "venue", title: o.venue, cell: ({ order }) => nameOf(order.venue) },
                  { key: "state", title: o.state, minor: true, cell: ({ order }) => o.status[order.status] },
                  { key: "how", title: o.how, minor: true, cell: ({ order }) => o.fulfilment[order.fulfilment] },
                ]}
              />
            )}
            {stuck.length > mostStuck ? <p class="small quiet">{t.more(stuck.length - mostStuck)}</p> : null}
          </Panel>
          <BoardVenues venues={shown} orders={orders} standing={floor.venues.value} at={at} pacing={pacing} />
          <BoardLanes orders={orders} nameOf={shown.length > 1 ? nameOf : null} at={at} />
        </>
      )}
    </Frame>
  );
}
