import "./order.css";
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { OrderView } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { inside } from "../shared/format.ts";
import { Frame, Panel } from "./frame.tsx";
import { momentIn, secondIn } from "./moment-in.ts";
import { OrderActions } from "./order-actions.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { OrderLedger } from "./order-ledger.tsx";
import { type FollowedOrder, followOrder } from "./order-log.ts";
import { OrderMachine } from "./order-machine.tsx";
import { pageWords } from "./order-page-words.ts";
import { OrderParties } from "./order-parties.tsx";
import { OrderTag } from "./order-tag.tsx";
import { OrderTimeline } from "./order-timeline.tsx";
import { attentionWords, orderWords } from "./order-words.ts";
import type { PageProps } from "./pages.ts";
import { query, seek } from "./place.ts";
import { Empty, Failed, Loading } from "./states.tsx";

/** One order: how it is, how it was at any of its events, what everybody saw, and what can be done about it. */
export function OrderPage({ params, venues, holder }: PageProps) {
  const id = params["order"] ?? "";
  const followed = useMemo(() => followOrder(id), [id]);
  useEffect(() => followed.close, [followed]);
  const t = pageWords.value;
  const order = followed.order.value;
  if (followed.gone.value) {
    return (
      <Frame title={t.gone}>
        <Empty title={t.goneMore}>
          <a class="button" href="/admin/orders">
            {t.back}
          </a>
        </Empty>
      </Frame>
    );
  }
  if (order === null) {
    return (
      <Frame title="…">
        <Loading />
      </Frame>
    );
  }
  const settings = venues.find(({ id: venue }) => venue === order.venue)?.settings;
  return (
    <Shown
      followed={followed}
      now={order}
      tenant={holder.tenant}
      venueName={settings?.name ?? order.venue}
      timeZone={settings?.timeZone ?? "UTC"}
      settings={settings ?? null}
    />
  );
}

interface ShownProps {
  readonly followed: FollowedOrder;
  readonly now: OrderView;
  readonly tenant: string;
  readonly venueName: string;
  readonly timeZone: string;
  readonly settings: VenueSettings | null;
}

function Shown({ followed, now, tenant, venueName, timeZone, settings }: ShownProps) {
  const t = pageWords.value;
  const o = orderWords.value;
  const asked = useComputed(() => Number(query.value.get("at") ?? "0")).value;
  const at = Number.isInteger(asked) && asked > 0 && asked < now.seq ? asked : now.seq;
  const isPast = at < now.seq;
  const past = usePast(followed, isPast ? at : null);
  const shown = isPast ? past.order : now;
  const events = followed.events.value;
  const currency = now.bill?.currency ?? "";
  const moment = events.find(({ seq }) => seq === shown?.seq)?.at;
  const table = now.table === undefined ? "" : o.table(inside(now.table));
  const lead = [
    venueName,
    o.fulfilment[now.fulfilment],
    table,
    now.placedAt === null ? "" : momentIn(now.placedAt, timeZone),
  ];
  return (
    <Frame
      title={t.title(now.code)}
      lead={
        <>
          <OrderTag status={now.status} /> {lead.filter((part) => part !== "").join(" · ")}
        </>
      }
      actions={<OrderActions order={now} settings={settings} tenant={tenant} events={events} />}
    >
      <ConnectionBanner live={followed.live} />
      {now.attention.length === 0 ? null : (
        <div class="notice notice-stop">
          <strong>{t.attention}</strong>
          <p>{now.attention.map(attentionWords).join(" · ")}</p>
        </div>
      )}
      <OrderMachine
        events={events}
        at={at}
        last={now.seq}
        about={{ timeZone, currency }}
        onMove={(seq) => seek({ at: seq >= now.seq ? "" : String(seq) })}
      />
      <div class="order-columns" data-past={isPast}>
        <div class="order-main">
          <Panel
            title={t.parties}
            lead={isPast && moment !== undefined ? t.asItWas(secondIn(moment, timeZone)) : t.asItIs}
          >
            {past.isMissing ? <Failed problem={cutOff} retry={past.again} /> : null}
            {shown === null ? null : <OrderParties order={shown} timeZone={timeZone} />}
            {shown === null && !past.isMissing ? <Loading /> : null}
          </Panel>
          <OrderTimeline
            events={events}
            at={at}
            about={{ timeZone, currency }}
            onMove={(seq) => seek({ at: seq >= now.seq ? "" : String(seq) })}
          />
          <OrderLedger order={now.id} seq={now.seq} timeZone={timeZone} />
        </div>
        {shown === null ? null : <OrderFacts order={shown} venueName={venueName} timeZone={timeZone} />}
      </div>
    </Frame>
  );
}

const cutOff: Problem = { type: "about:blank", title: "No connection", status: 0 };

interface Past {
  /** As it was after the event, or after the one that was looked at before while this is asked for; null: not known. */
  readonly order: OrderView | null;
  /** Whether it could not be had. */
  readonly isMissing: boolean;
  again(): void;
}

/** The order after an event; of no event where it is looked at as it is now. */
function usePast(followed: FollowedOrder, at: number | null): Past {
  const [order, setOrder] = useState<OrderView | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setMissing(false);
    if (at === null) setOrder(null);
    else {
      void followed.at(at).then((then) => {
        if (!isWanted) return;
        setOrder(then);
        setMissing(then === null);
      });
    }
    return () => void (isWanted = false);
  }, [followed, at, round]);
  return { order, isMissing, again: () => setRound(round + 1) };
}
