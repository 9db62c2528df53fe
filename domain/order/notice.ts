import { z } from "zod";
import { Pushed } from "../../contracts/push.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import { noticesAbout, type NoticeAbout, type OrderEvent } from "./events.ts";
import { mailFor, type OrderMail } from "./mail.ts";
import { type Order, type PushState, pushless } from "./order.ts";
import { noticeText } from "./notice-words.ts";

/** A push for one browser of an order, as it is asked for. `of` is the number of the event it tells of. */
export const OrderPush = Pushed.extend({ about: z.enum(noticesAbout), of: z.int() });
export type OrderPush = z.infer<typeof OrderPush>;

type Notice = EffectRequest<"push", OrderPush> | EffectRequest<"mail", OrderMail>;

const minute = 60_000;
/** How long it is worth being told, and how much it matters: that a driver is near is nothing to hear an hour later. */
const worth: Readonly<Record<NoticeAbout, { readonly ttlMs: number; readonly urgency: "normal" | "high" }>> = {
  accepted: { ttlMs: 60 * minute, urgency: "normal" },
  promised: { ttlMs: 60 * minute, urgency: "normal" },
  ready: { ttlMs: 60 * minute, urgency: "high" },
  "under-way": { ttlMs: 60 * minute, urgency: "high" },
  near: { ttlMs: 10 * minute, urgency: "high" },
  over: { ttlMs: 4 * 60 * minute, urgency: "normal" },
  ended: { ttlMs: 24 * 60 * minute, urgency: "high" },
  "paid-back": { ttlMs: 24 * 60 * minute, urgency: "normal" },
};
/** A push that nobody takes is not tried for longer than this. */
const triedForMs = 60 * minute;

/**
 * What the customer is told of an event: by push, in every browser that asked for it; where there is none, and where none
 * took it, by mail, if there is an address and it matters enough. Never by both.
 */
export function noticesFor(
  self: { readonly tenant: string; readonly id: string },
  event: Recorded<OrderEvent>,
  order: Order,
  before: Order,
): readonly Notice[] {
  if (event.type === "push-failed") {
    const isLast = reachedBy(before.push).pending[event.of] === 1;
    return isLast ? mailFor(self.id, event.about, order, event) : [];
  }
  const about = aboutOf(event, order);
  if (about === null) return [];
  const { subscriptions } = reachedBy(order.push);
  const all = Object.entries(subscriptions);
  if (all.length === 0) return mailFor(self.id, about, order, event);
  const { ttlMs, urgency } = worth[about];
  return all.map(([subscription, { language }]) => ({
    key: `${self.id}/push/${event.seq}/${subscription}`,
    kind: "push",
    request: {
      about,
      of: event.seq,
      subscription,
      message: {
        ...noticeText(about, order, language ?? order.placed?.language),
        url: `/${self.tenant}/orders/${self.id}`,
        tag: self.id,
      },
      ttlMs,
      urgency,
      topic: self.id,
      until: event.at + Math.min(ttlMs, triedForMs),
    },
  }));
}

/** What an event is to the customer; null where it is nothing to be told of while one does not look. */
export function aboutOf(event: OrderEvent, { fulfilment, placed, delivery }: Order): NoticeAbout | null {
  if (placed === null) return null;
  switch (event.type) {
    case "accepted":
    case "promised":
      return event.type;
    case "ready":
      return fulfilment === "delivery" ? null : "ready";
    case "picked-up":
      return "under-way";
    case "driver-near":
      return delivery?.pickedUp === true ? "near" : null;
    case "delivered":
      return "over";
    case "rejected":
    case "cancelled":
    case "failed":
      return "ended";
    case "refund-done":
      return "paid-back";
    // Whoever has just been given it at the counter need not be told.
    case "collected":
    case "opened":
    case "lines-changed":
    case "placed":
    case "payment-authorised":
    case "payment-declined":
    case "payment-captured":
    case "payment-voided":
    case "payment-refunded":
    case "payment-capture-refused":
    case "payment-stuck":
    case "refund-asked":
    case "refund-refused":
    case "scheduled":
    case "sent":
    case "seen":
    case "preparing":
    case "recalled":
    case "foreseen":
    case "driver-assigned":
    case "driver-unassigned":
    case "driver-arrived":
    case "carrier-changed":
    case "mail-sent":
    case "mail-failed":
    case "push-subscribed":
    case "push-unsubscribed":
    case "push-sent":
    case "push-failed":
    case "proof-kept":
    case "food-returned":
    case "attention-needed":
    case "erased":
      return null;
  }
}

/** How the browsers stand that follow an order after an event, which may be of a push itself. */
export function pushAfter(event: Recorded<OrderEvent>, order: Order): PushState | undefined {
  const push = reachedBy(order.push);
  const { subscriptions, pending } = push;
  if (event.type === "push-subscribed") {
    return { ...push, subscriptions: { ...subscriptions, [event.subscription]: { language: event.language } } };
  }
  if (event.type === "push-unsubscribed") {
    return { ...push, subscriptions: without(subscriptions, event.subscription) };
  }
  if (event.type === "push-sent") return { ...push, pending: without(pending, String(event.of)) };
  if (event.type === "push-failed") {
    const left = (pending[event.of] ?? 0) - 1;
    const rest = without(pending, String(event.of));
    return {
      subscriptions: event.gone ? without(subscriptions, event.subscription) : subscriptions,
      pending: left > 0 ? { ...rest, [event.of]: left } : rest,
    };
  }
  const asked = Object.keys(subscriptions).length;
  if (asked === 0 || aboutOf(event, order) === null) return order.push;
  return { ...push, pending: { ...pending, [event.seq]: asked } };
}

function reachedBy(push: PushState | undefined): PushState {
  return push ?? pushless;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
