import type { OrderView } from "../../contracts/order.ts";
import type { Movement } from "./sandbox.ts";

/** What the books are compared with: how the order stands, and the types of all events of its log. */
export interface Paid {
  readonly view: Pick<OrderView, "status" | "payment" | "bill">;
  readonly types: readonly string[];
}

/** Which event of the log says that the provider has booked this. */
const eventOf = {
  authorised: "payment-authorised",
  declined: "payment-declined",
  captured: "payment-captured",
  voided: "payment-voided",
  refunded: "payment-refunded",
} as const satisfies Record<Movement["kind"], string>;

/** Where the provider's books of one order, which has come to rest, and the order's log disagree. */
export function disagreements({ view, types }: Paid, movements: readonly Movement[]): string[] {
  const wrong: string[] = [];
  const isByCard = view.payment?.method === "card" && view.bill?.total !== 0;
  const times = (kind: Movement["kind"]) => movements.filter((one) => one.kind === kind).length;
  for (const [kind, event] of Object.entries(eventOf)) {
    const booked = movements.filter((one) => one.kind === kind).length;
    const logged = types.filter((type) => type === event).length;
    if (booked > 1) wrong.push(`it was ${kind} ${booked} times`);
    // What is paid at the door is none of the provider's.
    if (booked !== (isByCard ? logged : 0))
      wrong.push(`the books have ${kind} ${booked} times, its log ${event} ${logged} times`);
  }
  const payments = new Set(movements.map(({ payment }) => payment));
  if (payments.size > 1) wrong.push(`it has ${payments.size} payments`);
  for (const { kind, amount, currency } of movements) {
    const due = `${view.bill?.total} ${view.bill?.currency}`;
    if (`${amount} ${currency}` !== due) wrong.push(`${kind} are ${amount} ${currency}, the bill is ${due}`);
  }
  const kept = times("captured") - times("refunded");
  const sold = view.status === "collected" || view.status === "delivered";
  const owed = sold && view.payment?.method === "card" && view.bill?.total !== 0 ? 1 : 0;
  if (kept !== owed)
    wrong.push(`it is ${view.status}, captured ${times("captured")} and refunded ${times("refunded")}`);
  const held = times("authorised") - times("captured") - times("voided");
  if (held !== 0) wrong.push(`money is still held: ${times("authorised")} authorised, none captured nor let go`);
  return wrong;
}
