import { useState } from "preact/hooks";
import type { Call, Hop, Ledger } from "../../contracts/ledger.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { useAsked } from "./asked.ts";
import { Panel } from "./frame.tsx";
import { lasted, secondIn } from "./moment-in.ts";
import { pageWords } from "./order-page-words.ts";
import { holder } from "./sign-in.ts";
import { Chip, Failed, Loading } from "./states.tsx";
import { Table } from "./table.tsx";

interface LedgerProps {
  readonly order: string;
  /** The ledger is read anew when the order has gone on. */
  readonly seq: number;
  readonly timeZone: string;
}

/** The order's way through the machinery; read when somebody wants it, for it asks every actor the order has met. */
export function OrderLedger({ order, seq, timeZone }: LedgerProps) {
  const [open, setOpen] = useState(false);
  const t = pageWords.value;
  return (
    <Panel
      title={t.ledger}
      lead={t.ledgerHow}
      actions={
        open ? null : (
          <button type="button" class="button button-quiet" onClick={() => setOpen(true)}>
            {t.showLedger}
          </button>
        )
      }
    >
      {open ? <Read order={order} seq={seq} timeZone={timeZone} /> : null}
    </Panel>
  );
}

function Read({ order, timeZone }: LedgerProps) {
  const { value, problem, again } = useAsked(orderRoutes.ledger, { params: { order } });
  if (problem !== null) return <Failed problem={problem} retry={again} />;
  return value === null ? <Loading /> : <Tables ledger={value} timeZone={timeZone} />;
}

function Tables({ ledger, timeZone }: { readonly ledger: Ledger; readonly timeZone: string }) {
  const t = pageWords.value;
  const { costs } = ledger;
  const at = (instant: string | null) => (instant === null ? "" : secondIn(instant, timeZone));
  return (
    <>
      <Table<Hop>
        caption={t.ledger}
        rows={ledger.facts}
        keyOf={({ id }) => id}
        toneOf={({ letter }) => (letter === null || letter.state !== "open" ? null : "stop")}
        columns={[
          { key: "what", title: t.hop, cell: ({ type, id }) => <span class="small">{short(type) ?? id}</span> },
          { key: "to", title: t.to, cell: ({ to }) => <span class="small mono">{to.split("/")[0]}</span> },
          {
            key: "written",
            title: t.written,
            cell: ({ writtenAt }) => <span class="small mono">{at(writtenAt)}</span>,
          },
          {
            key: "took",
            title: t.took,
            figures: true,
            cell: ({ handOffMs }) => (handOffMs === null ? "" : `${handOffMs} ms`),
          },
          { key: "attempts", title: t.attempts, figures: true, minor: true, cell: ({ sent }) => sent.length },
          {
            key: "applied",
            title: t.applied,
            cell: ({ applied, letter }) =>
              letter !== null && letter.state === "open" ? (
                // Staff are told, and cannot open it.
                holder.value?.role === "admin" ? (
                  <a class="lone-link" href={`/admin/dead-letters/${encodeURIComponent(letter.id)}`}>
                    {t.letter}
                  </a>
                ) : (
                  <Chip tone="stop">{t.letter}</Chip>
                )
              ) : (
                <Chip tone={applied === "yes" ? "go" : applied === "no" ? "wait" : "plain"}>
                  {t.appliedStates[applied]}
                </Chip>
              ),
          },
        ]}
      />
      {ledger.calls.length === 0 ? null : (
        <Table<Call>
          caption={t.operations}
          rows={ledger.calls}
          keyOf={({ key }) => key}
          columns={[
            {
              key: "what",
              title: t.operations,
              cell: ({ key }) => <span class="small">{key.split("/").slice(1).join(" ")}</span>,
            },
            { key: "asked", title: t.written, cell: ({ askedAt }) => <span class="small mono">{at(askedAt)}</span> },
            {
              key: "took",
              title: t.took,
              figures: true,
              cell: ({ askedAt, endedAt }) =>
                endedAt === null ? "" : lasted(Date.parse(endedAt) - Date.parse(askedAt)),
            },
            { key: "attempts", title: t.attempts, figures: true, cell: ({ attempts }) => attempts ?? "–" },
            {
              key: "outcome",
              title: t.outcome,
              cell: ({ outcome, error }) => (
                <>
                  <Chip tone={outcome === "recorded" ? "go" : outcome === "owed" ? "wait" : "plain"}>
                    {t.outcomes[outcome]}
                  </Chip>{" "}
                  <span class="small">{error ?? ""}</span>
                </>
              ),
            },
          ]}
        />
      )}
      <p class="small quiet">
        {t.costs(costs.queueMessages.count, costs.rowsWritten.count, costs.outsideRequests.count)}
      </p>
    </>
  );
}

/** comanda.order.sent.v1 is called order.sent among ourselves. */
function short(type: string | null): string | null {
  return type === null ? null : type.replace(/^comanda\./, "").replace(/\.v\d+$/, "");
}
