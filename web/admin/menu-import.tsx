import { useRef, useState } from "preact/hooks";
import { ImportReport } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { MenuFault } from "../../contracts/menu.ts";
import { intend } from "../shared/intent.ts";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { DifferenceList } from "./menu-difference-list.tsx";
import type { Published } from "./menu-draft.ts";
import { words } from "./menu-words.ts";
import { session } from "./sign-in.ts";
import { Chip, Failed } from "./states.tsx";
import { Table } from "./table.tsx";

interface MenuImportProps {
  readonly venue: VenueView;
  /** null: the venue has no menu yet. */
  readonly published: Published | null;
  readonly hasDraft: boolean;
  done(note: string): void;
}

const route = { method: "POST", path: "/v1/menus/import", response: ImportReport } as const;
const tones = { refused: "stop", mended: "wait", noted: "plain" } as const;
const accepted = ".json,.csv,.txt,application/json,text/csv";

/** A menu out of a file: tried first, with every fault and every difference, then published. */
export function MenuImport({ venue, published, hasDraft, done }: MenuImportProps) {
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState("");
  const [hints, setHints] = useState({ currency: "", language: "" });
  const [tried, setTried] = useState<ImportReport | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const deed = useDeed();
  const t = words.value;
  const source = file ?? (pasted.trim() === "" ? null : new Blob([pasted], { type: typeOf(pasted) }));
  const changed = (set: () => void) => {
    set();
    setTried(null);
    deed.clear();
  };
  const take = (taken: File | null) => changed(() => setFile(taken));
  const send = (dryRun: boolean) =>
    deed.run(() => {
      const said = Object.entries(hints).filter(([, text]) => text.trim() !== "");
      const query = { ...Object.fromEntries(said), venue: venue.id, ...(dryRun ? { dryRun: "true" } : {}) };
      return intend(session, route, {
        query,
        body: source ?? new Blob(),
        // What was compared is what may be replaced, and nothing newer.
        ...(dryRun ? {} : { over: tried?.version ?? 0 }),
      });
    });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(await send(true));
  };
  const publish = async () => {
    const report = await send(false);
    if (report !== null) done(report.changed ? t.published(report.version ?? 0) : t.unchanged);
  };
  const { problem } = deed;
  return (
    <div class="panels">
      <Panel title={t.importTitle} lead={t.importMore}>
        {hasDraft ? <p class="notice notice-wait">{t.draftWaits}</p> : null}
        <form class="form" onSubmit={(event) => void submit(event)}>
          <div
            class="drop"
            data-over={over}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault();
              setOver(false);
              take(event.dataTransfer?.files[0] ?? null);
            }}
          >
            <p>{t.drop}</p>
            <button type="button" class="button button-quiet" onClick={() => input.current?.click()}>
              {t.choose}
            </button>
            <input
              ref={input}
              class="for-ears"
              type="file"
              accept={accepted}
              tabIndex={-1}
              aria-label={t.file}
              onChange={({ currentTarget }) => take(currentTarget.files?.[0] ?? null)}
            />
            <p class="small anywhere">
              {t.file}: <strong>{file?.name ?? t.noFile}</strong>
            </p>
          </div>
          {file === null ? (
            <TextField
              label={t.orPaste}
              mono
              lines={6}
              value={pasted}
              onInput={(text) => changed(() => setPasted(text))}
            />
          ) : null}
          <div class="form-row">
            <TextField
              label={t.currency}
              hint={t.currencyHint}
              value={hints.currency}
              maxLength={3}
              onInput={(currency) => changed(() => setHints({ ...hints, currency: currency.toUpperCase() }))}
            />
            <TextField
              label={t.language}
              hint={t.languageHint}
              value={hints.language}
              maxLength={20}
              onInput={(language) => changed(() => setHints({ ...hints, language }))}
            />
          </div>
          <button class={`button ${deed.busy && tried === null ? "button-busy" : ""}`} disabled={source === null}>
            {t.tryIt}
          </button>
        </form>
        {problem === null ? null : (
          <>
            {problem.status === 412 ? (
              <p class="notice notice-stop" role="alert">
                {t.staleTitle((tried?.version ?? 0) + 1)}
              </p>
            ) : (
              <Failed problem={problem} />
            )}
            <FaultTable
              faults={(problem.errors ?? []).map(({ pointer, detail }) => ({
                path: pointer,
                detail,
                severity: "refused",
                code: "",
                action: "",
              }))}
            />
          </>
        )}
      </Panel>
      {tried === null ? null : (
        <Panel
          title={t.differences}
          wide
          lead={`${t.formats[tried.format] ?? tried.format}: ${t.counts(tried.counts.items, tried.counts.categories, tried.counts.groups, tried.counts.options)}`}
          actions={
            <button
              type="button"
              class={`button ${deed.busy ? "button-busy" : ""}`}
              disabled={!tried.changed}
              onClick={() => void publish()}
            >
              {t.importPublish}
            </button>
          }
        >
          {tried.faults.length === 0 ? null : (
            <p class="notice">
              <a class="lone-link" href="#import-faults">
                {t.faultsBelow(tried.faults.length)}
              </a>
            </p>
          )}
          <DifferenceList
            differences={tried.differences}
            currency={published?.document.currency ?? (hints.currency || "EUR")}
          />
          <h3 id="import-faults">{t.faults}</h3>
          {tried.faults.length === 0 ? <p class="quiet">{t.noFaults}</p> : <FaultTable faults={tried.faults} />}
        </Panel>
      )}
    </div>
  );
}

function FaultTable({ faults }: { readonly faults: readonly MenuFault[] }) {
  const t = words.value;
  if (faults.length === 0) return null;
  return (
    <Table
      caption={t.faults}
      rows={faults.map((fault, at) => ({ ...fault, at }))}
      keyOf={({ at }) => String(at)}
      toneOf={({ severity }) => (severity === "refused" ? "stop" : null)}
      columns={[
        { key: "path", title: t.where, cell: ({ path }) => <span class="mono anywhere">{path || "/"}</span> },
        {
          key: "severity",
          title: t.how,
          cell: ({ severity }) => <Chip tone={tones[severity]}>{t.severities[severity]}</Chip>,
        },
        { key: "detail", title: t.what, cell: ({ detail }) => detail },
        { key: "action", title: t.done, cell: ({ action }) => action },
      ]}
    />
  );
}

function typeOf(text: string): string {
  return /^\s*[[{]/.test(text) ? "application/json" : "text/csv";
}
