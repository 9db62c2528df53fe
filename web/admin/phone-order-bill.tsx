import type { Bill } from "../../contracts/basket.ts";
import type { Problem } from "../../contracts/problem.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { money, said } from "../shared/format.ts";
import { useAsked } from "./asked.ts";
import type { PhoneOrder } from "./phone-order-state.ts";
import { phoneWords } from "./phone-order-words.ts";
import { Failed } from "./states.tsx";

interface BillProps {
  readonly order: PhoneOrder;
  readonly venue: string;
  readonly busy: boolean;
  /** Why it was not placed. */
  readonly problem: Problem | null;
}

/** What it comes to as the server reckons it, and the button that places it. */
export function PhoneOrderBill({ order: { lines, fulfilment }, venue, busy, problem }: BillProps) {
  const t = phoneWords.value;
  const asked = lines.length === 0 ? null : { params: { venue }, body: { fulfilment, lines: [...lines] } };
  const quote = useAsked(venueRoutes.quote, asked);
  const bill = lines.length === 0 ? null : quote.value;
  const refused = lines.length === 0 ? null : quote.problem;
  return (
    <aside class="slip phone-bill" aria-label={t.bill}>
      <h2>{t.bill}</h2>
      <div aria-live="polite" aria-busy={quote.asking} class="slip-rows">
        {bill === null ? <p class="quiet">{lines.length === 0 ? t.empty : t.reckoning}</p> : <Rows bill={bill} />}
      </div>
      {refused === null ? null : <Failed problem={refused} retry={quote.again} />}
      {problem === null ? null : <Failed problem={problem} />}
      <button class={`button button-large button-wide ${busy ? "button-busy" : ""}`} aria-keyshortcuts="Control+Enter">
        {bill === null ? t.place : t.placeFor(money(bill.total, bill.currency))}
      </button>
    </aside>
  );
}

function Rows({ bill }: { readonly bill: Bill }) {
  const t = phoneWords.value;
  return (
    <>
      {bill.lines.map((line, at) => (
        <p key={at} class="slip-row">
          <span dir="auto">
            {line.quantity} × {said(line.name)}
          </span>
          <span class="figures">{money(line.total, bill.currency)}</span>
        </p>
      ))}
      {bill.fees.map(({ kind, amount }) => (
        <p key={kind} class="slip-row">
          <span>{t.fee}</span>
          <span class="figures">{money(amount, bill.currency)}</span>
        </p>
      ))}
      <p class="slip-row slip-total">
        <span>{t.total}</span>
        <span class="figures">{money(bill.total, bill.currency)}</span>
      </p>
    </>
  );
}
