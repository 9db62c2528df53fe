import { carrierRoutes } from "../../contracts/carrier-routes.ts";
import type { BookingStatus, CarrierChange, CarrierView } from "../../contracts/carrier.ts";
import { money } from "../shared/format.ts";
import { useAsked } from "./asked.ts";
import { breakerOf } from "./carriers-breaker.ts";
import { CarrierForm } from "./carriers-form.tsx";
import { words } from "./carriers-words.ts";
import { SelectField } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import { ago, moment } from "./moment.ts";
import type { PageProps } from "./pages.ts";
import { words as parts } from "./parts-words.ts";
import { query, seek } from "./place.ts";
import { usePolled } from "./polled.ts";
import { Saved, useSaving } from "./saving.tsx";
import { session } from "./sign-in.ts";
import { Chip, Empty, Failed, Loading, type Tone } from "./states.tsx";
import { Table } from "./table.tsx";

/** One carrier: its breaker and last trouble, what it has, how it has done, what is agreed with it. */
export function CarrierPage({ params, holder }: PageProps) {
  const carrier = params["carrier"] ?? "";
  const asked = useAsked(carrierRoutes.read, { params: { carrier } });
  const saving = useSaving();
  const t = words.value;
  usePolled(asked);
  const view = asked.value;
  if (view === null) {
    return (
      <Frame title={t.title}>
        {asked.problem === null ? <Loading /> : <Failed problem={asked.problem} retry={asked.again} />}
      </Frame>
    );
  }
  const save = async (body: CarrierChange) => {
    const done = await saving.run(() => session.ask(carrierRoutes.write, { params: { carrier }, body }));
    if (done !== null) asked.show(done);
    return done !== null;
  };
  return (
    <Frame title={view.name} lead={<span class="mono">{view.id}</span>}>
      <div class="panels">
        <State view={view} tenant={holder.tenant} />
        <Panel title={t.settings}>
          <Saved saving={saving} />
          <CarrierForm
            key={view.id}
            carrier={view}
            go={parts.value.save}
            busy={saving.busy}
            problem={saving.problem}
            save={save}
          />
        </Panel>
        <Bookings carrier={carrier} />
      </div>
    </Frame>
  );
}

function State({ view, tenant }: { readonly view: CarrierView; readonly tenant: string }) {
  const t = words.value;
  const { tone, words: text } = breakerOf(view);
  const { bookings, measured, trouble } = view;
  const calls = measured.answered + measured.unanswered;
  return (
    <Panel title={t.state}>
      {trouble === null ? null : <p class="notice notice-wait anywhere">{trouble}</p>}
      {bookings.abandoned === 0 ? null : <p class="notice notice-stop">{t.abandonedMore(bookings.abandoned)}</p>}
      <dl class="pairs">
        <dt>{t.breaker}</dt>
        <dd>
          <Chip tone={tone}>{text}</Chip>
        </dd>
        <dt>{t.openBookings}</dt>
        <dd class="figures">{bookings.open}</dd>
        <dt>{t.silent}</dt>
        <dd class="figures">{bookings.silent}</dd>
        <dt>{t.calls}</dt>
        <dd class="figures">{t.callsOf(measured.answered, calls)}</dd>
        <dt>{t.mean}</dt>
        <dd class="figures">{measured.meanMs === null ? "–" : `${measured.meanMs} ms`}</dd>
        <dt>{t.done}</dt>
        <dd>{t.doneOf(measured.booked, measured.delivered, measured.lost)}</dd>
        <dt>{t.cost}</dt>
        <dd class="figures">
          {Object.entries(measured.cost)
            .map(([currency, amount]) => money(amount, currency))
            .join(", ") || "–"}
        </dd>
        <dt>{t.callback}</dt>
        <dd class="mono small anywhere">
          {location.origin}/v1/tenants/{tenant}/carriers/{view.id}/callbacks
        </dd>
      </dl>
    </Panel>
  );
}

const tones: Record<BookingStatus, Tone> = {
  quoting: "plain",
  booking: "plain",
  booked: "accent",
  shipped: "accent",
  withdrawing: "wait",
  delivered: "go",
  released: "plain",
  "called-off": "plain",
  "too-late": "wait",
  lost: "stop",
  abandoned: "stop",
};

function Bookings({ carrier }: { readonly carrier: string }) {
  const status = query.value.get("status") === "all" ? "all" : "open";
  const asked = useAsked(carrierRoutes.bookings, { params: { carrier }, query: { status } });
  const t = words.value;
  usePolled(asked);
  const bookings = asked.value?.bookings ?? [];
  return (
    <Panel title={t.bookings} wide>
      <div class="filters">
        <SelectField
          label={t.which}
          value={status}
          options={[
            ["open", t.open],
            ["all", t.all],
          ]}
          onChange={(chosen) => seek({ status: chosen === "all" ? "all" : "" })}
        />
      </div>
      {asked.problem !== null && asked.value === null ? <Failed problem={asked.problem} retry={asked.again} /> : null}
      {asked.value === null && asked.problem === null ? <Loading /> : null}
      {asked.value !== null && bookings.length === 0 ? <Empty title={t.noBookings} /> : null}
      {bookings.length === 0 ? null : (
        <Table
          caption={t.bookings}
          rows={bookings}
          keyOf={({ order }) => order}
          hrefOf={({ order }) => `/admin/orders/${order}`}
          toneOf={({ silent, status: now }) => (silent || tones[now] === "stop" ? "stop" : null)}
          columns={[
            { key: "code", title: t.order, cell: ({ code }) => <span class="mono">{code}</span> },
            {
              key: "status",
              title: t.state,
              cell: (booking) => (
                <span>
                  <Chip tone={tones[booking.status]}>{t.statuses[booking.status]}</Chip>{" "}
                  {booking.silent ? <Chip tone="stop">{t.isSilent}</Chip> : null}
                </span>
              ),
            },
            { key: "asked", title: t.askedAt, cell: ({ askedAt }) => moment(askedAt) },
            {
              key: "price",
              title: t.price,
              figures: true,
              cell: ({ price }) => (price === null ? "" : money(price.amount, price.currency)),
            },
            {
              key: "tracking",
              title: t.tracking,
              minor: true,
              cell: ({ tracking, booking }) => <span class="mono small anywhere">{tracking ?? booking ?? ""}</span>,
            },
            {
              key: "detail",
              title: t.detail,
              cell: ({ detail, tries, nextCallAt }) => (
                <span class="small anywhere">
                  {detail ?? ""}
                  {tries > 0 && nextCallAt !== null ? ` ${t.nextCall(tries, ago(nextCallAt))}` : ""}
                </span>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
