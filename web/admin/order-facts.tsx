import type { Bill, BillOption } from "../../contracts/basket.ts";
import type { OrderView } from "../../contracts/order.ts";
import { money, percent, said } from "../shared/format.ts";
import { momentIn, secondIn } from "./moment-in.ts";
import { pageWords } from "./order-page-words.ts";
import { orderWords } from "./order-words.ts";
import { Chip } from "./states.tsx";

interface FactsProps {
  readonly order: OrderView;
  readonly venueName: string;
  readonly timeZone: string;
}

/** The order slip: for whom, what, for how much, and what became of the money. */
export function OrderFacts({ order, venueName, timeZone }: FactsProps) {
  const t = pageWords.value;
  const { customer, address, note, table, requestedFor, bill, payment } = order;
  const place = [address?.line1, address?.line2, [address?.postcode, address?.city].filter(Boolean).join(" ")];
  return (
    <aside class="slip order-slip" aria-label={t.bill}>
      <header class="order-slip-head">
        <strong class="mono order-code">{order.code}</strong>
        <span>{venueName}</span>
      </header>
      <dl class="pairs">
        <dt>{t.customer}</dt>
        <dd dir="auto">{customer === null ? t.customerGone : customer.name}</dd>
        <Pair name={t.phone} value={customer?.phone} href={`tel:${customer?.phone ?? ""}`} />
        <Pair name={t.mail} value={customer?.email} href={`mailto:${customer?.email ?? ""}`} />
        <Pair name={t.address} value={place.filter(Boolean).join(", ")} />
        <Pair name={t.note} value={[address?.note, note].filter(Boolean).join(" · ")} />
        <Pair name={t.table} value={table} />
        <Pair name={t.wanted} value={requestedFor === null ? t.asap : momentIn(requestedFor, timeZone)} />
      </dl>
      {bill === null ? null : <BillRows bill={bill} />}
      {payment === null || bill === null ? null : (
        <section aria-label={t.payment} class="order-payment">
          <p class="slip-row">
            <span>
              {orderWords.value.method[payment.method]}: {orderWords.value.payment[payment.status]}
            </span>
            <span class="figures">{money(payment.amount, bill.currency)}</span>
          </p>
          <Refunds payment={payment} currency={bill.currency} timeZone={timeZone} />
        </section>
      )}
    </aside>
  );
}

function Pair({
  name,
  value,
  href,
}: {
  readonly name: string;
  readonly value: string | null | undefined;
  readonly href?: string;
}) {
  if (value === null || value === undefined || value === "") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">
        {href === undefined ? (
          value
        ) : (
          <a class="lone-link" href={href}>
            {value}
          </a>
        )}
      </dd>
    </>
  );
}

function BillRows({ bill }: { readonly bill: Bill }) {
  const t = pageWords.value;
  const { currency } = bill;
  return (
    <div class="slip-rows">
      {bill.lines.map((line, at) => (
        <div key={at} class="slip-row">
          <span>
            <strong class="figures">{line.quantity} ×</strong> <span dir="auto">{said(line.name)}</span>
            {line.variation === null ? null : <span class="quiet"> {said(line.variation.name)}</span>}
            {line.options.flatMap(optionWords).map((text, place) => (
              <span key={place} class="small order-option" dir="auto">
                {text}
              </span>
            ))}
            {line.note === null ? null : (
              <span class="small order-option" dir="auto">
                “{line.note}”
              </span>
            )}
          </span>
          <span class="figures">{money(line.total, currency)}</span>
        </div>
      ))}
      {bill.fees.map((fee) => (
        <p key={fee.kind} class="slip-row">
          <span>{t.fee}</span>
          <span class="figures">{money(fee.amount, currency)}</span>
        </p>
      ))}
      {bill.adjustments.map((adjustment, at) => (
        <p key={at} class="slip-row">
          <span>{said(adjustment.label)}</span>
          <span class="figures">{money(adjustment.amount, currency)}</span>
        </p>
      ))}
      {bill.taxes.map((tax) => (
        <p key={tax.class} class="slip-row small quiet">
          <span>{(tax.inclusive ? t.taxIn : t.tax)(percent(tax.ratePpm / 1_000_000))}</span>
          <span class="figures">{money(tax.tax, currency)}</span>
        </p>
      ))}
      <p class="slip-row slip-total">
        <span>{t.total}</span>
        <span class="figures">{money(bill.total, currency)}</span>
      </p>
    </div>
  );
}

function optionWords({ name, quantity, options }: BillOption): string[] {
  const own = quantity === 1 ? said(name) : `${quantity} × ${said(name)}`;
  return [own, ...options.flatMap(optionWords)];
}

interface RefundsProps {
  readonly payment: NonNullable<OrderView["payment"]>;
  readonly currency: string;
  readonly timeZone: string;
}

function Refunds({ payment: { refunds = [], amount: paid }, currency, timeZone }: RefundsProps) {
  const t = pageWords.value;
  if (refunds.length === 0) return null;
  const back = refunds.filter(({ state }) => state !== "refused").reduce((sum, { amount }) => sum + amount, 0);
  return (
    <>
      <ul class="order-refunds">
        {refunds.map(({ number, amount, reason, detail, state, askedAt }) => (
          <li key={number} class="slip-row">
            <span>
              {t.paidBack}{" "}
              <Chip tone={state === "done" ? "go" : state === "asked" ? "wait" : "stop"}>{t.refundState[state]}</Chip>
              <span class="small order-option" dir="auto">
                {[secondIn(askedAt, timeZone), orderWords.value.refund[reason], detail].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span class="figures">{money(-amount, currency)}</span>
          </li>
        ))}
      </ul>
      <p class="slip-row">
        <strong>{t.kept}</strong>
        <strong class="figures">{money(paid - back, currency)}</strong>
      </p>
    </>
  );
}
