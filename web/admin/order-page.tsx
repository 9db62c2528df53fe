import "./order.css";
import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { OrderView } from "../../contracts/order.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { inside } from "../shared/format.ts";
import { useAnswer } from "./asked.ts";
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
        <ConnectionBanner live={followed.live} />
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
  // The one that was looked at before stays while this is asked for.
  const past = useAnswer(isPast ? String(at) : null, () => followed.at(at));
  const shown = isPast ? past.value : now;
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
            {isPast && past.problem !== null ? <Failed problem={past.problem} retry={past.again} /> : null}
            {shown === null ? null : <OrderParties order={shown} timeZone={timeZone} />}
            {shown === null && past.problem === null ? <Loading /> : null}
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
