import { useEffect, useState } from "preact/hooks";
import type { OrderView } from "../../contracts/order.ts";
import { type PushState, pushState, startPush, stopPush } from "../shared/push.ts";
import type { Session } from "../shared/session.ts";
import { freshId, keep, kept } from "../shared/storage.ts";
import { z } from "zod";
import { orderWords } from "./words-order.ts";

/** Who was never asked is shown no pushes yet: the offer stands there at once, and pushes nothing about when it comes. */
function likely(): PushState | null {
  return "PushManager" in globalThis && "Notification" in globalThis && Notification.permission === "default"
    ? "off"
    : null;
}

/** Offered where somebody has just ordered and begins to wait: before that nobody knows what for. */
export function OrderPush({ session, order }: { readonly session: Session; readonly order: OrderView }) {
  const name = `comanda.told.${order.id}`;
  const [state, setState] = useState<PushState | "failed" | "asking" | null>(likely);
  const [asked, setAsked] = useState(false);
  const t = orderWords.value;
  useEffect(() => {
    void pushState().then((found) => setState(found === "on" && kept(name, z.literal(true)) !== true ? "off" : found));
  }, [name]);
  const start = async () => {
    setAsked(true);
    setState("asking");
    const reply = await startPush(session, { kind: "order", order: order.id }, freshId());
    if (reply.ok && reply.value === "on") keep(name, true);
    setState(reply.ok ? reply.value : "failed");
  };
  const stop = async () => {
    const reply = await stopPush(session);
    if (!reply.ok) return setState("failed");
    keep(name, null);
    setState(reply.value);
  };
  // Who has once said no to this browser is not told of it again and again.
  if (state === null || state === "impossible" || (state === "denied" && !asked)) return null;
  const mail = order.customer?.email ?? null;
  return (
    <div class="order-push">
      {state === "off" || state === "asking" ? (
        <>
          <p>{t.push.offer}</p>
          <button
            type="button"
            class="button button-quiet"
            aria-disabled={state === "asking"}
            onClick={() => void start()}
          >
            {t.push.yes}
          </button>
        </>
      ) : null}
      <p role="status" class="small quiet">
        {state === "on" ? t.push.on : null}
        {state === "denied" ? (mail === null ? t.push.denied : t.push.deniedMail) : null}
        {state === "failed" ? t.push.failed : null}
      </p>
      {state === "on" ? (
        <button type="button" class="button button-bare" onClick={() => void stop()}>
          {t.push.no}
        </button>
      ) : null}
    </div>
  );
}
