import { useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { endStatuses, type EventView, type OrderView } from "../../contracts/order.ts";
import { exportedLog } from "../../domain/order/logged-event.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { intend } from "../shared/intent.ts";
import { download } from "./csv.ts";
import { SelectField } from "./fields.tsx";
import { OrderMove } from "./order-move.tsx";
import { pageWords } from "./order-page-words.ts";
import { OrderRefund } from "./order-refund.tsx";
import { session } from "./sign-in.ts";
import { Sure } from "./sure.tsx";

const cancelReasons = ["staff-cancelled", "item-unavailable", "too-busy", "closing", "other"] as const;

/** While the kitchen has it in hand; what is on the road stays with who has it. */
const movable: readonly OrderView["status"][] = ["accepted", "preparing", "ready"];

interface ActionsProps {
  readonly order: OrderView;
  /** null where the venue is not known here. */
  readonly settings: VenueSettings | null;
  readonly tenant: string;
  readonly events: readonly EventView[];
}

/** What can be done about an order as it is now, whatever moment of it is looked at. */
export function OrderActions({ order, settings, tenant, events }: ActionsProps) {
  const [refunding, setRefunding] = useState(false);
  const [moving, setMoving] = useState(false);
  const [reason, setReason] = useState<string>("staff-cancelled");
  const t = pageWords.value;
  const params = { order: order.id };
  const isOver = endStatuses.has(order.status);
  const canMove = settings !== null && order.delivery !== null && movable.includes(order.status);
  const canRefund = order.payment?.status === "captured";
  const linkOf = async () => {
    const reply = await session.ask(orderRoutes.link, { params });
    return reply.ok ? location.origin + reply.value.path : null;
  };
  const log = () =>
    download(`${order.id}.ndjson`, "application/x-ndjson", exportedLog({ tenant, id: order.id }, events));
  return (
    <>
      <CopyButton label={t.copyCustomer} textOf={linkOf} />
      <CopyButton label={t.copyThis} textOf={() => Promise.resolve(location.href)} />
      <button type="button" class="button button-quiet button-small" disabled={events.length === 0} onClick={log}>
        {t.log}
      </button>
      {canMove ? (
        <button
          type="button"
          class="button button-quiet button-small"
          aria-haspopup="dialog"
          onClick={() => setMoving(true)}
        >
          {t.move}
        </button>
      ) : null}
      {canRefund ? (
        <button
          type="button"
          class="button button-quiet button-small"
          aria-haspopup="dialog"
          onClick={() => setRefunding(true)}
        >
          {t.refund}
        </button>
      ) : null}
      {isOver ? null : (
        <Sure
          label={t.cancel}
          title={t.cancelTitle(order.code)}
          go={t.cancelGo}
          reason={t.cancelDetail}
          onSure={async (detail) => {
            const reply = await intend(session, orderRoutes.cancel, { params, body: { reason, detail } });
            return reply.ok ? null : reply.problem;
          }}
        >
          <p>{t.cancelWhat}</p>
          <SelectField
            label={t.cancelReason}
            value={reason}
            options={cancelReasons.map((one) => [one, t.reasons[one]] as const)}
            onChange={setReason}
          />
        </Sure>
      )}
      {moving && settings !== null ? (
        <OrderMove order={order} settings={settings} onClose={() => setMoving(false)} />
      ) : null}
      {refunding ? <OrderRefund order={order} onClose={() => setRefunding(false)} /> : null}
    </>
  );
}

interface CopyProps {
  readonly label: string;
  /** null where it cannot be had. */
  textOf(): Promise<string | null>;
}

function CopyButton({ label, textOf }: CopyProps) {
  const [copied, setCopied] = useState(false);
  const t = pageWords.value;
  const copy = async () => {
    const text = await textOf();
    if (text === null || !("clipboard" in navigator)) return;
    await navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 2_000);
      },
      () => undefined,
    );
  };
  return (
    <button type="button" class="button button-bare button-small" onClick={() => void copy()}>
      {copied ? t.copied : label}
    </button>
  );
}
