import { useState } from "preact/hooks";
import type { z } from "zod";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import type { EndpointSettings, EndpointView, EndpointWithSecret } from "../../contracts/webhook.ts";
import { intend } from "../shared/intent.ts";
import { useAsked } from "./asked.ts";
import { useDeed, wanted } from "./deed.ts";
import { CheckField, SecretOnce } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import { ago, moment } from "./moment.ts";
import type { PageProps } from "./pages.ts";
import { words as parts } from "./parts-words.ts";
import { go } from "./place.ts";
import { usePolled } from "./polled.ts";
import { Saved, useSaving } from "./saving.tsx";
import { session } from "./sign-in.ts";
import { Chip, Failed, Loading } from "./states.tsx";
import { Sure } from "./sure.tsx";
import { conditionOf } from "./webhooks-condition.ts";
import { WebhookForm } from "./webhooks-form.tsx";
import { WebhookLog } from "./webhooks-log.tsx";
import { words } from "./webhooks-words.ts";

/** One endpoint: how it fares, what it was told and how it took that, its settings and secrets. */
export function WebhookPage({ params, venues, holder }: PageProps) {
  const endpoint = params["endpoint"] ?? "";
  const asked = useAsked(webhookRoutes.read, { params: { endpoint } });
  const [secret, setSecret] = useState<string | null>(null);
  const [tests, setTests] = useState(0);
  const saving = useSaving();
  const testing = useDeed();
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
  const test = async () => {
    const sent = await testing.run(() => intend(session, webhookRoutes.test, { params: { endpoint } }));
    if (sent !== null) setTests(tests + 1);
  };
  const save = async (body: EndpointSettings) => {
    const done = await saving.run(() => session.ask(webhookRoutes.write, { params: { endpoint }, body }));
    if (done !== null) asked.show(done);
  };
  return (
    <Frame
      title={view.description === "" ? view.url : view.description}
      lead={view.description === "" ? <span class="mono small">{view.id}</span> : view.url}
      actions={
        <>
          <button type="button" class={`button ${testing.busy ? "button-busy" : ""}`} onClick={() => void test()}>
            {t.test}
          </button>
          <Rotate endpoint={endpoint} show={setSecret} done={asked.again} />
          <Sure
            label={t.remove}
            title={t.removeTitle}
            go={t.removeGo}
            onSure={() => wanted(webhookRoutes.remove, { params: { endpoint } }, () => go("/admin/webhooks"))}
          >
            <p>{t.removeMore}</p>
          </Sure>
        </>
      }
    >
      {testing.problem === null ? null : <Failed problem={testing.problem} />}
      {secret === null ? null : <SecretOnce key={secret} label={t.secretOf(view.url)} secret={secret} />}
      <div class="panels">
        <State view={view} />
        <Panel title={t.settings}>
          <Saved saving={saving} />
          <WebhookForm
            key={view.id}
            venues={venues}
            reach={holder.venues}
            endpoint={view}
            go={parts.value.save}
            busy={saving.busy}
            problem={saving.problem}
            save={(settings) => void save(settings)}
          />
        </Panel>
        <WebhookLog endpoint={endpoint} round={tests} />
      </div>
    </Frame>
  );
}

function State({ view }: { readonly view: EndpointView }) {
  const t = words.value;
  const { tone, words: text } = conditionOf(view);
  const { disabled, secrets, lastDeliveredAt } = view;
  return (
    <Panel title={t.state}>
      {disabled === null ? null : (
        <p class="notice notice-stop">
          {t.disabledMore[disabled.reason]} {t.since(moment(disabled.at))}
        </p>
      )}
      <dl class="pairs">
        <dt>{t.breaker}</dt>
        <dd>
          <Chip tone={tone}>{text}</Chip>
        </dd>
        <dt>{t.waiting}</dt>
        <dd class="figures">{view.waiting}</dd>
        <dt>{t.failed}</dt>
        <dd class="figures">{view.failed}</dd>
        <dt>{t.lastDelivered}</dt>
        <dd>{lastDeliveredAt === null ? t.never : `${moment(lastDeliveredAt)} (${ago(lastDeliveredAt)})`}</dd>
        <dt>{t.secrets}</dt>
        <dd>
          <ul>
            {secrets.map(({ id, createdAt, until }) => (
              <li key={id}>
                {t.secretSince(moment(createdAt))}
                {until === null ? "" : ` · ${t.endsAt(moment(until))}`}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </Panel>
  );
}

interface RotateProps {
  readonly endpoint: string;
  show(secret: string): void;
  done(): void;
}

function Rotate({ endpoint, show, done }: RotateProps) {
  const [leaked, setLeaked] = useState(false);
  const t = words.value;
  const then = ({ secret }: z.infer<typeof EndpointWithSecret>) => {
    show(secret);
    done();
  };
  return (
    <Sure
      label={t.rotate}
      title={t.rotateTitle}
      go={t.rotateGo}
      look="button-quiet"
      onSure={() =>
        wanted(webhookRoutes.rotate, { params: { endpoint }, body: { overlap: leaked ? "PT0S" : "PT24H" } }, then)
      }
    >
      <div class="fields">
        <p>{t.rotateMore}</p>
        <CheckField label={t.leaked} checked={leaked} onChange={setLeaked} />
      </div>
    </Sure>
  );
}
