import type { EffectRequest } from "../../contracts/rules.ts";
import type { MailAbout, NoticeAbout } from "./events.ts";
import { noticeText } from "./notice-words.ts";
import type { Order, Placed } from "./order.ts";

/** A mail to be sent for an order. After `until` (epoch ms) nobody wants to read it any more. */
export interface OrderMail {
  readonly about: MailAbout;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly until: number;
}

const wantedForMs = 48 * 3_600_000;
/** That it will be fetched or brought soon is no news any more after this. */
const soonForMs = 2 * 3_600_000;

/** The mail that tells a customer of something that matters, if there is an address: of the rest none is written. */
export function mailFor(
  id: string,
  about: NoticeAbout,
  order: Order,
  event: { readonly seq: number; readonly at: number },
): EffectRequest<"mail", OrderMail>[] {
  const { placed } = order;
  const to = placed?.customer.email ?? null;
  if (placed === null || to === null) return [];
  switch (about) {
    case "accepted":
    case "ended":
      return [mail(`${id}/mail/${about}`, about, to, worded(about, order, placed), event.at + wantedForMs)];
    case "paid-back":
      return [
        mail(`${id}/mail/${about}/${event.seq}`, about, to, worded(about, order, placed), event.at + wantedForMs),
      ];
    case "ready":
      // Ready anew, after it was recalled, is told anew.
      return [mail(`${id}/mail/ready/${event.seq}`, about, to, worded(about, order, placed), event.at + soonForMs)];
    case "under-way": {
      const shipped = order.delivery?.carrier;
      if (shipped === undefined)
        return [mail(`${id}/mail/under-way`, about, to, worded(about, order, placed), event.at + soonForMs)];
      return [mail(`${id}/mail/shipped`, "shipped", to, handedOn(placed, shipped), event.at + wantedForMs)];
    }
    case "promised":
    case "near":
    case "over":
      return [];
  }
}

type Letter = Pick<OrderMail, "subject" | "text">;

function mail(
  key: string,
  about: MailAbout,
  to: string,
  { subject, text }: Letter,
  until: number,
): EffectRequest<"mail", OrderMail> {
  return { key, kind: "mail", request: { about, to, subject, text, until } };
}

function worded(about: NoticeAbout, order: Order, placed: Placed): Letter {
  const { title, body } = noticeText(about, order, placed.language);
  const [greeting, follow] =
    placed.language?.startsWith("de") === true
      ? [`Hallo ${placed.customer.name},`, "Wie es weitergeht, steht auf der Seite der Bestellung."]
      : [`Hello ${placed.customer.name},`, "You can follow it on the page of your order."];
  const told = body === "" ? `${title}.` : `${title}. ${body}`;
  return { subject: title, text: `${greeting}\n\n${told}\n${about === "ended" ? "" : `\n${follow}\n`}` };
}

function handedOn(
  { code, customer, terms, language }: Placed,
  carrier: { name: string; tracking: string | null },
): Letter {
  const venue = terms.venue.name;
  if (language?.startsWith("de") === true) {
    const number = carrier.tracking === null ? "" : `\n\nDie Sendungsnummer ist ${carrier.tracking}.`;
    return {
      subject: `Bestellung ${code} ist unterwegs`,
      text: `Hallo ${customer.name},\n\n${venue} hat Bestellung ${code} an ${carrier.name} übergeben.${number}\n\nWie es weitergeht, steht auf der Seite der Bestellung.\n`,
    };
  }
  const number = carrier.tracking === null ? "" : `\n\nTheir number for your parcel is ${carrier.tracking}.`;
  return {
    subject: `Your order ${code} is on its way`,
    text: `Hello ${customer.name},\n\n${venue} has handed your order ${code} to ${carrier.name}, who is bringing it to you.${number}\n\nYou can follow it on the page of your order.\n`,
  };
}
