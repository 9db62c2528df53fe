import { useEffect, useState } from "preact/hooks";
import { z } from "zod";
import type { DeadLetterDetail, Rehearsal } from "../../contracts/dead-letter.ts";
import { operationRoutes } from "../../contracts/operations.ts";
import { useAsked } from "./asked.ts";
import { wanted } from "./deed.ts";
import { LetterEditor } from "./dead-letters-editor.tsx";
import { letterTones } from "./dead-letters-page.tsx";
import { words } from "./dead-letters-words.ts";
import { Frame, Panel } from "./frame.tsx";
import { moment, momentExactly } from "./moment.ts";
import { useNames } from "./names.ts";
import type { PageProps } from "./pages.ts";
import { usePolled } from "./polled.ts";
import { Chip, Failed, Loading } from "./states.tsx";
import { Sure } from "./sure.tsx";
import { Table } from "./table.tsx";
import { Who } from "./who.tsx";

/** One dead letter: what died and why, what it holds up, what its receiver would do with it now, and the ways out. */
export function DeadLetterPage({ params }: PageProps) {
  const id = params["letter"] ?? "";
  const letter = useAsked(operationRoutes.deadLetter, { params: { id } });
  const trial = useAsked(operationRoutes.dryRun, { params: { id } });
  const [done, setDone] = useState<string | null>(null);
  const t = words.value;
  const { value } = letter;
  usePolled(letter);
  // What its receiver would do is another thing once it was sent, mended or dropped.
  useEffect(() => {
    if (value !== null && trial.value !== null) trial.again();
  }, [value?.state, JSON.stringify(value?.edited)]);
  const again = () => {
    letter.again();
    trial.again();
  };
  if (value === null) {
    return (
      <Frame title={t.letter}>
        {letter.problem === null ? <Loading /> : <Failed problem={letter.problem} retry={again} />}
      </Frame>
    );
  }
  const isOpen = value.state === "open";
  const redrive = () =>
    wanted(operationRoutes.redrive, { params: { id } }, () => {
      setDone(t.isRedriven);
      // It is handled within moments; what became of it is to be seen without a click.
      setTimeout(letter.again, 500);
    });
  const drop = (reason: string) =>
    wanted(operationRoutes.dropLetter, { params: { id }, body: { reason } }, () => {
      setDone(t.isDropped);
      again();
    });
  return (
    <Frame
      title={value.type}
      lead={
        <span class="small mono anywhere">
          {value.sender} → {value.receiver} #{value.sequence}
        </span>
      }
      actions={
        isOpen ? (
          <>
            <Sure label={t.redrive} title={t.redriveTitle} go={t.redriveGo} look="button-quiet" onSure={redrive}>
              <p>{t.redriveMore}</p>
            </Sure>
            <Sure label={t.drop} title={t.dropTitle} go={t.dropGo} reason={t.reason} onSure={drop}>
              <p>{t.dropMore}</p>
            </Sure>
          </>
        ) : undefined
      }
    >
      {done === null ? null : (
        <p class="notice notice-go" role="status">
          {done}
        </p>
      )}
      <div class="panels">
        <State letter={value} />
        <Panel
          title={t.dryRun}
          lead={t.dryRunMore}
          actions={
            <button
              type="button"
              class={`button button-quiet button-small ${trial.asking ? "button-busy" : ""}`}
              onClick={trial.again}
            >
              {t.dryRunGo}
            </button>
          }
        >
          {trial.problem === null ? null : <Failed problem={trial.problem} />}
          {trial.value === null ? null : <Outcome rehearsal={trial.value} />}
        </Panel>
        <Blocks letter={value} />
        <Panel title={t.said} lead={value.edited === null ? undefined : t.isEdited}>
          {isOpen ? <LetterEditor letter={value} saved={again} /> : <Code value={dataOf(value)} label={t.said} />}
        </Panel>
        <Panel title={t.envelope}>
          <Code value={value.envelope} label={t.envelope} />
        </Panel>
        <Panel title={t.stack}>
          <pre class="code-block" tabIndex={0} aria-label={t.stack}>
            {value.stack || value.error}
          </pre>
        </Panel>
        <Acts letter={value} />
      </div>
    </Frame>
  );
}

function State({ letter }: { readonly letter: DeadLetterDetail }) {
  const t = words.value;
  return (
    <Panel title={t.why}>
      <p class="notice notice-stop anywhere">{letter.error}</p>
      <dl class="pairs">
        <dt>{t.state}</dt>
        <dd>
          <Chip tone={letterTones[letter.state]}>{t.states[letter.state]}</Chip>{" "}
          {letter.closedAt === null ? "" : moment(letter.closedAt)}
        </dd>
        <dt>{t.order}</dt>
        <dd>
          <a class="lone-link mono anywhere" href={`/admin/orders/${letter.order}`}>
            {letter.order}
          </a>
        </dd>
        <dt>{t.consumer}</dt>
        <dd class="mono">{letter.consumer}</dd>
        <dt>{t.attempts}</dt>
        <dd class="figures">{letter.attempts}</dd>
        <dt>{t.first}</dt>
        <dd>{momentExactly(letter.firstAt)}</dd>
        <dt>{t.last}</dt>
        <dd>{momentExactly(letter.lastAt)}</dd>
      </dl>
    </Panel>
  );
}

function Outcome({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const t = words.value;
  const tone = { applied: "go", refused: "wait", failing: "stop", repeated: "go", waiting: "wait" } as const;
  return (
    <div class={`notice notice-${tone[rehearsal.outcome]}`} role="status">
      <strong>{t.outcomes[rehearsal.outcome]}</strong>
      <p>{t.outcomesMore[rehearsal.outcome]}</p>
      <p class="small mono anywhere lines-kept">{detailOf(rehearsal)}</p>
    </div>
  );
}

function detailOf(rehearsal: Rehearsal): string {
  switch (rehearsal.outcome) {
    case "applied": {
      const { events, facts, calls } = rehearsal;
      return [...events, ...facts.map(({ to, type }) => `${type} → ${to}`), ...calls].join(", ");
    }
    case "refused":
      return rehearsal.why;
    case "failing":
      return issuesIn(rehearsal.error);
    case "repeated":
      return `#${rehearsal.applied}`;
    case "waiting":
      return `#${rehearsal.next}`;
  }
}

const Issues = z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }));

/** What a schema did not understand is told as JSON: here a line for each place. */
function issuesIn(error: string): string {
  try {
    const issues = Issues.parse(JSON.parse(error.slice(error.indexOf("["))));
    return issues.map(({ path, message }) => `/${path.join("/")}: ${message}`).join("\n");
  } catch {
    return error;
  }
}

function Blocks({ letter: { stream } }: { readonly letter: DeadLetterDetail }) {
  const t = words.value;
  const { applied, retransmissions, nextAt, blocks, unknown } = stream;
  return (
    <Panel title={t.blocks} lead={t.blocksMore(applied, retransmissions, nextAt === null ? null : moment(nextAt))} wide>
      {unknown.length === 0 ? null : <p class="notice notice-wait">{unknown.join(" ")}</p>}
      {blocks.length === 0 ? <p class="quiet">{t.blocksNone}</p> : null}
      {blocks.length === 0 ? null : (
        <Table
          caption={t.blocks}
          rows={blocks}
          keyOf={({ sequence }) => String(sequence)}
          columns={[
            { key: "sequence", title: "#", cell: ({ sequence }) => sequence },
            { key: "type", title: t.fact, cell: ({ type }) => <span class="mono">{type}</span> },
            { key: "order", title: t.order, cell: ({ order }) => <span class="mono small anywhere">{order}</span> },
            { key: "at", title: t.written, cell: ({ writtenAt }) => momentExactly(writtenAt) },
            { key: "held", title: t.held, cell: ({ held }) => (held ? t.yes : t.no) },
          ]}
        />
      )}
    </Panel>
  );
}

function Acts({ letter: { acts } }: { readonly letter: DeadLetterDetail }) {
  const nameOf = useNames();
  const t = words.value;
  if (acts.length === 0) return null;
  return (
    <Panel title={t.acts} wide>
      <Table
        caption={t.acts}
        rows={acts}
        keyOf={({ at, act }) => at + act}
        columns={[
          { key: "act", title: t.act, cell: ({ act }) => t.actsOf[act] },
          { key: "at", title: t.at, cell: ({ at }) => momentExactly(at) },
          { key: "by", title: t.by, cell: ({ by }) => <Who id={by} nameOf={nameOf} /> },
          { key: "reason", title: t.reason, cell: ({ reason }) => reason },
        ]}
      />
    </Panel>
  );
}

function Code({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    <pre class="code-block" tabIndex={0} aria-label={label}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}

const WithData = z.looseObject({ data: z.record(z.string(), z.json()) });

/** What the fact says: as it was edited, else as its sender wrote it. */
export function dataOf({ edited, envelope }: Pick<DeadLetterDetail, "edited" | "envelope">): Record<string, unknown> {
  const own = z.record(z.string(), z.json()).safeParse(edited);
  return own.success ? own.data : (WithData.safeParse(envelope).data?.data ?? {});
}
