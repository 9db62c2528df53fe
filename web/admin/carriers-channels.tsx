import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { channelRoutes } from "../../contracts/channel-routes.ts";
import type { ChannelRanking, ChannelView, ChannelWeights } from "../../contracts/channel.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { Sheet } from "../shared/sheet.tsx";
import { type Answered, useAsked } from "./asked.ts";
import { words } from "./carriers-words.ts";
import { useDeed } from "./deed.ts";
import { NumberField, SelectField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { usePolled } from "./polled.ts";
import { SaveButton } from "./saving.tsx";
import { holder, session } from "./sign-in.ts";
import { Chip, Failed, Loading } from "./states.tsx";
import { Table } from "./table.tsx";

const tones = { best: "go", behind: "plain", full: "wait", "not-answering": "stop" } as const;

/** The channels of a zone that is chosen among all there are. */
export function Channels({ venues }: { readonly venues: readonly VenueView[] }) {
  const zones = [...new Set(venues.map(({ settings }) => settings.zone))].toSorted();
  const [zone, setZone] = useState(zones[0] ?? "main");
  const ranking = useChannels(zone);
  const choice =
    zones.length < 2 ? null : (
      <div class="filters">
        <SelectField
          label={words.value.zone}
          value={zone}
          options={zones.map((one) => [one, one] as const)}
          onChange={setZone}
        />
      </div>
    );
  return <ChannelsOf zone={zone} asked={ranking} choice={choice} />;
}

/** Own drivers and carriers of a zone, the best first, kept up to date. */
export function useChannels(zone: string): Answered<ChannelRanking> {
  const asked = useAsked(channelRoutes.list, { query: { zone } });
  usePolled(asked);
  return asked;
}

/** What a channel is called; its id where the tenant does not have it any more. */
export function channelName({ channel, name }: Pick<ChannelView, "channel" | "name">): string {
  return channel === "own" ? words.value.own : (name ?? channel);
}

interface ChannelsOfProps {
  readonly zone: string;
  readonly asked: Answered<ChannelRanking>;
  readonly choice?: ComponentChildren;
}

/** By whom a zone's deliveries are brought: the best first, why, and what an admin may decide about it. */
export function ChannelsOf({ zone, asked, choice }: ChannelsOfProps) {
  const [open, setOpen] = useState<ChannelView | null>(null);
  const t = words.value;
  const ranking = asked.value;
  const mayDecide = holder.value?.role === "admin";
  const changeButton = (channel: ChannelView) => (
    <button
      type="button"
      class="button button-quiet button-small"
      aria-label={`${t.change}: ${channelName(channel)}`}
      onClick={() => setOpen(channel)}
    >
      {t.change}
    </button>
  );
  return (
    <Panel title={t.channels} lead={t.channelsMore} wide>
      {choice}
      {asked.problem !== null && ranking === null ? <Failed problem={asked.problem} retry={asked.again} /> : null}
      {ranking === null && asked.problem === null ? <Loading /> : null}
      {ranking === null ? null : (
        <>
          <Table
            caption={t.channels}
            rows={ranking.channels}
            keyOf={({ channel }) => channel}
            toneOf={({ why }) => (why === "not-answering" ? "stop" : why === "full" ? "wait" : null)}
            columns={[
              { key: "channel", title: t.channel, cell: (channel) => `${channel.rank}. ${channelName(channel)}` },
              { key: "why", title: t.why, cell: ({ why }) => <Chip tone={tones[why]}>{t.whys[why]}</Chip> },
              { key: "score", title: t.score, figures: true, cell: ({ score }) => percent(1 - score.total) },
              { key: "success", title: t.success, figures: true, cell: ({ expected }) => percent(expected.success) },
              {
                key: "used",
                title: t.load,
                figures: true,
                cell: ({ used, capacity }) => (capacity === null ? String(used) : `${used} / ${capacity}`),
              },
              {
                key: "observed",
                title: t.observed,
                figures: true,
                minor: true,
                cell: ({ observed }) => Math.round(observed),
              },
              ...(mayDecide ? [{ key: "change", title: t.change, cell: changeButton }] : []),
            ]}
          />
          {mayDecide ? <Weights key={zone} zone={zone} ranking={ranking} done={asked.show} /> : null}
        </>
      )}
      {open === null ? null : (
        <Terms zone={zone} channel={open} name={channelName(open)} done={asked.show} close={() => setOpen(null)} />
      )}
    </Panel>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

interface WeightsProps {
  readonly zone: string;
  readonly ranking: ChannelRanking;
  done(ranking: ChannelRanking): void;
}

const weighed = ["cost", "time", "quality", "turn"] as const;

/** What counts how much where a channel is chosen. */
function Weights({ zone, ranking, done }: WeightsProps) {
  const [weights, setWeights] = useState<ChannelWeights>(ranking.weights);
  const deed = useDeed();
  const t = words.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const next = await deed.run(() => session.ask(channelRoutes.weigh, { query: { zone }, body: weights }));
    if (next !== null) done(next);
  };
  const same = JSON.stringify(weights) === JSON.stringify(ranking.weights);
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <h3>{t.weights}</h3>
      <p class="small quiet">{t.weightsMore}</p>
      <div class="form-row">
        {weighed.map((one) => (
          <NumberField
            key={one}
            label={t.weighed[one]}
            value={weights[one]}
            min={0}
            max={100}
            step={0.05}
            required
            onInput={(value) => value !== null && setWeights({ ...weights, [one]: value })}
          />
        ))}
      </div>
      {deed.problem === null ? null : <Failed problem={deed.problem} />}
      <div class="form-end">
        <SaveButton label={t.weigh} busy={deed.busy} disabled={same} look="button-quiet" />
      </div>
    </form>
  );
}

interface TermsProps {
  readonly zone: string;
  readonly channel: ChannelView;
  readonly name: string;
  done(ranking: ChannelRanking): void;
  close(): void;
}

/** How much a channel can take, and what a delivery by it is supposed to cost. */
function Terms({ zone, channel, name, done, close }: TermsProps) {
  const [capacity, setCapacity] = useState(channel.capacity);
  const [fee, setFee] = useState(channel.fee);
  const deed = useDeed();
  const id = useId();
  const t = words.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const asked = { params: { channel: channel.channel }, query: { zone }, body: { capacity, fee } };
    const next = await deed.run(() => session.ask(channelRoutes.agree, asked));
    if (next === null) return;
    done(next);
    close();
  };
  return (
    <Sheet titleId={id} onClose={close}>
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <h2 id={id}>{name}</h2>
        <NumberField
          label={t.capacity}
          hint={t.capacityHint}
          value={capacity}
          min={0}
          max={100_000}
          onInput={setCapacity}
        />
        <NumberField label={t.fee} hint={t.feeHint} value={fee} min={0} max={10_000_000} onInput={setFee} />
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <button class={`button ${deed.busy ? "button-busy" : ""}`}>{t.agree}</button>
      </form>
    </Sheet>
  );
}
