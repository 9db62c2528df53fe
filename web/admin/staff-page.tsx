import { useState } from "preact/hooks";
import { day } from "../shared/format.ts";
import { askAll, useAnswer } from "./asked.ts";
import { wanted } from "./deed.ts";
import { CheckField, SecretOnce } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import { moment } from "./moment.ts";
import type { PageProps } from "./pages.ts";
import { Chip, Empty, Failed, Loading } from "./states.tsx";
import { NewClient } from "./staff-new.tsx";
import { type Client, clientRoutes, type ClientWithSecret } from "./staff-routes.ts";
import { words } from "./staff-words.ts";
import { Sure } from "./sure.tsx";
import { Table } from "./table.tsx";

/** Who may sign in with an id and a secret: made with a role and venues, given another secret, put out. */
export function StaffPage({ holder, venues }: PageProps) {
  const { value, problem, again } = useAnswer(holder.tenant, () => askAll(clientRoutes.list));
  const [shown, setShown] = useState<ClientWithSecret | null>(null);
  const t = words.value;
  const clients = value?.toSorted((a, b) => a.name.localeCompare(b.name)) ?? null;
  const nameOf = (id: string) => venues.find((venue) => venue.id === id)?.settings.name ?? id;
  const show = (client: ClientWithSecret) => {
    setShown(client);
    again();
  };
  return (
    <Frame title={t.title} lead={t.lead}>
      {problem === null ? null : <Failed problem={problem} retry={again} />}
      {shown === null ? null : (
        <SecretOnce key={shown.secret} label={t.secretOf(shown.name, shown.id)} secret={shown.secret} />
      )}
      <div class="panels">
        <Panel title={t.those} wide>
          {clients === null && problem === null ? <Loading /> : null}
          {clients?.length === 0 ? <Empty title={t.none} /> : null}
          {clients === null || clients.length === 0 ? null : (
            <Table
              caption={t.those}
              rows={clients}
              keyOf={({ id }) => id}
              columns={[
                {
                  key: "name",
                  title: t.name,
                  cell: ({ name, id, subject }) => (
                    <span>
                      {name} {subject === holder.subject ? <Chip tone="accent">{t.you}</Chip> : null}
                      <span class="row-id small quiet mono anywhere">{id}</span>
                    </span>
                  ),
                },
                { key: "role", title: t.role, cell: ({ role }) => t.roles[role] },
                {
                  key: "venues",
                  title: t.venues,
                  cell: (client) => (client.venues === null ? t.allVenues : client.venues.map(nameOf).join(", ")),
                },
                {
                  key: "since",
                  title: t.since,
                  cell: ({ createdAt, formerUntil }) => (
                    <span>
                      {day(createdAt)}
                      {formerUntil === null ? null : (
                        <span class="small quiet"> · {t.formerUntil(moment(formerUntil))}</span>
                      )}
                    </span>
                  ),
                },
                {
                  key: "do",
                  title: t.deeds,
                  cell: (client) => (
                    <span class="line-end">
                      <Rotate client={client} show={show} />
                      <Sure
                        label={t.remove}
                        of={client.name}
                        title={t.removeTitle(client.name)}
                        go={t.removeGo}
                        onSure={() =>
                          wanted(clientRoutes.remove, { params: { id: client.id } }, again).then((refused) =>
                            // Gone by somebody else's hand is gone.
                            refused?.status === 404 ? null : refused,
                          )
                        }
                      >
                        <p>{client.subject === holder.subject ? t.removeYou : t.removeMore}</p>
                      </Sure>
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Panel>
        <NewClient venues={venues} reach={holder.venues} made={show} />
      </div>
    </Frame>
  );
}

interface RotateProps {
  readonly client: Client;
  show(client: ClientWithSecret): void;
}

function Rotate({ client, show }: RotateProps) {
  const [leaked, setLeaked] = useState(false);
  const t = words.value;
  return (
    <Sure
      label={t.rotate}
      of={client.name}
      title={t.rotateTitle(client.name)}
      go={t.rotateGo}
      look="button-quiet"
      onSure={() => {
        const body = { overlap: leaked ? "PT0S" : "PT24H" };
        return wanted(clientRoutes.rotate, { params: { id: client.id }, body }, show);
      }}
    >
      <div class="fields">
        <p>{t.rotateMore}</p>
        <CheckField label={t.leaked} checked={leaked} onChange={setLeaked} />
      </div>
    </Sure>
  );
}
