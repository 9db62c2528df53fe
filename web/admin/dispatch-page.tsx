import "./dispatch.css";
import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DispatchMessage, type DispatchDelivery, type DispatchView } from "../../contracts/dispatch.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { clock, clockRange } from "../shared/format.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { channelName, ChannelsOf, useChannels } from "./carriers-channels.tsx";
import { DispatchMap } from "./dispatch-map.tsx";
import { words } from "./dispatch-words.ts";
import { SelectField } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { session } from "./sign-in.ts";
import { Chip, Empty, Loading, type Tone } from "./states.tsx";
import { Table } from "./table.tsx";

const tones: Readonly<Record<DispatchDelivery["why"], Tone>> = {
  "not-due-yet": "plain",
  "somebody-better-later": "plain",
  "nobody-free": "stop",
  "nobody-on-shift": "stop",
  asked: "wait",
  taken: "accent",
  "on-its-way": "go",
  "with-carrier": "accent",
  "no-channel": "stop",
  returning: "wait",
  "neighbours-asked": "wait",
};

/** A zone live: its drivers, what is open, and why each delivery stands where it stands. */
export function DispatchPage({ venues }: PageProps) {
  const zones = [...new Set(venues.map(({ settings }) => settings.zone))].toSorted();
  const [zone, setZone] = useState(zones[0] ?? "main");
  const [followed, setFollowed] = useState<Followed | null>(null);
  useEffect(() => {
    const next = follow(zone);
    setFollowed(next);
    return next.close;
  }, [zone]);
  const channels = useChannels(zone);
  const t = words.value;
  const names = new Map(channels.value?.channels.map((one) => [one.channel, channelName(one)]));
  const dispatch = followed?.view.value ?? null;
  const choice =
    zones.length < 2 ? undefined : (
      <SelectField label={t.zone} value={zone} options={zones.map((one) => [one, one] as const)} onChange={setZone} />
    );
  return (
    <Frame title={t.title} lead={t.lead} actions={choice}>
      {followed === null ? null : <ConnectionBanner live={followed.live} />}
      {dispatch === null ? (
        <Loading />
      ) : (
        <Zone dispatch={dispatch} settings={new Map(venues.map(({ id, settings }) => [id, settings]))} names={names} />
      )}
      <ChannelsOf key={zone} zone={zone} asked={channels} />
    </Frame>
  );
}

interface ZoneProps {
  readonly dispatch: DispatchView;
  /** Of the venues, by their ids. */
  readonly settings: ReadonlyMap<string, VenueSettings>;
  /** Of the channels, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

function Zone({ dispatch, settings, names }: ZoneProps) {
  const t = words.value;
  const { drivers, deliveries, suggestions, more, nextRoundAt } = dispatch;
  const nameById = new Map(drivers.map(({ id, name }) => [id, name]));
  const codeById = new Map(deliveries.map(({ order, code }) => [order, code]));
  const adviceById = new Map(suggestions.map(({ driver, venue }) => [driver, venue]));
  const nameOf = (venue: string): string => settings.get(venue)?.name ?? venue;
  const advised = (id: string): string => {
    const venue = adviceById.get(id);
    return venue === undefined ? "" : nameOf(venue);
  };
  return (
    <div class="panels">
      <Panel title={t.map} lead={t.mapMore} wide>
        <DispatchMap dispatch={dispatch} title={t.map} nameOf={nameOf} />
      </Panel>
      <Panel title={t.deliveries} lead={nextRoundAt === null ? t.noRound : t.nextRound(clock(nextRoundAt))} wide>
        {deliveries.length === 0 ? (
          <Empty title={t.nothing}>
            <p>{t.nothingMore}</p>
          </Empty>
        ) : (
          <Table
            caption={t.deliveries}
            rows={deliveries}
            keyOf={({ order }) => order}
            hrefOf={({ order }) => `/admin/orders/${order}`}
            toneOf={({ why }) => (tones[why] === "stop" ? "stop" : null)}
            columns={[
              { key: "order", title: t.order, cell: ({ code }) => code },
              { key: "venue", title: t.venue, minor: true, cell: ({ venue }) => nameOf(venue) },
              { key: "why", title: t.why, cell: ({ why }) => <Chip tone={tones[why]}>{t.whys[why]}</Chip> },
              { key: "driver", title: t.driver, cell: ({ driver, carrier }) => driver?.name ?? carrier?.name ?? "" },
              {
                key: "eta",
                title: t.eta,
                figures: true,
                cell: ({ eta, venue }) =>
                  eta === null ? "" : clockRange(eta.from, eta.to, settings.get(venue)?.timeZone),
              },
              {
                key: "soonest",
                title: t.soonest,
                minor: true,
                cell: ({ candidates, status }) =>
                  (status === "waiting" || status === "offered" ? candidates : [])
                    .map(
                      ({ driver, arriveAt, why }) =>
                        `${nameById.get(driver) ?? driver} ${clock(arriveAt)} (${t.fitness[why]})`,
                    )
                    .join(", "),
              },
              {
                key: "channel",
                title: t.channel,
                minor: true,
                cell: ({ channel }) =>
                  channel === undefined || channel.channel === null
                    ? (t.fallbacks[channel?.fallback ?? ""] ?? "")
                    : (names.get(channel.channel) ?? channel.channel),
              },
            ]}
          />
        )}
        {more === 0 ? null : <p class="small quiet">{t.more(more)}</p>}
      </Panel>
      <Panel title={t.drivers} wide>
        {drivers.length === 0 ? (
          <Empty title={t.nobody}>
            <p>{t.nobodyMore}</p>
          </Empty>
        ) : (
          <Table
            caption={t.drivers}
            rows={drivers}
            keyOf={({ id }) => id}
            columns={[
              { key: "name", title: t.driver, cell: (driver) => <DriverName driver={driver} /> },
              { key: "vehicle", title: t.vehicle, cell: ({ vehicle }) => t.vehicles[vehicle] },
              {
                key: "has",
                title: t.has,
                cell: ({ deliveries: held }) => held.map((order) => codeById.get(order) ?? "").join(", "),
              },
              {
                key: "advised",
                title: t.advised,
                minor: true,
                cell: ({ id, deliveries: held }) => (held.length > 0 ? "" : advised(id)),
              },
              { key: "heard", title: t.heard, figures: true, cell: ({ heardAt }) => clock(heardAt) },
            ]}
          />
        )}
      </Panel>
    </div>
  );
}

/** Who it is, and where from or whereto if another zone has a part in it. */
function DriverName({ driver: { name, lentTo, borrowedFrom } }: { readonly driver: DispatchView["drivers"][number] }) {
  const t = words.value;
  return (
    <span class="dispatch-name">
      <span dir="auto">{name}</span>
      {lentTo === undefined ? null : <Chip tone="wait">{t.lentTo(lentTo.zone)}</Chip>}
      {borrowedFrom === undefined ? null : <Chip tone="accent">{t.borrowedFrom(borrowedFrom)}</Chip>}
    </span>
  );
}

interface Followed {
  readonly view: ReadonlySignal<DispatchView | null>;
  readonly live: ReadonlySignal<boolean>;
  close(): void;
}

function follow(zone: string): Followed {
  const view = signal<DispatchView | null>(null);
  const stream = new LiveStream({
    path: deliveryRoutes.zoneDispatchLive.path.replace("{zone}", zone),
    session,
    schema: DispatchMessage,
    message(message) {
      if (message.type === "snapshot") view.value = message.dispatch;
    },
    probe: () => session.ask(deliveryRoutes.zoneDispatch, { params: { zone } }),
    refused: () => undefined,
  });
  return { view, live: stream.live, close: () => stream.close() };
}
