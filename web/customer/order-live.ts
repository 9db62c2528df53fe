import { signal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { OrderLive, type OrderView } from "../../contracts/order.ts";
import { pathOf } from "../shared/api.ts";
import { LiveStream } from "../shared/live-stream.ts";
import type { Session } from "../shared/session.ts";
import { guestOf } from "./guest.ts";
import { keyInAddress, linkSession } from "./order-access.ts";

export interface FollowedOrder {
  readonly order: ReadonlySignal<OrderView | null>;
  /** There is no such order, or not for who asks. */
  readonly gone: ReadonlySignal<boolean>;
  readonly live: ReadonlySignal<boolean>;
  /** By whom it is followed: the guest who placed it, or whoever holds its link. */
  readonly by: ReadonlySignal<{ readonly session: Session; readonly isOwn: boolean }>;
  close(): void;
}

/** Follows an order on its socket: as the guest who placed it, or, where that is somebody else, by the link in the address. */
function followOrder(tenant: string, id: string): FollowedOrder {
  const order = signal<OrderView | null>(null);
  const gone = signal(false);
  const live = signal(false);
  const guest = guestOf(tenant);
  const key = keyInAddress();
  const isStranger = guest.holder.peek() === null && key !== null;
  const by = signal(isStranger ? byLink(key) : { session: guest, isOwn: true });
  let first: OrderView | null = null;
  let stream = follow();
  let stop = stream.live.subscribe((now) => (live.value = now));
  return { order, gone, live, by, close };

  function follow(): LiveStream<OrderLive> {
    const { session } = by.peek();
    const params = { order: id };
    return new LiveStream({
      path: pathOf(orderRoutes.live.path, { params }),
      session,
      schema: OrderLive,
      message(message) {
        if (message.type === "problem") return;
        if (order.peek() !== null) order.value = message.order;
        else {
          // Drawn in a task of its own: to read it and to draw the page it begins takes long on a slow phone.
          first = message.order;
          setTimeout(() => (order.value ??= first), 0);
        }
      },
      probe: () => session.ask(orderRoutes.status, { params }),
      refused,
    });
  }

  function refused(): void {
    if (!by.peek().isOwn || key === null) {
      gone.value = true;
      return;
    }
    close();
    by.value = byLink(key);
    stream = follow();
    stop = stream.live.subscribe((now) => (live.value = now));
  }

  function byLink(held: string) {
    return { session: linkSession(tenant, id, held), isOwn: false };
  }

  function close(): void {
    stop();
    stream.close();
  }
}

/** Follows an order as long as the page that asks is shown; null before the first drawing. */
export function useFollowedOrder(tenant: string, order: string): FollowedOrder | null {
  const [followed, setFollowed] = useState<FollowedOrder | null>(null);
  useEffect(() => {
    const following = followOrder(tenant, order);
    setFollowed(following);
    return () => following.close();
  }, [tenant, order]);
  return followed;
}
