import "./receipt-page.css";
import { useEffect } from "preact/hooks";
import { endStatuses, type OrderView } from "../../contracts/order.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { clock, day, money, percent } from "../shared/format.ts";
import { BillLines } from "./bill.tsx";
import { Refunds } from "./order-end.tsx";
import { ReceiptFrame } from "./order-frame.tsx";
import { useFollowedOrder } from "./order-live.ts";
import { paymentWords, statusWords } from "./order-words.ts";
import { PageTitle } from "./page-title.tsx";
import { receiptText } from "./receipt-text.ts";
import { TopBar } from "./top-bar.tsx";
import { venueAlone } from "./venue-data.ts";
import { words } from "./words.ts";
import { checkoutWords } from "./words-checkout.ts";
import { orderWords } from "./words-order.ts";

interface ReceiptPageProps {
  readonly tenant: string;
  readonly order: string;
}

/** What was had, what it came to and what of it was tax: to be printed, or kept as a file. */
export function ReceiptPage({ tenant, order: id }: ReceiptPageProps) {
  const followed = useFollowedOrder(tenant, id);
  const t = orderWords.value;
  const order = followed?.order.value ?? null;
  const venue = order === null ? null : venueAlone(order.venue).value;
  const back = `/${tenant}/orders/${id}${location.hash}`;
  if (followed?.gone.value === true || (order !== null && order.bill === null)) {
    return (
      <main class="page page-narrow">
        <PageTitle>{followed?.gone.value === true ? t.gone : t.notPlaced}</PageTitle>
        <p class="quiet">{followed?.gone.value === true ? t.goneMore : ""}</p>
      </main>
    );
  }
  return (
    <>
      {followed === null ? null : <ConnectionBanner live={followed.live} />}
      {order === null || venue?.status === "loading" ? (
        <ReceiptFrame tenant={tenant} back={back} />
      ) : (
        <>
          <TopBar tenant={tenant} back={back}>
            {words.value.backToOrder}
          </TopBar>
          <Receipt order={order} />
        </>
      )}
    </>
  );
}

function Receipt({ order }: { readonly order: OrderView }) {
  const t = orderWords.value;
  const data = venueAlone(order.venue).value;
  const venue = data.status === "here" ? data.venue.settings : null;
  useEffect(() => void (document.title = `${words.value.receipt} ${order.code}`), [t, order.code]);
  const { bill } = order;
  if (bill === null) return null;
  const amount = (minor: number): string => money(minor, bill.currency);
  return (
    <main class="page receipt-page">
      <article class="slip receipt">
        <header>
          <PageTitle dir="auto">{venue?.name ?? words.value.receipt}</PageTitle>
          <p class="quiet" dir="auto">
            {venue?.address}
          </p>
          {venue?.phone === null || venue === null ? null : <p class="quiet figures">{venue.phone}</p>}
        </header>
        <Facts order={order} venue={venue} />
        <BillLines bill={bill} />
        <table class="receipt-sums">
          <tbody>
            <Sum name={words.value.subtotal} amount={amount(bill.subtotal)} />
            {bill.fees.map((fee) => (
              <Sum key={fee.kind} name={words.value.fee} amount={amount(fee.amount)} />
            ))}
            {bill.adjustments.map((adjustment) => (
              <Sum
                key={JSON.stringify(adjustment)}
                name={Object.values(adjustment.label)[0] ?? ""}
                amount={amount(adjustment.amount)}
              />
            ))}
            <Sum name={words.value.total} amount={amount(bill.total)} isTotal />
          </tbody>
        </table>
        <TaxTable order={order} amountOf={amount} />
        {order.payment === null ? null : (
          <p>
            {t.payment}: {paymentWords(order.payment, t)}
          </p>
        )}
        <Refunds order={order} amountOf={amount} />
        {order.end === null ? null : <p>{t.ends[order.end.reason]}</p>}
      </article>
      <div class="receipt-acts">
        <button type="button" class="button" onClick={() => print()}>
          {t.print}
        </button>
        <button
          type="button"
          class="button button-quiet"
          onClick={() => save(`${order.code}.txt`, receiptText(order, venue, amount))}
        >
          {t.download}
        </button>
      </div>
    </main>
  );
}

function Facts({ order, venue }: { readonly order: OrderView; readonly venue: VenueSettings | null }) {
  const t = orderWords.value;
  const at = order.placedAt ?? null;
  const facts = [
    [t.receiptNumber, `${order.code} · ${order.id}`],
    [t.receiptDate, at === null ? "" : `${day(at, venue?.timeZone)}, ${clock(at, venue?.timeZone)}`],
    [t.receiptKind, checkoutWords.value[order.fulfilment]],
    [t.table, order.table ?? ""],
    [t.receiptFor, order.customer?.name ?? ""],
    [t.receiptStatus, endStatuses.has(order.status) ? "" : statusWords(order, t)],
  ].filter(([, value]) => value !== "");
  return (
    <dl class="receipt-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Each rate with what of the total is taxed at it: what a receipt owes whoever deducts it. */
function TaxTable({ order, amountOf }: { readonly order: OrderView; amountOf(minor: number): string }) {
  const t = orderWords.value;
  return (
    <div class="table-frame" role="region" aria-label={t.taxes} tabIndex={0}>
      <table class="receipt-taxes">
        <thead>
          <tr>
            <th scope="col">{t.rate}</th>
            <th scope="col">{t.net}</th>
            <th scope="col">{t.tax}</th>
            <th scope="col">{t.gross}</th>
          </tr>
        </thead>
        <tbody>
          {order.bill?.taxes.map(({ class: name, ratePpm, net, tax, gross }) => (
            <tr key={name}>
              <th scope="row">{percent(ratePpm / 1_000_000)}</th>
              <td class="figures">{amountOf(net)}</td>
              <td class="figures">{amountOf(tax)}</td>
              <td class="figures">{amountOf(gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sum({
  name,
  amount,
  isTotal = false,
}: {
  readonly name: string;
  readonly amount: string;
  readonly isTotal?: boolean;
}) {
  return (
    <tr data-total={isTotal}>
      <th scope="row">{name}</th>
      <td class="figures">{amount}</td>
    </tr>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
