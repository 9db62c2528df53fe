import { useState } from "preact/hooks";
import { carrierRoutes } from "../../contracts/carrier-routes.ts";
import { CarrierId } from "../../contracts/ids.ts";
import type { CarrierChange } from "../../contracts/carrier.ts";
import { useAsked } from "./asked.ts";
import { breakerOf } from "./carriers-breaker.ts";
import { Channels } from "./carriers-channels.tsx";
import { CarrierForm } from "./carriers-form.tsx";
import { words } from "./carriers-words.ts";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { go } from "./place.ts";
import { usePolled } from "./polled.ts";
import { session } from "./sign-in.ts";
import { Chip, Empty, Failed, Loading } from "./states.tsx";
import { Table } from "./table.tsx";

/** Third parties that bring orders: how each does, and what it has. */
export function CarriersPage({ holder, venues }: PageProps) {
  const asked = useAsked(carrierRoutes.list, {});
  const { value, problem, again } = asked;
  const [id, setId] = useState("");
  const deed = useDeed();
  const t = words.value;
  usePolled(asked);
  const carriers = value?.carriers ?? [];
  const isTaken = carriers.some((one) => one.id === id);
  const isId = CarrierId.safeParse(id).success;
  const make = async (body: CarrierChange) => {
    const made = await deed.run(() => session.ask(carrierRoutes.write, { params: { carrier: id }, body }));
    if (made !== null) go(`/admin/carriers/${made.id}`);
    return made !== null;
  };
  return (
    <Frame title={t.title} lead={t.lead}>
      {problem !== null && value === null ? <Failed problem={problem} retry={again} /> : null}
      {value === null && problem === null ? <Loading /> : null}
      {value !== null && carriers.length === 0 ? (
        <Empty title={t.none}>
          <p>{t.noneMore}</p>
        </Empty>
      ) : null}
      {carriers.length === 0 ? null : (
        <Table
          caption={t.title}
          rows={carriers}
          keyOf={(carrier) => carrier.id}
          hrefOf={(carrier) => `/admin/carriers/${carrier.id}`}
          toneOf={(carrier) => {
            const { tone } = breakerOf(carrier);
            return tone === "stop" || tone === "wait" ? tone : null;
          }}
          columns={[
            {
              key: "name",
              title: t.name,
              cell: (carrier) => (
                <span>
                  {carrier.name} <span class="row-id small quiet mono">{carrier.id}</span>
                </span>
              ),
            },
            {
              key: "state",
              title: t.breaker,
              cell: (carrier) => {
                const { tone, words: text } = breakerOf(carrier);
                return <Chip tone={tone}>{text}</Chip>;
              },
            },
            { key: "trouble", title: t.trouble, cell: ({ trouble }) => <span class="anywhere">{trouble ?? ""}</span> },
            { key: "open", title: t.openBookings, figures: true, cell: ({ bookings }) => bookings.open },
            { key: "silent", title: t.silent, figures: true, cell: ({ bookings }) => bookings.silent },
            {
              key: "mean",
              title: t.mean,
              figures: true,
              minor: true,
              cell: ({ measured }) => (measured.meanMs === null ? "" : `${measured.meanMs} ms`),
            },
          ]}
        />
      )}
      <Channels venues={venues} />
      {holder.venues === null ? (
        <Panel title={t.make} lead={t.makeMore}>
          <div class="form">
            <TextField
              label={t.id}
              hint={t.idHint}
              mono
              value={id}
              required
              maxLength={63}
              fault={isTaken ? t.taken : id !== "" && !isId ? t.notAnId : null}
              onInput={(text) => setId(text.trim())}
            />
          </div>
          <CarrierForm
            carrier={null}
            go={t.makeGo}
            busy={deed.busy}
            problem={deed.problem}
            disabled={!isId || isTaken}
            save={make}
          />
        </Panel>
      ) : null}
    </Frame>
  );
}
