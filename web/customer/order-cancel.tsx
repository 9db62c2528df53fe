import { useEffect, useRef, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import { clock, countdown } from "../shared/format.ts";
import { intend } from "../shared/intent.ts";
import { now } from "../shared/now.ts";
import type { Session } from "../shared/session.ts";
import { problemWords } from "../shared/words.ts";
import { orderWords } from "./words-order.ts";

/** From so little on the time that is left is counted, and not told by the clock. */
const countedMs = 15 * 60_000;

export function OrderCancel({ session, order }: { readonly session: Session; readonly order: OrderView }) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const keepIt = useRef<HTMLButtonElement>(null);
  const t = orderWords.value;
  const until = order.cancellableUntil;
  useEffect(() => {
    if (asking) keepIt.current?.focus();
  }, [asking]);
  const cancel = async () => {
    setAsking(false);
    const reply = await intend(session, orderRoutes.cancel, { params: { order: order.id } });
    setProblem(reply.ok ? null : reply.problem);
    // The button that had the focus goes away with what it was for.
    if (reply.ok && document.activeElement === document.body) document.querySelector("h1")?.focus();
  };
  const alert =
    problem === null ? null : (
      <p class="notice notice-stop" role="alert">
        {problemWords(problem)}
      </p>
    );
  if (until === null || Date.parse(until) < now.value) return alert;
  const left = Date.parse(until) - now.value;
  return (
    <div class="order-cancel">
      {alert}
      {asking ? (
        <>
          <p>{t.cancelSure}</p>
          <button type="button" class="button button-stop" onClick={() => void cancel()}>
            {t.cancelYes}
          </button>
          <button ref={keepIt} type="button" class="button button-quiet" onClick={() => setAsking(false)}>
            {t.cancelNo}
          </button>
        </>
      ) : (
        <>
          <button type="button" class="button button-quiet" onClick={() => setAsking(true)}>
            {t.cancel}
          </button>
          <span class="small quiet figures" role="timer">
            {left < countedMs ? t.cancelFor(countdown(left)) : t.cancelUntil(clock(until))}
          </span>
        </>
      )}
    </div>
  );
}
