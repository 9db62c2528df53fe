import type { EffectRequest } from "../../contracts/rules.ts";
import type { MailAbout } from "./events.ts";
import type { Order } from "./order.ts";

/** A mail to be sent for an order. After `until` (epoch ms) nobody wants to read it any more. */
export interface OrderMail {
  readonly about: MailAbout;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly until: number;
}

const wantedForMs = 48 * 3_600_000;

/** The mails that an order which has just left the venue asks for: one, where a carrier has it and there is an address. */
export function mailsFor(id: string, { placed, delivery }: Order, now: number): EffectRequest<"mail", OrderMail>[] {
  const carrier = delivery?.carrier;
  const to = placed?.customer.email ?? null;
  if (placed === null || carrier === undefined || to === null) return [];
  const number = carrier.tracking === null ? "" : `\n\nTheir number for your parcel is ${carrier.tracking}.`;
  const request: OrderMail = {
    about: "shipped",
    to,
    subject: `Your order ${placed.code} is on its way`,
    text: `Hello ${placed.customer.name},\n\n${placed.terms.venue.name} has handed your order ${placed.code} to ${carrier.name}, who is bringing it to you.${number}\n\nYou can follow it on the page of your order.\n`,
    until: now + wantedForMs,
  };
  return [{ key: `${id}/mail/shipped`, kind: "mail", request }];
}
