import { useState } from "preact/hooks";
import type { z } from "zod";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import type { EndpointSettings, EndpointWithSecret } from "../../contracts/webhook.ts";
import { intend } from "../shared/intent.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { SecretOnce } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import { ago } from "./moment.ts";
import type { PageProps } from "./pages.ts";
import { usePolled } from "./polled.ts";
import { session } from "./sign-in.ts";
import { Chip, Empty, Failed, Loading } from "./states.tsx";
import { Table } from "./table.tsx";
import { WebhookForm } from "./webhooks-form.tsx";
import { conditionOf } from "./webhooks-condition.ts";
import { words } from "./webhooks-words.ts";

type Made = z.infer<typeof EndpointWithSecret>;

/** The tenant's own systems that are told of orders, and how each takes it. */
export function WebhooksPage({ venues, holder }: PageProps) {
  const asked = useAsked(webhookRoutes.list, {});
  const { value, problem, again } = asked;
  const [made, setMade] = useState<Made | null>(null);
  // Made anew after each: else the fields of the last one stand there.
  const [round, setRound] = useState(0);
  const deed = useDeed();
  const t = words.value;
  usePolled(asked);
  const create = async (body: EndpointSettings) => {
    const endpoint = await deed.run(() => intend(session, webhookRoutes.create, { body }));
    if (endpoint === null) return;
    setMade(endpoint);
    setRound(round + 1);
    again();
  };
  return (
    <Frame title={t.title} lead={t.lead}>
      {problem !== null && value === null ? <Failed problem={problem} retry={again} /> : null}
      {made === null ? null : <SecretOnce key={made.secret} label={t.secretOf(made.url)} secret={made.secret} />}
      {value === null && problem === null ? <Loading /> : null}
      {value?.endpoints.length === 0 ? (
        <Empty title={t.none}>
          <p>{t.noneMore}</p>
        </Empty>
      ) : null}
      {value === null || value.endpoints.length === 0 ? null : (
        <Table
          caption={t.title}
          rows={value.endpoints}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => `/admin/webhooks/${id}`}
          toneOf={(endpoint) => {
            const { tone } = conditionOf(endpoint);
            return tone === "stop" || tone === "wait" ? tone : null;
          }}
          columns={[
            {
              key: "url",
              title: t.address,
              cell: ({ url, description }) => (
                <span class="anywhere">
                  {description === "" ? url : description}
                  {description === "" ? null : <span class="row-id small quiet">{url}</span>}
                </span>
              ),
            },
            {
              key: "state",
              title: t.state,
              cell: (endpoint) => {
                const { tone, words: text } = conditionOf(endpoint);
                return <Chip tone={tone}>{text}</Chip>;
              },
            },
            { key: "waiting", title: t.waiting, figures: true, cell: ({ waiting }) => waiting },
            { key: "failed", title: t.failed, figures: true, cell: ({ failed }) => failed },
            {
              key: "last",
              title: t.lastDelivered,
              cell: ({ lastDeliveredAt }) => (lastDeliveredAt === null ? t.never : ago(lastDeliveredAt)),
            },
          ]}
        />
      )}
      <Panel title={t.make} lead={t.makeMore}>
        <WebhookForm
          key={round}
          venues={venues}
          reach={holder.venues}
          endpoint={null}
          go={t.makeGo}
          busy={deed.busy}
          problem={deed.problem}
          save={(settings) => void create(settings)}
        />
      </Panel>
    </Frame>
  );
}
