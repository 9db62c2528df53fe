import { endStatuses, type OrderView } from "../../contracts/order.ts";
import { callName } from "../../domain/ticket/call-name.ts";
import { driverWords, paymentWords, seenWords, statusWords, whenWords } from "../customer/order-words.ts";
import { orderWords as customerWords } from "../customer/words-order.ts";
import { clock, inside, money, said } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { pageWords } from "./order-page-words.ts";
import { orderWords } from "./order-words.ts";

interface PartiesProps {
  readonly order: OrderView;
  readonly timeZone: string;
}

/** What the customer's page, the tablet and the driver's phone said of the order as it is given. */
export function OrderParties(props: PartiesProps) {
  const t = pageWords.value;
  return (
    <div class="parties">
      <section aria-label={t.sawCustomer}>
        <h3>{t.sawCustomer}</h3>
        <CustomerSaw {...props} />
      </section>
      <section aria-label={t.sawKitchen}>
        <h3>{t.sawKitchen}</h3>
        <KitchenSaw {...props} />
      </section>
      <section aria-label={t.sawDriver}>
        <h3>{t.sawDriver}</h3>
        <DriverSaw {...props} />
      </section>
    </div>
  );
}

function CustomerSaw({ order, timeZone }: PartiesProps) {
  const t = customerWords.value;
  const { payment, end, bill } = order;
  const stance = { now: now.value, timeZone };
  const refunds = payment?.refunds?.filter(({ state }) => state !== "refused") ?? [];
  return (
    <>
      <p class="saw">{statusWords(order, t)}</p>
      <Line text={whenWords(order, t, stance)} />
      <Line text={seenWords(order, t, stance)} />
      <Line text={driverWords(order, t, stance)} />
      <Line text={end === null ? "" : [orderWords.value.reason[end.reason], end.detail].filter(Boolean).join(": ")} />
      <Line text={payment === null ? "" : paymentWords(payment, t)} />
      {refunds.map(({ number, amount, reason, detail, state }) => {
        const why = [t.refund[reason], detail].filter((part) => part !== "").join(": ");
        const what = state === "done" ? t.refund.done : t.refund.asked;
        const told = what(bill === null ? "" : money(amount, bill.currency));
        return <Line key={number} text={ended(why === "" ? told : `${told}: ${why}`)} />;
      })}
    </>
  );
}

function KitchenSaw({ order, timeZone }: PartiesProps) {
  const t = pageWords.value;
  const { seenAt, readyAt, bill, note, table, customer, delivery, end } = order;
  const state = ticketOf(order);
  const isOut = state === "waiting" || state === "accepted" || state === "preparing" || state === "ready";
  return (
    <>
      <p class="saw">{t.ticket[state]}</p>
      {state === "none" ? null : <Line text={seenAt === null ? t.unseen : t.seenAt(clock(seenAt, timeZone))} />}
      <Line
        text={isOut && readyAt !== null ? (state === "ready" ? t.readySince : t.until)(clock(readyAt, timeZone)) : ""}
      />
      <Line text={state === "withdrawn" && end !== null ? orderWords.value.reason[end.reason] : ""} />
      {isOut ? (
        <>
          <Line text={table === undefined ? "" : orderWords.value.table(table)} />
          <Line text={customer === null ? "" : callName(customer.name)} />
          <ul class="saw-lines">
            {bill?.lines.map((line, at) => (
              <li key={at}>
                <strong class="figures">{line.quantity} ×</strong> {said(line.name)}
                {line.note === null ? null : <em> {line.note}</em>}
              </li>
            ))}
          </ul>
          <Line text={note ?? ""} />
          <Line text={delivery?.driver ? t.bringer(inside(delivery.driver.name) || t.someDriver) : ""} />
        </>
      ) : null}
    </>
  );
}

function DriverSaw({ order, timeZone }: PartiesProps) {
  const t = pageWords.value;
  const { delivery, address, payment, bill, status } = order;
  if (delivery === null) return <p class="quiet">{t.noDelivery}</p>;
  const { driver, carrier, atVenue, pickedUp, pickupAt, dropoffAt, food } = delivery;
  if (carrier !== undefined) return <p class="saw">{t.bringer(carrier.name)}</p>;
  const isOver = endStatuses.has(status);
  if (driver === null) return <p class="quiet">{isOver ? t.neverDriver : t.noDriver}</p>;
  const stop =
    food === "returning"
      ? t.stop.back
      : isOver
        ? t.stop.over
        : pickedUp
          ? t.stop.toCustomer
          : atVenue
            ? t.stop.atVenue
            : t.stop.toVenue;
  const isCash = payment?.method === "cash" && bill !== null;
  return (
    <>
      <p class="saw">
        {inside(driver.name) || t.someDriver}: {stop}
      </p>
      <Line text={!pickedUp && pickupAt !== null ? t.fetchAt(clock(pickupAt, timeZone)) : ""} />
      <Line text={!isOver && dropoffAt !== null ? t.bringAt(clock(dropoffAt, timeZone)) : ""} />
      <Line text={isOver || address === null ? "" : [address.line1, address.city].filter(Boolean).join(", ")} />
      <Line text={isOver ? "" : (address?.note ?? "")} />
      <Line text={isCash && !isOver ? t.cashToTake(money(bill.total, bill.currency)) : ""} />
    </>
  );
}

/** As a sentence, also where somebody has ended theirs. */
function ended(text: string): string {
  return /\p{Sentence_Terminal}$/u.test(text) ? text : `${text}.`;
}

function Line({ text }: { readonly text: string }) {
  return text === "" ? null : <p dir="auto">{text}</p>;
}

/** Where the order's ticket is; what ended after it was sent was withdrawn from the board. */
function ticketOf({ status, timeline, delivery }: OrderView) {
  switch (status) {
    case "basket":
    case "placed":
    case "scheduled":
      return "none";
    case "sent":
      return "waiting";
    case "accepted":
    case "preparing":
    case "ready":
      return status;
    case "out-for-delivery":
    case "collected":
    case "delivered":
      return "handed-over";
    case "rejected":
      return "rejected";
    case "cancelled":
    case "failed":
      if (!timeline.some(({ type }) => type === "sent")) return "none";
      if (delivery?.food !== undefined) return delivery.food;
      return timeline.some(({ type }) => type === "picked-up") ? "handed-over" : "withdrawn";
  }
}
