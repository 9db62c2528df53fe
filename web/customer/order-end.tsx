import { useState } from "preact/hooks";
import type { OrderView } from "../../contracts/order.ts";
import { money } from "../shared/format.ts";
import { moneyBackWords } from "./order-words.ts";
import { payAgain } from "./same-again.ts";
import { orderWords } from "./words-order.ts";

interface OrderEndProps {
  readonly tenant: string;
  readonly order: OrderView;
  /** Whether whoever looks has placed it, and may pay for it. */
  readonly isOwn: boolean;
}

/** Why an order ended without food, what becomes of the money, and what can be done now. */
export function OrderEnd({ tenant, order, isOwn }: OrderEndProps) {
  const [failed, setFailed] = useState(false);
  const t = orderWords.value;
  const { end, bill, payment } = order;
  if (end === null) return null;
  const amount = bill === null || payment === null ? "" : money(payment.amount, bill.currency);
  const moneyBack = moneyBackWords(order, amount, t);
  return (
    <div class="notice notice-stop">
      <p>
        <strong>{t.ends[end.reason]}</strong>
      </p>
      {end.detail === "" || !["board", "person"].includes(end.by) ? null : <p dir="auto">“{end.detail}”</p>}
      {moneyBack === "" ? null : <p>{moneyBack}</p>}
      {isOwn && end.reason.startsWith("payment-") ? (
        <p>
          <button
            type="button"
            class="button"
            onClick={() => void payAgain(tenant, order).then((done) => setFailed(!done))}
          >
            {t.payAgain}
          </button>
        </p>
      ) : (
        <p>
          <a class="lone-link" href={`/${tenant}/${order.venue}`}>
            {t.tryAgain}
          </a>
        </p>
      )}
      <p role="status" class="small order-told">
        {failed ? t.sameAgainFailed : ""}
      </p>
    </div>
  );
}

interface RefundsProps {
  readonly order: OrderView;
  amountOf(minor: number): string;
}

/** What was paid back while the order stood, and why. */
export function Refunds({ order, amountOf }: RefundsProps) {
  const t = orderWords.value;
  const refunds = order.payment?.refunds ?? [];
  if (refunds.length === 0) return null;
  return (
    <ul class="order-refunds">
      {refunds.map(({ number, amount, reason, detail, state }) => {
        const why = [t.refund[reason], detail].filter((part) => part !== "").join(": ");
        const what = state === "done" ? t.refund.done(amountOf(amount)) : t.refund.asked(amountOf(amount));
        return <li key={number}>{why === "" ? `${what}.` : `${what}: ${why}.`}</li>;
      })}
    </ul>
  );
}
