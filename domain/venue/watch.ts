import type { PushEnd, Pushed } from "../../contracts/push.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import type { Venue } from "./venue.ts";

/** What happens to those who want to be told when nobody in the kitchen looks. */
export type WatchEvent =
  | { readonly type: "push-subscribed"; readonly subscription: string; readonly language: string | null }
  | { readonly type: "push-unsubscribed"; readonly subscription: string }
  | { readonly type: "push-failed"; readonly subscription: string; readonly gone: boolean; readonly detail: string }
  | ({ readonly type: "ticket-unseen" } & Unseen);

export type WatchCommand =
  | { readonly type: "subscribe-push"; readonly subscription: string; readonly language: string | null }
  | { readonly type: "unsubscribe-push"; readonly subscription: string }
  | { readonly type: "push-outcome"; readonly subscription: string; readonly end: PushEnd }
  | ({ readonly type: "note-unseen" } & Unseen);

/** A ticket that no tablet has shown since then (epoch ms). */
interface Unseen {
  readonly tenant: string;
  readonly order: string;
  readonly code: string;
  readonly since: number;
}

const mostWatchers = 20;
/** The order is cancelled after some minutes: later than this there is nothing left to look at. */
const worthMs = 5 * 60_000;

export function decideWatch({ watchers = {} }: Venue, command: WatchCommand): readonly WatchEvent[] | Refusal {
  switch (command.type) {
    case "subscribe-push": {
      const { subscription, language } = command;
      const known = watchers[subscription];
      if (known !== undefined && known.language === language) return [];
      if (known === undefined && Object.keys(watchers).length >= mostWatchers) {
        return refuse("conflict", `At most ${mostWatchers} browsers are told of a venue.`);
      }
      return [{ type: "push-subscribed", subscription, language }];
    }
    case "unsubscribe-push":
      if (watchers[command.subscription] === undefined) return [];
      return [{ type: "push-unsubscribed", subscription: command.subscription }];
    case "push-outcome": {
      const { subscription, end } = command;
      if (end.result === "sent") return [];
      const gone = end.result === "gone";
      return [{ type: "push-failed", subscription, gone, detail: end.result === "failed" ? end.detail : "" }];
    }
    case "note-unseen": {
      if (Object.keys(watchers).length === 0) return [];
      return [{ ...command, type: "ticket-unseen" }];
    }
  }
}

export function watchersAfter({ watchers = {} }: Venue, event: WatchEvent): NonNullable<Venue["watchers"]> {
  switch (event.type) {
    case "push-subscribed":
      return { ...watchers, [event.subscription]: { language: event.language } };
    case "push-unsubscribed":
      return without(watchers, event.subscription);
    case "push-failed":
      return event.gone ? without(watchers, event.subscription) : watchers;
    case "ticket-unseen":
      return watchers;
  }
}

/** A push to everybody who watches the venue. */
export function unseenPushes(
  event: Recorded<Extract<WatchEvent, { type: "ticket-unseen" }>>,
  { watchers = {}, settings }: Venue,
): EffectRequest<"push", Pushed>[] {
  const { tenant, order, code, since, at, seq } = event;
  const seconds = Math.round((at - since) / 1_000);
  return Object.entries(watchers).map(([subscription, { language }]) => ({
    key: `${order}/unseen/${seq}/${subscription}`,
    kind: "push",
    request: {
      subscription,
      message: {
        ...unseenText(language, code, settings?.name ?? "", seconds),
        url: `/kitchen?tenant=${tenant}`,
        tag: order,
      },
      ttlMs: worthMs,
      urgency: "high",
      topic: order,
      until: at + worthMs,
    },
  }));
}

function unseenText(language: string | null, code: string, venue: string, seconds: number) {
  if (language?.toLowerCase().split("-")[0] === "de") {
    return {
      title: `${venue}: Bestellung ${code} sieht niemand`,
      body: `Seit ${seconds} Sekunden zeigt kein Tablet sie an. Wird sie nicht angenommen, wird sie storniert.`,
    };
  }
  return {
    title: `${venue}: nobody sees order ${code}`,
    body: `No tablet has shown it for ${seconds} seconds. If nobody accepts it, it is cancelled.`,
  };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
