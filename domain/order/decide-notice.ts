import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { OrderCommand, OrderEvent } from "./events.ts";
import { hasEnded, type Order } from "./order.ts";

/** So many browsers may be told of one order. */
const mostBrowsers = 5;
/** So often a driver may take the photo anew. */
const mostPhotos = 5;

type NoticeCommand = Extract<
  OrderCommand,
  { type: "keep-proof" | "subscribe-push" | "unsubscribe-push" | "push-outcome" }
>;

/** Judges what is not the order's own way, but what is told of it and kept with it. */
export function decideNotice(order: Order, command: NoticeCommand): readonly OrderEvent[] | Refusal {
  switch (command.type) {
    case "keep-proof": {
      // That it is on its way, the delivery service has said to whoever asks this; the order may not have heard of it yet.
      if (order.delivery === null || hasEnded(order.stage)) {
        return refuse("conflict", `The order is ${order.stage.status}; a photo shows how it is handed over.`);
      }
      const { digest, bytes } = command;
      if (order.photo?.digest === digest) return [];
      const taken = order.timeline.filter(({ type }) => type === "proof-kept").length;
      if (taken >= mostPhotos) return refuse("conflict", `There are ${mostPhotos} photos of it already.`);
      return [{ type: "proof-kept", digest, bytes }];
    }
    case "subscribe-push": {
      if (hasEnded(order.stage)) return refuse("conflict", `The order is ${order.stage.status}; nothing more happens.`);
      const { subscription, language } = command;
      const { subscriptions = {} } = order.push ?? {};
      const known = subscriptions[subscription];
      if (known !== undefined && known.language === language) return [];
      if (known === undefined && Object.keys(subscriptions).length >= mostBrowsers) {
        return refuse("conflict", `At most ${mostBrowsers} browsers are told of one order.`);
      }
      return [{ type: "push-subscribed", subscription, language }];
    }
    case "unsubscribe-push":
      if (order.push?.subscriptions[command.subscription] === undefined) return [];
      return [{ type: "push-unsubscribed", subscription: command.subscription }];
    case "push-outcome": {
      const { about, of, subscription, end } = command;
      if (end.result === "sent") return [{ type: "push-sent", about, of, subscription }];
      const gone = end.result === "gone";
      const detail = end.result === "failed" ? end.detail : "";
      return [{ type: "push-failed", about, of, subscription, gone, detail }];
    }
  }
}
