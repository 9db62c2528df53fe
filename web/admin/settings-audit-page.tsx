import { useState } from "preact/hooks";
import { type AuditEntry, tenantRoutes } from "../../contracts/tenant-routes.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { Frame } from "./frame.tsx";
import { momentExactly } from "./moment.ts";
import { useNames } from "./names.ts";
import type { PageProps } from "./pages.ts";
import { query, seek } from "./place.ts";
import { words } from "./settings-words.ts";
import { session } from "./sign-in.ts";
import { Chip, Empty, Failed, Loading } from "./states.tsx";
import { Table } from "./table.tsx";
import { Who } from "./who.tsx";

/** Who of the staff, the admins and the operator did what, or tried and may not. */
export function AuditPage(_: PageProps) {
  const [by, path] = [query.value.get("by") ?? "", query.value.get("path") ?? ""];
  const [from, until] = [query.value.get("from") ?? "", query.value.get("until") ?? ""];
  const [older, setOlder] = useState<{ list: readonly AuditEntry[]; next: string | null } | null>(null);
  const deed = useDeed();
  const wanted = {
    ...(by === "" ? {} : { by }),
    ...(path === "" ? {} : { path }),
    ...(from === "" ? {} : { from: new Date(from).toISOString() }),
    ...(until === "" ? {} : { until: new Date(until).toISOString() }),
  };
  const asked = useAsked(tenantRoutes.audit, { query: wanted });
  const nameOf = useNames();
  const t = words.value;
  const entries = [...(asked.value?.entries ?? []), ...(older?.list ?? [])];
  const next = older === null ? (asked.value?.next ?? null) : older.next;
  const narrow = (changes: Record<string, string>) => {
    setOlder(null);
    seek(changes);
  };
  const more = async () => {
    const page = await deed.run(() => session.ask(tenantRoutes.audit, { query: { ...wanted, cursor: next ?? "" } }));
    if (page !== null) setOlder({ list: [...(older?.list ?? []), ...page.entries], next: page.next });
  };
  return (
    <Frame title={t.auditTitle} lead={t.auditLead}>
      <div class="filters">
        <TextField label={t.auditBy} mono value={by} onInput={(text) => narrow({ by: text.trim() })} />
        <TextField
          label={t.auditPath}
          mono
          value={path}
          placeholder="/menu"
          onInput={(text) => narrow({ path: text.trim() })}
        />
        <TextField label={t.auditFrom} type="datetime-local" value={from} onInput={(text) => narrow({ from: text })} />
        <TextField
          label={t.auditUntil}
          type="datetime-local"
          value={until}
          onInput={(text) => narrow({ until: text })}
        />
      </div>
      {asked.problem === null ? null : <Failed problem={asked.problem} retry={asked.again} />}
      {deed.problem === null ? null : <Failed problem={deed.problem} />}
      {asked.value === null && asked.problem === null ? <Loading /> : null}
      {asked.value !== null && entries.length === 0 ? <Empty title={t.auditNone} /> : null}
      {entries.length === 0 ? null : (
        <Table
          caption={t.auditTitle}
          rows={entries}
          keyOf={({ id }) => id}
          toneOf={({ status }) => (status >= 400 ? "stop" : null)}
          columns={[
            { key: "at", title: t.auditAt, cell: ({ at }) => momentExactly(at) },
            {
              key: "by",
              title: t.auditBy,
              cell: (entry) => (
                <span>
                  {entry.by === entry.role ? null : <Who id={entry.by} nameOf={nameOf} />}{" "}
                  <span class="small quiet">{t.auditRoles[entry.role]}</span>
                </span>
              ),
            },
            {
              key: "what",
              title: t.auditWhat,
              cell: (entry) => (
                <span class="mono small anywhere">
                  {entry.method} {entry.path}
                </span>
              ),
            },
            {
              key: "status",
              title: t.auditStatus,
              cell: ({ status }) => (
                <Chip tone={status >= 400 ? "stop" : "go"}>{status >= 400 ? t.auditRefused : t.auditDone}</Chip>
              ),
            },
          ]}
        />
      )}
      {next === null ? null : (
        <button type="button" class="button button-quiet" onClick={() => void more()}>
          {t.auditMore}
        </button>
      )}
    </Frame>
  );
}
