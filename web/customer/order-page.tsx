import "./order-page.css";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Eta } from "../../contracts/eta.ts";
import { endStatuses, type OrderView } from "../../contracts/order.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { inside, money } from "../shared/format.ts";
import type { Session } from "../shared/session.ts";
import { BillLines, Totals } from "./bill.tsx";
import { DriverMap } from "./driver-map.tsx";
import { linkOf } from "./order-access.ts";
import { OrderFrame } from "./order-frame.tsx";
import { OrderCancel } from "./order-cancel.tsx";
import { OrderEnd, Refunds } from "./order-end.tsx";
import { useFollowedOrder } from "./order-live.ts";
import { OrderLinks } from "./order-links.tsx";
import { OrderPush } from "./order-push.tsx";
import { thisMinute } from "./minute.ts";
import { atMoment, type Stance } from "./moments.ts";
import { OrderSteps } from "./order-steps.tsx";
import { driverWords, paymentWords, seenWords, statusWords, whenWords } from "./order-words.ts";
import { PageTitle } from "./page-title.tsx";
import { TopBar } from "./top-bar.tsx";
import { words } from "./words.ts";
import { useLate, useParts } from "./staged.ts";
import { useStance } from "./stance.ts";
import { orderWords } from "./words-order.ts";

interface OrderPageProps {
  readonly tenant: string;
  readonly order: string;
}

/** What is happening with an order now. */
export function OrderPage({ tenant, order: id }: OrderPageProps) {
  const followed = useFollowedOrder(tenant, id);
  const t = orderWords.value;
  const order = followed?.order.value ?? null;
  if (followed?.gone.value === true) {
    return (
      <main class="page page-narrow">
        <PageTitle>{t.gone}</PageTitle>
        <p class="quiet">{t.goneMore}</p>
        <a class="button" href={`/${tenant}`}>
          {words.value.allVenues}
        </a>
      </main>
    );
  }
  return (
    <>
      {followed === null ? null : <ConnectionBanner live={followed.live} />}
      {followed === null || order === null ? (
        <OrderFrame tenant={tenant} />
      ) : (
        <Followed tenant={tenant} order={order} {...followed.by.value} />
      )}
    </>
  );
}

interface FollowedProps {
  readonly tenant: string;
  readonly order: OrderView;
  readonly session: Session;
  readonly isOwn: boolean;
}

/** Whoever wants to cancel does not wait longer for a clock. */
const clockPatienceMs = 1_500;

function Followed({ tenant, order, session, isOwn }: FollowedProps) {
  const t = orderWords.value;
  const over = endStatuses.has(order.status);
  const pin = order.delivery?.pin ?? null;
  const driver = order.delivery?.driver ?? null;
  const status = statusWords(order, t);
  const link = useLink(tenant, order.id, isOwn);
  const [eta, setEta] = useEta(order);
  const before = useMoved(order);
  const parts = useParts(2);
  const { stance, zone, venue } = useStance(order.venue);
  const isLate = useLate(clockPatienceMs);
  // What is below what depends on the venue's clock would be pushed about by it: it waits for that, but not for ever.
  const isWhole = parts === 2 && (stance !== null || isLate);
  // Takes its place at once, and is read when it is by the right clock.
  const unsure: Stance = stance ?? { now: thisMinute.value };
  useEffect(() => void (document.title = `${status} · ${order.code}`), [status]);
  return (
    <>
      <TopBar tenant={tenant} back={`/${tenant}/${order.venue}`}>
        {t.again}
      </TopBar>
      <main class="page order">
        <section class="slip order-slip" aria-label={t.orderTitle(order.code)}>
          <div class="order-code">
            <p>
              <span class="small quiet">{order.fulfilment === "delivery" ? t.orderTitle("") : t.code}</span>
              <span class="mono">{order.code}</span>
            </p>
            {order.table === undefined ? null : (
              <p>
                <span class="small quiet">{t.table}</span> <bdi>{order.table}</bdi>
              </p>
            )}
          </div>
          <div role="status" class="order-now" data-clock={stance === null ? "unknown" : "known"}>
            <PageTitle class={`order-status order-status-${toneOf(order)}`}>{status}</PageTitle>
            <p class="order-when">{whenWords({ ...order, eta }, t, unsure)}</p>
            <p>{before === null ? "" : t.moved(atMoment(before, unsure, t))}</p>
            <p>{seenWords(order, t, unsure)}</p>
            <p>{driverWords(order, t, unsure)}</p>
          </div>
          <OrderEnd tenant={tenant} order={order} isOwn={isOwn} />
          {pin === null || over || order.delivery?.carrier !== undefined ? null : (
            <p class="order-pin">
              <span>{t.pin}</span>
              <span class="mono">{pin}</span>
            </p>
          )}
          {driver !== null && !over && order.delivery?.carrier === undefined ? (
            <DriverMap
              session={session}
              order={order}
              name={inside(driver.name)}
              venue={venue?.point ?? null}
              stance={stance}
              onEta={setEta}
            />
          ) : null}
          {isOwn && !over ? <OrderPush session={session} order={order} /> : null}
          {isWhole ? (
            <>
              <OrderSteps order={order} stance={stance} />
              {zone === "" ? null : <p class="small quiet">{t.venueTimes(zone)}</p>}
              {isOwn ? (
                <OrderCancel session={session} order={order} stance={stance} phone={venue?.phone ?? null} />
              ) : (
                <p class="small quiet">{t.watching}</p>
              )}
            </>
          ) : (
            <div class="blank" aria-hidden="true" />
          )}
        </section>
        {isWhole ? (
          <div class="order-side">
            {order.bill === null ? null : (
              <section class="slip">
                <h2>{words.value.basket}</h2>
                <div class="order-lines">
                  <BillLines bill={order.bill} />
                </div>
                <Totals bill={order.bill} />
                {order.payment === null ? null : (
                  <p class="small quiet">
                    {t.payment}: {paymentWords(order.payment, t)}
                  </p>
                )}
                <Refunds order={order} amountOf={(amount) => money(amount, order.bill?.currency ?? "EUR")} />
              </section>
            )}
            <OrderLinks tenant={tenant} order={order} isOwn={isOwn} link={link} />
          </div>
        ) : null}
      </main>
    </>
  );
}

/** When it comes, by what was told last: the order's own events, or in between each position of who brings it. */
function useEta(order: OrderView): [OrderView["eta"], (eta: Eta | null) => void] {
  const [newer, setNewer] = useState<{ readonly of: number; readonly eta: Eta | null } | null>(null);
  const seq = useRef(order.seq);
  seq.current = order.seq;
  const set = useCallback((eta: Eta | null) => setNewer({ of: seq.current, eta }), []);
  return [newer?.of === order.seq ? newer.eta : order.eta, set];
}

/** For when it was promised before the kitchen gave it another time, while this page is looked at and it is not ready. */
function useMoved({ status, fulfilment, readyAt }: OrderView): string | null {
  const isPromised = fulfilment !== "delivery" && (status === "accepted" || status === "preparing") && readyAt !== null;
  const first = useRef<string | null>(null);
  if (!isPromised) return null;
  first.current ??= readyAt;
  return Math.abs(Date.parse(readyAt) - Date.parse(first.current)) < 60_000 ? null : first.current;
}

/** The order's link, which whoever placed it finds in the address as well; of a link's holder, the one they came by. */
function useLink(tenant: string, order: string, isOwn: boolean): string | null {
  const [link, setLink] = useState<string | null>(null);
  useEffect(() => {
    if (!isOwn) return setLink(location.href);
    const page = location.pathname;
    void linkOf(tenant, order).then((found) => {
      if (found === null || location.pathname !== page) return;
      history.replaceState(null, "", found);
      setLink(found);
    });
  }, [tenant, order, isOwn]);
  return link;
}

function toneOf({ status, end }: OrderView): "go" | "stop" | "calm" {
  if (end !== null) return "stop";
  return status === "ready" || status === "delivered" || status === "collected" ? "go" : "calm";
}
