import type { EndReason } from "../../contracts/events.ts";
import { exponentOf } from "../../contracts/money.ts";
import type { NoticeAbout } from "./events.ts";
import { paidBack } from "./refund.ts";
import { isOwed, type End, type Order, type Placed } from "./order.ts";

export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

interface Words {
  readonly locale: string;
  accepted(code: string, venue: string): string;
  readyAt(time: string): string;
  thereAt(time: string): string;
  promised(code: string): string;
  ready(code: string): string;
  fetch(venue: string): string;
  underWay(code: string): string;
  near(code: string): string;
  readonly pinReady: string;
  over(code: string): string;
  readonly enjoy: string;
  ended: Readonly<Record<"rejected" | "cancelled" | "failed", (code: string) => string>>;
  reasons: Readonly<Record<EndReason, string>>;
  readonly nothingTaken: string;
  paidBack(amount: string): string;
  refunded(code: string, amount: string): string;
  refundHow: Readonly<Record<"card" | "cash", string>>;
  readonly stillOwed: string;
}

const english: Words = {
  locale: "en",
  accepted: (code, venue) => `${venue} has accepted your order ${code}`,
  readyAt: (time) => `It will be ready about ${time}.`,
  thereAt: (time) => `It will be with you about ${time}.`,
  promised: (code) => `A new time for your order ${code}`,
  ready: (code) => `Your order ${code} is ready`,
  fetch: (venue) => `It is waiting for you at ${venue}.`,
  underWay: (code) => `Your order ${code} is on its way`,
  near: (code) => `Your order ${code} is almost there`,
  pinReady: "Have your PIN ready for the driver.",
  over: (code) => `Your order ${code} is with you`,
  enjoy: "Enjoy your meal.",
  ended: {
    rejected: (code) => `Your order ${code} could not be taken`,
    cancelled: (code) => `Your order ${code} is cancelled`,
    failed: (code) => `Your order ${code} could not be completed`,
  },
  reasons: {
    "customer-cancelled": "You cancelled it.",
    "staff-cancelled": "The restaurant cancelled it.",
    "item-unavailable": "Something of it is not to be had any more.",
    "too-busy": "The kitchen is too busy.",
    closing: "The kitchen is closing.",
    "outside-area": "The address is too far away.",
    other: "The restaurant cannot make it.",
    "no-answer": "The restaurant did not answer in time.",
    "payment-declined": "The card was declined.",
    "payment-unavailable": "The payment could not be completed.",
    "payment-failed": "The payment could not be collected.",
    "no-driver": "No driver was found.",
    "delivery-failed": "It could not be delivered.",
    "not-collected": "It was not fetched.",
    abandoned: "It was never completed.",
  },
  nothingTaken: "Nothing is charged.",
  paidBack: (amount) => `You get ${amount} back.`,
  refunded: (code, amount) => `${amount} of your order ${code} is paid back`,
  refundHow: { card: "It goes to the card you paid with.", cash: "You get it in cash." },
  stillOwed: "It is charged all the same.",
};

const german: Words = {
  locale: "de",
  accepted: (code, venue) => `${venue} hat Bestellung ${code} angenommen`,
  readyAt: (time) => `Fertig etwa um ${time}.`,
  thereAt: (time) => `Da etwa um ${time}.`,
  promised: (code) => `Bestellung ${code}: neue Zeit`,
  ready: (code) => `Bestellung ${code} ist fertig`,
  fetch: (venue) => `Sie wartet bei ${venue}.`,
  underWay: (code) => `Bestellung ${code} ist unterwegs`,
  near: (code) => `Bestellung ${code} ist gleich da`,
  pinReady: "PIN für die Übergabe bereithalten.",
  over: (code) => `Bestellung ${code} ist da`,
  enjoy: "Guten Appetit.",
  ended: {
    rejected: (code) => `Bestellung ${code} konnte nicht angenommen werden`,
    cancelled: (code) => `Bestellung ${code} ist storniert`,
    failed: (code) => `Bestellung ${code} kam nicht zustande`,
  },
  reasons: {
    "customer-cancelled": "Wie gewünscht storniert.",
    "staff-cancelled": "Das Restaurant hat sie storniert.",
    "item-unavailable": "Etwas davon gibt es nicht mehr.",
    "too-busy": "Die Küche ist überlastet.",
    closing: "Die Küche schließt.",
    "outside-area": "Die Adresse ist zu weit weg.",
    other: "Das Restaurant kann sie nicht zubereiten.",
    "no-answer": "Das Restaurant hat nicht rechtzeitig geantwortet.",
    "payment-declined": "Die Karte wurde abgelehnt.",
    "payment-unavailable": "Die Zahlung kam nicht zustande.",
    "payment-failed": "Die Zahlung konnte nicht eingezogen werden.",
    "no-driver": "Es fand sich niemand, der sie bringt.",
    "delivery-failed": "Sie konnte nicht zugestellt werden.",
    "not-collected": "Sie wurde nicht abgeholt.",
    abandoned: "Sie wurde nie abgeschlossen.",
  },
  nothingTaken: "Es wird nichts berechnet.",
  paidBack: (amount) => `${amount} kommen zurück.`,
  stillOwed: "Sie wird trotzdem berechnet.",
  refunded: (code, amount) => `${amount} von Bestellung ${code} kommen zurück`,
  refundHow: { card: "Auf die Karte, mit der bezahlt wurde.", cash: "In bar." },
};

/** What is said of an order in a push or a mail, in German where that is asked for, in English otherwise. */
export function noticeText(about: NoticeAbout, order: Order, language: string | null | undefined): NoticeText {
  const { placed } = order;
  if (placed === null) return { title: "", body: "" };
  const t = wordsIn(language);
  const { code, terms } = placed;
  switch (about) {
    case "accepted":
      return { title: t.accepted(code, terms.venue.name), body: whenReady(order, placed, t) };
    case "promised":
      return { title: t.promised(code), body: whenReady(order, placed, t) };
    case "ready":
      return { title: t.ready(code), body: t.fetch(terms.venue.name) };
    case "under-way": {
      const at = order.delivery?.dropoffAt ?? null;
      return { title: t.underWay(code), body: at === null ? "" : t.thereAt(clock(at, placed, t)) };
    }
    case "near":
      return { title: t.near(code), body: t.pinReady };
    case "over":
      return { title: t.over(code), body: t.enjoy };
    case "ended": {
      if (!("end" in order.stage)) return { title: "", body: "" };
      const { status, end } = order.stage;
      return { title: t.ended[status](code), body: `${why(end, t)} ${moneyIn(order, placed, t)}` };
    }
    case "paid-back": {
      const done = order.refunds?.filter(({ state }) => state === "done") ?? [];
      const last = done.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).at(-1);
      if (last === undefined) return { title: "", body: "" };
      const written = last.detail === "" ? "" : ` “${last.detail}”`;
      const title = t.refunded(code, amountIn(last.amount, placed.bill.currency, t));
      return { title, body: `${t.refundHow[placed.payment.method]}${written}` };
    }
  }
}

export function wordsIn(language: string | null | undefined): Words {
  return language?.toLowerCase().split("-")[0] === "de" ? german : english;
}

function whenReady({ stage }: Order, placed: Placed, t: Words): string {
  return "readyAt" in stage ? t.readyAt(clock(stage.readyAt, placed, t)) : "";
}

/** What people of the crew wrote is passed on; what a timer says has words of its own here. */
function why({ reason, detail, by }: End, t: Words): string {
  const written = by !== "timer" && reason !== "customer-cancelled" ? detail.trim() : "";
  return written === "" ? t.reasons[reason] : `${t.reasons[reason]} “${written}”`;
}

/** What becomes of the money: not what was meant to, but what the payment's step says will. */
function moneyIn(order: Order, { bill }: Placed, t: Words): string {
  const { payment, stage } = order;
  if (isOwed(stage)) return t.stillOwed;
  const isTaken = payment.step === "capturing" || payment.step === "captured" || payment.step === "refunding";
  if (!isTaken && payment.step !== "refunded" && payment.step !== "attention") return t.nothingTaken;
  return t.paidBack(amountIn(bill.total - paidBack(order), bill.currency, t));
}

function amountIn(amount: number, currency: string, t: Words): string {
  return new Intl.NumberFormat(t.locale, { style: "currency", currency }).format(amount / 10 ** exponentOf(currency));
}

/** By the clock on the venue's wall; orders placed before that was known have it in UTC. */
function clock(at: number, { terms }: Placed, t: Words): string {
  const timeZone = terms.timeZone ?? "UTC";
  return new Intl.DateTimeFormat(t.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(
    at,
  );
}
