import { useEffect, useRef, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { endStatuses, type OrderView } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import { countdown } from "../shared/format.ts";
import { intend } from "../shared/intent.ts";
import { now } from "../shared/now.ts";
import type { Session } from "../shared/session.ts";
import { problemWords } from "../shared/words.ts";
import { moment, type Stance } from "./moments.ts";
import { orderWords } from "./words-order.ts";

/** From so little on the time that is left is counted, and not told by the clock. */
const countedMs = 15 * 60_000;

interface OrderCancelProps {
  readonly session: Session;
  readonly order: OrderView;
  /** Null until it is known. */
  readonly stance: Stance | null;
  /** The restaurant's, for when it is too late here. */
  readonly phone: string | null;
}

export function OrderCancel({ session, order, stance, phone }: OrderCancelProps) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const keepIt = useRef<HTMLButtonElement>(null);
  const t = orderWords.value;
  const until = order.cancellableUntil;
  const isOpen = until !== null && Date.parse(until) >= now.value;
  const wasOpen = useRef(isOpen);
  const isMade = order.status === "accepted" || order.status === "preparing";
  useEffect(() => {
    if (asking) keepIt.current?.focus();
  }, [asking]);
  useEffect(() => {
    if (isOpen) wasOpen.current = true;
    else setAsking(false);
    // The button that had the focus goes away with what it was for.
    if (!isOpen && wasOpen.current && document.activeElement === document.body) document.querySelector("h1")?.focus();
  }, [isOpen]);
  const cancel = async () => {
    setAsking(false);
    const reply = await intend(session, orderRoutes.cancel, { params: { order: order.id } });
    setProblem(reply.ok ? null : reply.problem);
    if (reply.ok && document.activeElement === document.body) document.querySelector("h1")?.focus();
  };
  if (endStatuses.has(order.status)) return null;
  const alert =
    problem === null ? null : (
      <p class="notice notice-stop" role="alert">
        {problem.status === 409 ? t.cancelOver : problemWords(problem)}
      </p>
    );
  const isTooLate = !isOpen && isMade && (wasOpen.current || alert !== null);
  const left = until === null ? 0 : Date.parse(until) - now.value;
  return (
    <div class="order-cancel">
      {alert}
      <p role="status" class="small quiet order-told">
        {isTooLate && alert === null ? t.cancelOver : ""}
      </p>
      {!isTooLate || phone === null ? null : (
        <a class="lone-link" href={`tel:${phone}`}>
          {t.callVenue} <span class="figures">{phone}</span>
        </a>
      )}
      {!isOpen ? null : asking ? (
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
            {left < countedMs
              ? t.cancelFor(countdown(left))
              : stance === null
                ? ""
                : t.cancelUntil(moment(until, stance, t))}
          </span>
        </>
      )}
    </div>
  );
}
