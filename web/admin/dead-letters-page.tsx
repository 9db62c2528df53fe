import { useState } from "preact/hooks";
import type { z } from "zod";
import type { DeadLetterView } from "../../contracts/dead-letter.ts";
import { operationRoutes } from "../../contracts/operations.ts";
import type { Reply } from "../shared/api.ts";
import { intend } from "../shared/intent.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { SelectField, TextField } from "./fields.tsx";
import { Frame } from "./frame.tsx";
import { ago } from "./moment.ts";
import type { PageProps } from "./pages.ts";
import { query, seek } from "./place.ts";
import { usePolled } from "./polled.ts";
import { session } from "./sign-in.ts";
import { Chip, Empty, Failed, Loading } from "./states.tsx";
import { Sure } from "./sure.tsx";
import { Table } from "./table.tsx";
import { words } from "./dead-letters-words.ts";

type Redriven = z.output<typeof operationRoutes.redriveMany.response>;

const states = ["open", "closed", "dropped", "all"] as const;
export const letterTones = { open: "stop", closed: "go", dropped: "wait" } as const;

/** Facts that could not be handled: which, between whom, and since when they hold others up. */
export function DeadLettersPage(_: PageProps) {
  const state = states.find((one) => one === query.value.get("state")) ?? "open";
  const consumer = query.value.get("consumer") ?? "";
  const order = query.value.get("order") ?? "";
  const [older, setOlder] = useState<{ list: readonly DeadLetterView[]; next: string | null } | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const deed = useDeed();
  const wanted = {
    state,
    limit: "50",
    ...(/^[a-z0-9-]+$/.test(consumer) ? { consumer } : {}),
    ...(/^ord_[0-9a-z]{26}$/.test(order) ? { order } : {}),
  };
  const asked = useAsked(operationRoutes.deadLetters, { query: wanted });
  const t = words.value;
  usePolled(asked);
  // What has moved between two pages is shown once, as it is now.
  const newest = asked.value?.deadLetters ?? [];
  const letters = [...newest, ...(older?.list ?? []).filter(({ id }) => newest.every((letter) => letter.id !== id))];
  // Services are called by their queues, which every installation names for itself.
  const consumers = [...new Set([...letters.map((letter) => letter.consumer), ...(consumer === "" ? [] : [consumer])])];
  const next = older === null ? (asked.value?.next ?? null) : older.next;
  const narrow = (changes: Record<string, string>) => {
    setOlder(null);
    seek(changes);
  };
  const more = async () => {
    const page = await deed.run(() =>
      session.ask(operationRoutes.deadLetters, { query: { ...wanted, cursor: next ?? "" } }),
    );
    if (page !== null) setOlder({ list: [...(older?.list ?? []), ...page.deadLetters], next: page.next });
  };
  const redriveAll = async (only: string | null) => {
    let count = 0;
    let cursor: string | null = "";
    while (cursor !== null) {
      const body: object = { ...(only === null ? {} : { order: only }), ...(cursor === "" ? {} : { cursor }) };
      const reply: Reply<Redriven> = await intend(session, operationRoutes.redriveMany, { body });
      if (!reply.ok) return reply.problem;
      count += reply.value.redriven;
      cursor = reply.value.next;
    }
    setSent(count);
    asked.again();
    return null;
  };
  return (
    <Frame
      title={t.title}
      lead={t.lead}
      actions={
        <>
          {wanted.order === undefined ? null : (
            <Sure
              label={t.redriveOrder}
              title={t.redriveOrder}
              go={t.redriveGo}
              look="button-quiet"
              onSure={() => redriveAll(order)}
            >
              <p>{t.redriveMore}</p>
            </Sure>
          )}
          <Sure
            label={t.redriveAll}
            title={t.redriveAll}
            go={t.redriveGo}
            look="button-quiet"
            disabled={letters.every((letter) => letter.state !== "open")}
            onSure={() => redriveAll(null)}
          >
            <p>{t.redriveMore}</p>
          </Sure>
        </>
      }
    >
      <div class="filters">
        <SelectField
          label={t.state}
          value={state}
          options={states.map((one) => [one, t.states[one]] as const)}
          onChange={(chosen) => narrow({ state: chosen === "open" ? "" : chosen })}
        />
        <SelectField
          label={t.consumer}
          value={consumer}
          options={[["", t.any], ...consumers.map((one) => [one, one.replace(/^comanda-/, "")] as const)]}
          onChange={(chosen) => narrow({ consumer: chosen })}
        />
        <TextField
          label={t.order}
          mono
          value={order}
          placeholder="ord_…"
          onInput={(text) => narrow({ order: text.trim() })}
        />
      </div>
      {sent === null ? null : (
        <p class="notice notice-go" role="status">
          {t.redriven(sent)}
        </p>
      )}
      {asked.problem !== null && asked.value === null ? <Failed problem={asked.problem} retry={asked.again} /> : null}
      {deed.problem === null ? null : <Failed problem={deed.problem} />}
      {asked.value === null && asked.problem === null ? <Loading /> : null}
      {asked.value !== null && letters.length === 0 ? (
        <Empty title={state === "open" ? t.noneOpen : t.none}>
          <p>{t.noneMore}</p>
        </Empty>
      ) : null}
      {letters.length === 0 ? null : (
        <Table
          caption={t.title}
          rows={letters}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => `/admin/dead-letters/${id}`}
          toneOf={(letter) => (letter.state === "open" ? "stop" : null)}
          columns={[
            { key: "type", title: t.fact, cell: ({ type }) => <span class="mono">{type}</span> },
            {
              key: "stream",
              title: t.stream,
              cell: ({ sender, receiver, sequence }) => (
                <span class="small mono anywhere">
                  {sender} → {receiver} #{sequence}
                </span>
              ),
            },
            { key: "error", title: t.error, cell: ({ error }) => <span class="anywhere">{error.slice(0, 160)}</span> },
            { key: "attempts", title: t.attempts, figures: true, minor: true, cell: ({ attempts }) => attempts },
            { key: "last", title: t.last, cell: ({ lastAt }) => ago(lastAt) },
            {
              key: "state",
              title: t.state,
              cell: (letter) => <Chip tone={letterTones[letter.state]}>{t.states[letter.state]}</Chip>,
            },
          ]}
        />
      )}
      {next === null ? null : (
        <button type="button" class="button button-quiet" onClick={() => void more()}>
          {t.more}
        </button>
      )}
    </Frame>
  );
}
