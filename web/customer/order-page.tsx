import "./order-page.css";
import { useEffect, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { endStatuses, type OrderView } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { clock, money } from "../shared/format.ts";
import { intend } from "../shared/intent.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { now } from "../shared/now.ts";
import { problemWords } from "../shared/words.ts";
import { LineDetails, Totals } from "./bill.tsx";
import { Waiting } from "./customer.tsx";
import { DriverPosition } from "./driver-position.tsx";
import { guestOf } from "./guest.ts";
import { followOrder, type FollowedOrder } from "./order-live.ts";
import { OrderSteps } from "./order-steps.tsx";
import { driverWords, paymentWords, statusWords, whenWords } from "./order-words.ts";
import { words } from "./words.ts";

interface OrderPageProps {
  readonly tenant: string;
  readonly order: string;
}

/** What is happening with an order now. */
export function OrderPage({ tenant, order: id }: OrderPageProps) {
  const [followed, setFollowed] = useState<FollowedOrder | null>(null);
  useEffect(() => {
    const following = followOrder(tenant, id);
    setFollowed(following);
    return () => following.close();
  }, [tenant, id]);
  const t = words.value;
  const order = followed?.order.value ?? null;
  if (followed?.gone.value === true) {
    return (
      <main class="page page-narrow">
        <h1>{t.gone}</h1>
        <p class="quiet">{t.goneMore}</p>
        <a class="button" href={`/${tenant}`}>
          {t.allVenues}
        </a>
      </main>
    );
  }
  return (
    <>
      {followed === null ? null : <ConnectionBanner live={followed.live} />}
      {order === null ? <Waiting /> : <Followed tenant={tenant} order={order} />}
    </>
  );
}

function Followed({ tenant, order }: { readonly tenant: string; readonly order: OrderView }) {
  const t = words.value;
  const over = endStatuses.has(order.status);
  const pin = order.delivery?.pin ?? null;
  const driver = order.delivery?.driver ?? null;
  const status = statusWords(order, t);
  useEffect(() => void (document.title = `${status} · ${order.code}`), [status]);
  return (
    <>
      <header class="top">
        <a class="wordmark" href={`/${tenant}/${order.venue}`}>
          <span aria-hidden="true">‹ </span>
          {t.again}
        </a>
        <LanguageChoice />
      </header>
      <main class="page order">
        <section class="slip order-slip" aria-label={t.orderTitle(order.code)}>
          <p class="order-code">
            <span class="small quiet">{order.fulfilment === "delivery" ? t.orderTitle("") : t.code}</span>
            <span class="mono">{order.code}</span>
          </p>
          <div role="status">
            <h1 class="order-status" data-tone={toneOf(order)}>
              {status}
            </h1>
            <p class="order-when">{whenWords(order, t)}</p>
            <p>{driverWords(order, t)}</p>
          </div>
          {order.status === "out-for-delivery" && driver !== null ? (
            <DriverPosition tenant={tenant} order={order.id} name={driver.name} />
          ) : null}
          {order.end === null ? null : (
            <p class="notice notice-stop">
              <span>{t.ends[order.end.reason]}</span>
              {order.end.reason === "other" && order.end.detail !== "" ? <span>{order.end.detail}</span> : null}
            </p>
          )}
          {pin === null || over || order.delivery?.carrier !== undefined ? null : (
            <p class="order-pin">
              <span>{t.pin}</span>
              <span class="mono">{pin}</span>
            </p>
          )}
          <OrderSteps order={order} />
          <Cancel tenant={tenant} order={order} />
        </section>
        {order.bill === null ? null : (
          <section class="slip">
            <h2>{t.receipt}</h2>
            <ul class="slip-rows order-lines">
              {order.bill.lines.map((line, at) => (
                <li key={`${at}-${line.item}`} class="slip-row">
                  <span class="checkout-line">
                    <span class="figures">{line.quantity}×</span> <LineDetails line={line} />
                  </span>
                  <span class="figures">{money(line.total, order.bill?.currency ?? "")}</span>
                </li>
              ))}
            </ul>
            <Totals bill={order.bill} />
            {order.payment === null ? null : (
              <p class="small quiet">
                {t.payment}: {paymentWords(order.payment, t)}
              </p>
            )}
          </section>
        )}
      </main>
    </>
  );
}

function Cancel({ tenant, order }: { readonly tenant: string; readonly order: OrderView }) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const t = words.value;
  const until = order.cancellableUntil;
  const cancel = async () => {
    setAsking(false);
    const reply = await intend(guestOf(tenant), orderRoutes.cancel, { params: { order: order.id } });
    setProblem(reply.ok ? null : reply.problem);
  };
  const alert =
    problem === null ? null : (
      <p class="notice notice-stop" role="alert">
        {problemWords(problem)}
      </p>
    );
  if (until === null || Date.parse(until) < now.value) return alert;
  return (
    <div class="order-cancel">
      {alert}
      {asking ? (
        <>
          <p>{t.cancelSure}</p>
          <button type="button" class="button button-stop" onClick={() => void cancel()}>
            {t.cancelYes}
          </button>
          <button type="button" class="button button-quiet" onClick={() => setAsking(false)}>
            {t.cancelNo}
          </button>
        </>
      ) : (
        <>
          <button type="button" class="button button-quiet" onClick={() => setAsking(true)}>
            {t.cancel}
          </button>
          <span class="small quiet">{t.cancelUntil(clock(until))}</span>
        </>
      )}
    </div>
  );
}

function toneOf({ status, end }: OrderView): "go" | "stop" | "calm" {
  if (end !== null) return "stop";
  return status === "ready" || status === "delivered" || status === "collected" ? "go" : "calm";
}
