import { useMemo } from "preact/hooks";
import type { FloorOrder } from "../../contracts/floor.ts";
import { clock, inside, minutes } from "../shared/format.ts";
import { boardWords } from "./board-words.ts";
import { columnOf, columns, lateMs, troubleOf } from "./floor-order.ts";
import { Panel } from "./frame.tsx";
import { orderWords } from "./order-words.ts";

/** More in one lane nobody reads; how many more there are is said. */
const mostShown = 40;

interface LanesProps {
  readonly orders: readonly FloorOrder[];
  /** null where there is only one venue to speak of. */
  readonly nameOf: ((venue: string) => string) | null;
  readonly at: number;
}

/** Every open order in the lane of its state, the longest placed first. */
export function BoardLanes({ orders, nameOf, at }: LanesProps) {
  const t = boardWords.value;
  const lanes = Map.groupBy(orders, columnOf);
  return (
    <Panel title={t.open}>
      {orders.length === 0 ? <p class="quiet">{t.none}</p> : null}
      <div class="lanes" hidden={orders.length === 0}>
        {columns.map((column) => {
          const all = lanes.get(column) ?? [];
          return (
            <section key={column} class="lane" aria-label={t.columns[column]}>
              <h3>
                {t.columns[column]} <span class="figures quiet">{all.length}</span>
              </h3>
              <ul>
                {all.slice(0, mostShown).map((order) => (
                  <LaneOrder key={order.id} order={order} nameOf={nameOf} at={at} />
                ))}
              </ul>
              {all.length > mostShown ? <p class="small quiet">{t.more(all.length - mostShown)}</p> : null}
            </section>
          );
        })}
      </div>
    </Panel>
  );
}

type LaneOrderProps = { readonly order: FloorOrder } & Pick<LanesProps, "nameOf" | "at">;

/** Of hundreds of orders few have changed: the others stay as they were drawn. */
function LaneOrder({ order, nameOf, at }: LaneOrderProps) {
  const words = orderWords.value;
  return useMemo(() => drawn({ order, nameOf, at }), [order, nameOf, at, words]);
}

function drawn({ order, nameOf, at }: LaneOrderProps) {
  const o = orderWords.value;
  const late = lateMs(order, at);
  const trouble = troubleOf(order, at);
  const placed = order.placedAt === null ? 0 : at - Date.parse(order.placedAt);
  const when = order.status === "scheduled" && order.dueAt !== null ? clock(order.dueAt) : minutes(placed);
  const table = order.table === undefined ? "" : o.table(inside(order.table));
  return (
    <li>
      <a
        class="lane-order"
        href={`/admin/orders/${order.id}`}
        data-tone={trouble === null ? undefined : trouble.kind === "attention" ? "stop" : "wait"}
      >
        <strong class="mono">{order.code}</strong>
        <span class="figures">{when}</span>
        <span class="small lane-more">
          {[nameOf?.(order.venue), o.fulfilment[order.fulfilment], table].filter(Boolean).join(" · ")}
        </span>
        {late >= 60_000 ? <span class="small figures lane-late">{o.late(minutes(late))}</span> : null}
      </a>
    </li>
  );
}
