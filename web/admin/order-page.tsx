import "./order.css";
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { OrderView } from "../../contracts/order.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
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
import { Empty, Loading } from "./states.tsx";

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
  const past = usePast(followed, at, now);
  const isPast = at < now.seq;
  const shown = past ?? now;
  const events = followed.events.value;
  const currency = now.bill?.currency ?? "";
  const moment = events.find(({ seq }) => seq === at)?.at;
  const lead = [venueName, o.fulfilment[now.fulfilment], now.placedAt === null ? "" : momentIn(now.placedAt, timeZone)];
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
            <OrderParties order={shown} timeZone={timeZone} />
          </Panel>
          <OrderTimeline
            events={events}
            at={at}
            about={{ timeZone, currency }}
            onMove={(seq) => seek({ at: seq >= now.seq ? "" : String(seq) })}
          />
          <OrderLedger order={now.id} seq={now.seq} timeZone={timeZone} />
        </div>
        <OrderFacts order={shown} venueName={venueName} timeZone={timeZone} />
      </div>
    </Frame>
  );
}

/** The order after an event, once it is known; until then how it was shown last. */
function usePast(followed: FollowedOrder, at: number, now: OrderView): OrderView | null {
  const [past, setPast] = useState<OrderView | null>(null);
  useEffect(() => {
    let isWanted = true;
    if (at >= now.seq) setPast(null);
    else void followed.at(at).then((order) => isWanted && setPast(order));
    return () => void (isWanted = false);
  }, [followed, at, at >= now.seq]);
  return at >= now.seq ? null : past;
}
