import "./orders-page.css";
import { useEffect, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { endStatuses, type OrderSummary } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import { clock, day, money } from "../shared/format.ts";
import { problemWords, sharedWords } from "../shared/words.ts";
import { guestOf } from "./guest.ts";
import { PageTitle } from "./page-title.tsx";
import { sameAgain } from "./same-again.ts";
import { TopBar } from "./top-bar.tsx";
import { tenantVenues } from "./venue-data.ts";
import { words } from "./words.ts";
import { orderWords } from "./words-order.ts";

/** The list is a few seconds behind the orders themselves, so that it is asked again while somebody looks (ms). */
const againAfter = 4_000;
const firstPage = 20;

interface Loaded {
  readonly orders: readonly OrderSummary[];
  readonly next: string | null;
  readonly problem: Problem | null;
}

/** What this browser has ordered from a tenant, newest first. */
export function OrdersPage({ tenant }: { readonly tenant: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const t = orderWords.value;
  const guest = guestOf(tenant);
  const load = async (cursor?: string) => {
    // Who has never ordered has no session, and needs none to be told so.
    if (guest.holder.peek() === null) return setLoaded({ orders: [], next: null, problem: null });
    const query = { limit: String(firstPage), ...(cursor === undefined ? {} : { cursor }) };
    const reply = await guest.ask(orderRoutes.list, { query });
    setLoaded((known) => {
      const before = cursor === undefined ? [] : (known?.orders ?? []);
      if (!reply.ok) return { orders: before, next: known?.next ?? null, problem: reply.problem };
      const placed = reply.value.orders.filter(({ status }) => status !== "basket");
      return { orders: [...before, ...placed], next: reply.value.next, problem: null };
    });
  };
  useEffect(() => void load(), [tenant]);
  const isLong = (loaded?.orders.length ?? 0) > firstPage;
  useEffect(() => {
    if (isLong) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void load(), againAfter);
    return () => clearInterval(timer);
  }, [tenant, isLong]);
  useEffect(() => void (document.title = words.value.orders), [t]);
  return (
    <>
      <TopBar tenant={tenant} back={`/${tenant}`}>
        {words.value.allVenues}
      </TopBar>
      <main class="page orders-page">
        <PageTitle>{words.value.orders}</PageTitle>
        <p class="quiet">{words.value.ordersHint}</p>
        {loaded === null ? (
          <p class="waiting" role="status">
            {sharedWords.value.loading}
          </p>
        ) : null}
        {loaded?.problem === null || loaded === null ? null : (
          <div class="notice notice-stop" role="alert">
            <p>{problemWords(loaded.problem)}</p>
            <p>
              <button type="button" class="button button-quiet" onClick={() => void load()}>
                {sharedWords.value.retry}
              </button>
            </p>
          </div>
        )}
        {loaded !== null && loaded.problem === null && loaded.orders.length === 0 ? <p>{t.noOrders}</p> : null}
        <ul class="orders">
          {loaded?.orders.map((order) => (
            <OrderLine key={order.id} tenant={tenant} order={order} />
          ))}
        </ul>
        {loaded?.next === null || loaded === null ? null : (
          <p>
            <button type="button" class="button button-quiet" onClick={() => void load(loaded.next ?? undefined)}>
              {t.ordersMore}
            </button>
          </p>
        )}
      </main>
    </>
  );
}

function OrderLine({ tenant, order }: { readonly tenant: string; readonly order: OrderSummary }) {
  const [failed, setFailed] = useState(false);
  const t = orderWords.value;
  const venues = tenantVenues(tenant).value;
  const venue = venues.status === "here" ? venues.venues.find(({ id }) => id === order.venue) : undefined;
  const at = order.placedAt ?? order.updatedAt;
  const timeZone = venue?.settings.timeZone;
  const again = async () => {
    const whole = await guestOf(tenant).ask(orderRoutes.read, { params: { order: order.id } });
    setFailed(!whole.ok || !(await sameAgain(tenant, whole.value)));
  };
  return (
    <li class="order-line">
      <p class="order-line-what">
        <a href={`/${tenant}/orders/${order.id}`}>
          <strong dir="auto">{venue?.settings.name ?? order.venue}</strong> <span class="mono">{order.code}</span>
        </a>
        <span class="figures">{money(order.total, order.currency)}</span>
      </p>
      <p class="order-line-how">
        <span class={`tag ${toneOf(order)}`}>{t.status[order.status]}</span>
        <span class="small quiet">
          <bdi>{venues.status === "loading" ? "" : `${day(at, timeZone)}, ${clock(at, timeZone)}`}</bdi>
        </span>
        <button
          type="button"
          class="button button-bare"
          aria-label={`${t.sameAgain}: ${order.code}`}
          onClick={() => void again()}
        >
          {t.sameAgain}
        </button>
      </p>
      <p role="status" class="small">
        {failed ? t.sameAgainFailed : ""}
      </p>
    </li>
  );
}

function toneOf({ status }: OrderSummary): string {
  if (status === "collected" || status === "delivered") return "tag-go";
  return endStatuses.has(status) ? "tag-stop" : "tag-accent";
}
