import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { type EventView, OrderLive, type OrderView } from "../../contracts/order.ts";
import { pathOf, type Reply } from "../shared/api.ts";
import { isPassing } from "../shared/intent.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { session } from "./sign-in.ts";

export interface FollowedOrder {
  /** As it is now; null before the first answer. */
  readonly order: ReadonlySignal<OrderView | null>;
  /** Its whole log, as far as it is known here. */
  readonly events: ReadonlySignal<readonly EventView[]>;
  readonly gone: ReadonlySignal<boolean>;
  readonly live: ReadonlySignal<boolean>;
  /** The order after its event of this number. */
  at(seq: number): Promise<Reply<OrderView>>;
  close(): void;
}

const readAgainMs = 2_000;

/** Follows an order on its socket, with its log, and remembers how it was at the events somebody has looked at. */
export function followOrder(id: string): FollowedOrder {
  const order = signal<OrderView | null>(null);
  const events = signal<readonly EventView[]>([]);
  const gone = signal(false);
  const params = { order: id };
  const past = new Map<number, OrderView>();
  let reading = false;
  let rereading = 0;
  let closed = false;

  const readLog = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    const known = events.value.at(-1)?.seq ?? 0;
    const reply = await session.ask(orderRoutes.events, { params, query: { after: String(known) } });
    reading = false;
    if (closed) return;
    clearTimeout(rereading);
    if (!reply.ok && isPassing(reply.problem.status))
      rereading = setTimeout(() => void readLog(), Math.max(readAgainMs, reply.afterMs ?? 0));
    if (!reply.ok || reply.value.events.length === 0) return;
    events.value = [...events.value.filter(({ seq }) => seq <= known), ...reply.value.events];
    // More has happened while it was read.
    if ((order.value?.seq ?? 0) > (events.value.at(-1)?.seq ?? 0)) await readLog();
  };
  const stream = new LiveStream({
    path: pathOf(orderRoutes.live.path, { params }),
    session,
    schema: OrderLive,
    message(message) {
      if (message.type === "problem") return;
      batch(() => {
        order.value = message.order;
        past.set(message.order.seq, message.order);
      });
      void readLog();
    },
    probe: () => session.ask(orderRoutes.status, { params }),
    refused: () => (gone.value = true),
  });
  const at = async (seq: number): Promise<Reply<OrderView>> => {
    const known = past.get(seq);
    if (known !== undefined) return { ok: true, value: known };
    const reply = await session.ask(orderRoutes.read, { params, query: { at: String(seq) } });
    if (reply.ok) past.set(seq, reply.value);
    return reply;
  };
  const close = () => {
    closed = true;
    clearTimeout(rereading);
    stream.close();
  };
  return { order, events, gone, live: stream.live, at, close };
}
