import { signal, type ReadonlySignal } from "@preact/signals";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { OrderLive, type OrderView } from "../../contracts/order.ts";
import { pathOf } from "../shared/api.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { guestOf } from "./guest.ts";

export interface FollowedOrder {
  readonly order: ReadonlySignal<OrderView | null>;
  /** There is no such order, or not for this guest. */
  readonly gone: ReadonlySignal<boolean>;
  readonly live: ReadonlySignal<boolean>;
  close(): void;
}

/** Follows an order on its socket. */
export function followOrder(tenant: string, id: string): FollowedOrder {
  const order = signal<OrderView | null>(null);
  const gone = signal(false);
  const guest = guestOf(tenant);
  const params = { order: id };
  const stream = new LiveStream({
    path: pathOf(orderRoutes.live.path, { params }),
    session: guest,
    schema: OrderLive,
    message(message) {
      if (message.type !== "problem") order.value = message.order;
    },
    probe: () => guest.ask(orderRoutes.status, { params }),
    refused: () => (gone.value = true),
  });
  return { order, gone, live: stream.live, close: () => stream.close() };
}
