import { useEffect, useId, useState } from "preact/hooks";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import { Replay, type ReportView } from "../../contracts/webhook.ts";
import { intend } from "../shared/intent.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { SelectField, TextField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { momentExactly } from "./moment.ts";
import { seek, query } from "./place.ts";
import { usePolled } from "./polled.ts";
import { session } from "./sign-in.ts";
import { Chip, Empty, Failed, Loading } from "./states.tsx";
import { Sure } from "./sure.tsx";
import { Table } from "./table.tsx";
import { words } from "./webhooks-words.ts";

const tones = { waiting: "wait", "under-way": "accent", delivered: "go", failed: "stop" } as const;

interface WebhookLogProps {
  readonly endpoint: string;
  /** Grows when something was sent that the log should show at once. */
  readonly round: number;
}

/** What was sent, with every attempt; sent anew one by one, or a stretch of time. */
export function WebhookLog({ endpoint, round }: WebhookLogProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [replayed, setReplayed] = useState<number | null>(null);
  const status = query.value.get("status") ?? "";
  const order = query.value.get("order") ?? "";
  const asked = useAsked(webhookRoutes.reports, {
    params: { endpoint },
    query: { limit: "100", ...(status === "" ? {} : { status }), ...(order === "" ? {} : { order }) },
  });
  const t = words.value;
  usePolled(asked);
  useEffect(() => {
    if (round > 0) asked.again();
  }, [round]);
  const reports = asked.value?.reports ?? [];
  return (
    <Panel
      title={t.log}
      lead={t.logMore}
      wide
      actions={
        <ReplayRange
          endpoint={endpoint}
          done={(count) => {
            setReplayed(count);
            asked.again();
          }}
        />
      }
    >
      <div class="filters">
        <SelectField
          label={t.status}
          value={status}
          options={[["", t.any], ...Object.entries(t.statuses)]}
          onChange={(chosen) => seek({ status: chosen })}
        />
        <TextField
          label={t.order}
          mono
          value={order}
          placeholder="ord_…"
          onInput={(text) => seek({ order: text.trim() })}
        />
      </div>
      {replayed === null ? null : (
        <p class="notice notice-go" role="status">
          {t.replayed(replayed)}
        </p>
      )}
      {asked.problem !== null && asked.value === null ? <Failed problem={asked.problem} retry={asked.again} /> : null}
      {asked.value === null && asked.problem === null ? <Loading /> : null}
      {asked.value !== null && reports.length === 0 ? <Empty title={t.noReports} /> : null}
      {reports.length === 0 ? null : (
        <Table
          caption={t.log}
          rows={reports}
          keyOf={({ id }) => id}
          toneOf={(report) => (report.status === "failed" ? "stop" : null)}
          columns={[
            {
              key: "event",
              title: t.event,
              cell: ({ id, event, at }) => (
                <button
                  type="button"
                  class="button button-bare button-small report-name"
                  aria-label={`${event}, ${momentExactly(at)}`}
                  onClick={() => setOpen(id)}
                >
                  {event}
                </button>
              ),
            },
            {
              key: "order",
              title: t.order,
              minor: true,
              cell: (report) =>
                report.order === null ? (
                  ""
                ) : (
                  <a class="mono small anywhere" href={`/admin/orders/${report.order}`}>
                    {report.order}
                  </a>
                ),
            },
            { key: "at", title: t.at, cell: ({ at }) => momentExactly(at) },
            {
              key: "status",
              title: t.status,
              cell: (report) => <Chip tone={tones[report.status]}>{t.statuses[report.status]}</Chip>,
            },
            { key: "answer", title: t.answer, cell: (report) => answerWords(report) },
            { key: "tries", title: t.tries, figures: true, cell: ({ tries }) => tries },
          ]}
        />
      )}
      {open === null ? null : (
        <Report endpoint={endpoint} report={open} close={() => setOpen(null)} done={asked.again} />
      )}
    </Panel>
  );
}

function answerWords({ attempts }: ReportView): string {
  const last = attempts.at(-1);
  if (last === undefined) return "";
  return last.status === null ? (last.error ?? "") : String(last.status);
}

interface ReportProps {
  readonly endpoint: string;
  readonly report: string;
  close(): void;
  done(): void;
}

/** One report: what was sent, and what was answered at every attempt. */
function Report({ endpoint, report, close, done }: ReportProps) {
  const params = { endpoint, report };
  const asked = useAsked(webhookRoutes.report, { params });
  const { value, problem, again } = asked;
  const deed = useDeed();
  const id = useId();
  const t = words.value;
  usePolled(asked);
  const replay = async () => {
    const sent = await deed.run(() => intend(session, webhookRoutes.replay, { params }));
    if (sent === null) return;
    again();
    done();
  };
  return (
    <Sheet titleId={id} onClose={close}>
      <div class="fields">
        <h2 id={id}>{value?.event ?? t.report}</h2>
        {problem !== null && value === null ? <Failed problem={problem} retry={again} /> : null}
        {problem === null && value === null ? <Loading /> : null}
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        {value === null ? null : (
          <>
            <p>
              <Chip tone={tones[value.status]}>{t.statuses[value.status]}</Chip>{" "}
              <span class="small quiet mono anywhere">{value.id}</span>
            </p>
            {value.nextAttemptAt === null ? null : <p>{t.nextAt(momentExactly(value.nextAttemptAt))}</p>}
            <div class="form-end">
              <button
                type="button"
                class={`button ${deed.busy ? "button-busy" : ""}`}
                disabled={value.status === "waiting" || value.status === "under-way"}
                onClick={() => void replay()}
              >
                {t.replay}
              </button>
            </div>
            <h3>{t.attempts}</h3>
            {value.attempts.length === 0 ? <p class="quiet">{t.noAttempts}</p> : null}
            <ol class="rows">
              {value.attempts.toReversed().map((attempt) => (
                <li key={attempt.at}>
                  <p>
                    <Chip tone={attempt.status !== null && attempt.status < 300 ? "go" : "stop"}>
                      {attempt.status ?? t.noAnswer}
                    </Chip>{" "}
                    {momentExactly(attempt.at)} · <span class="figures">{attempt.durationMs} ms</span>
                  </p>
                  {attempt.error === null ? null : <p class="anywhere">{attempt.error}</p>}
                  {attempt.excerpt === "" ? null : (
                    <pre class="code-block" tabIndex={0} aria-label={t.answer}>
                      {attempt.excerpt}
                    </pre>
                  )}
                </li>
              ))}
            </ol>
            <h3>{t.body}</h3>
            <pre class="code-block" tabIndex={0} aria-label={t.body}>
              {pretty(value.body)}
            </pre>
          </>
        )}
      </div>
    </Sheet>
  );
}

export function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

interface ReplayRangeProps {
  readonly endpoint: string;
  done(replayed: number): void;
}

/** Sends a stretch of time anew, each order's reports in their order. */
function ReplayRange({ endpoint, done }: ReplayRangeProps) {
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [which, setWhich] = useState<string>("failed");
  const t = words.value;
  const sure = async () => {
    const body = Replay.parse({ from: instantOf(from), until: instantOf(until), status: which });
    const reply = await intend(session, webhookRoutes.replayRange, { params: { endpoint }, body });
    if (!reply.ok) return reply.problem;
    done(reply.value.replayed);
    return null;
  };
  return (
    <Sure label={t.replayRange} title={t.replayRange} go={t.replayGo} look="button-quiet" onSure={sure}>
      <div class="fields">
        <p>{t.replayMore}</p>
        <div class="form-row">
          <TextField label={t.from} type="datetime-local" value={from} required onInput={setFrom} />
          <TextField label={t.until} type="datetime-local" value={until} required onInput={setUntil} />
        </div>
        <SelectField label={t.which} value={which} options={Object.entries(t.whichOnes)} onChange={setWhich} />
      </div>
    </Sure>
  );
}

function instantOf(local: string): string {
  return new Date(local).toISOString();
}
