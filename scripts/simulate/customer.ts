import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { DeliveryMessage } from "../../contracts/delivery.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { Point } from "../../contracts/point.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { type Checkout, OrderLive, type OrderView } from "../../contracts/order.ts";
import type { Reply } from "../client/api.ts";
import { LiveSocket } from "../client/live-socket.ts";
import { pathOf } from "../client/route-path.ts";
import type { Tokens } from "../client/tokens.ts";
import { audit } from "./audit.ts";
import { differences } from "./expected-bill.ts";
import type { Moment } from "./hand-offs.ts";
import { judgeChange } from "./judge.ts";
import type { Wanted } from "./order-plan.ts";
import type { PlayedOrder } from "./played-order.ts";
import { taken, type World } from "./world.ts";

/** Money comes to rest so long after an order's end, in milliseconds, or, under blows, as long as anything may take. */
const settledWithinMs = 60_000;

/** Plays a customer whose order is placed already, from the first look at it to its end and the last look back. */
export async function playCustomer(
  world: World,
  order: PlayedOrder,
  guest: Tokens,
  placed: OrderView,
  wanted: Wanted,
): Promise<void> {
  const about = { order: placed.id, venue: order.venue };
  order.guest = guest;
  for (const difference of placed.bill === null ? ["there is no bill"] : differences(placed.bill, wanted.expected)) {
    world.findings.add("total", difference, about);
  }
  learn(world, order, placed, placed.seq);
  world.journal.name(order, placed.id);
  const socket = watch(world, order, guest, placed);
  const map = order.plan.follow && placed.fulfilment === "delivery" ? followOnMap(world, order, guest) : null;
  const { cutSocketAfter, cancelAfter } = order.plan;
  const cut = cutSocketAfter === null ? null : setTimeout(() => socket.cut(), cutSocketAfter);
  const change = cancelAfter === null ? null : changeOfMind(world, order, guest, cancelAfter);
  try {
    await order.until(() => order.ended);
    await order.until(() => order.atRest, Math.max(settledWithinMs, world.hungAfter));
    await change;
    if (order.ended && world.audits) await audit(world, order, guest);
  } finally {
    if (cut !== null) clearTimeout(cut);
    socket.close();
    (await map)?.close();
  }
}

/** Places what is wanted, in one request or as a basket first; `tapped` is noted as the last tap's moment. */
export async function place(
  world: World,
  order: PlayedOrder,
  guest: Tokens,
  wanted: Wanted,
  checkout: z.input<typeof Checkout>,
): Promise<Reply<OrderView>> {
  const { venue } = order;
  const { fulfilment } = wanted;
  const lines = [...wanted.lines];
  const key = randomUUID();
  if (!order.plan.asBasket) {
    await guest.answer();
    order.moments.note("tapped", performance.now());
    const reply = await world.api.call(orderRoutes.create, {
      as: guest,
      key,
      body: { venue, fulfilment, lines, checkout },
    });
    if (reply.ok) world.latencies.add("place", reply.ms);
    return reply;
  }
  const opened = await world.api.call(orderRoutes.create, { as: guest, key, body: { venue, fulfilment } });
  if (!opened.ok) return opened;
  const params = { order: opened.value.id };
  const filled = await world.api.call(orderRoutes.addLines, { as: guest, params, body: { lines } });
  if (!filled.ok) return filled;
  order.moments.note("tapped", performance.now());
  const reply = await world.api.call(orderRoutes.place, { as: guest, params, body: checkout });
  if (reply.ok) world.latencies.add("placeBasket", reply.ms);
  return reply;
}

function watch(world: World, order: PlayedOrder, guest: Tokens, placed: OrderView): LiveSocket<OrderLive> {
  const about = { order: placed.id, venue: order.venue };
  return new LiveSocket({
    baseUrl: world.baseUrl,
    path: pathOf(orderRoutes.live.path, { order: placed.id }),
    as: guest,
    schema: OrderLive,
    after: placed.seq,
    message: (message) => {
      if (message.type === "problem") return;
      learn(world, order, message.order, message.seq);
      if (message.type === "event") order.moments.note(`customer:${message.event}` as Moment, performance.now());
    },
    fault: (kind, detail) => {
      const what = kind === "misshapen" ? "contract" : (`socket-${kind}` as const);
      world.findings.add(what, `customer's socket: ${detail}`, about);
    },
    refused: (status) => world.findings.add("refused", `customer's socket: ${status}`, about),
    lost: () => (world.troubles.sockets += 1),
  });
}

function learn(world: World, order: PlayedOrder, view: OrderView, seq: number): void {
  for (const { kind, detail } of judgeChange(order.view, view, seq)) {
    world.findings.add(kind, detail, { order: view.id, venue: order.venue });
  }
  order.view = view;
  order.heard();
}

async function changeOfMind(world: World, order: PlayedOrder, guest: Tokens, after: number): Promise<void> {
  await sleep(after);
  if (order.over || order.ended) return;
  const before = order.view;
  order.moments.note("cancel", performance.now());
  const reply = await world.api.call(orderRoutes.cancel, { as: guest, params: { order: before?.id ?? "" }, body: {} });
  world.latencies.add("command", reply.ms);
  if (reply.ok) {
    // A declined card may have ended it a moment before: then there was nothing to cancel, and saying so is no error.
    order.cancelled = reply.value.end?.reason === "customer-cancelled";
    if (reply.value.status !== "cancelled") {
      world.findings.add("contradiction", `cancelling was answered with an order that is ${reply.value.status}`, {
        order: order.id,
      });
    }
    order.heard();
    return;
  }
  // Too late is a fair answer only to an order that has gone so far.
  await taken(
    world,
    order,
    "cancel",
    Promise.resolve(reply),
    () => order.ended || ["ready", "out-for-delivery"].includes(order.view?.status ?? ""),
  );
}

/** Watches the driver come; a driver on the way must be seen. */
async function followOnMap(
  world: World,
  order: PlayedOrder,
  guest: Tokens,
): Promise<LiveSocket<DeliveryMessage> | null> {
  const began = () => order.moments.has("customer:driver-assigned") || order.view?.delivery?.driver !== null;
  await order.until(() => order.ended || began());
  const { view } = order;
  if (view === null || order.ended || !began()) return null;
  const about = { order: view.id, venue: order.venue };
  let last: Point | null = null;
  return new LiveSocket({
    baseUrl: world.baseUrl,
    path: pathOf(deliveryRoutes.live.path, { id: view.id }),
    as: guest,
    schema: DeliveryMessage,
    message: (message) => {
      if (message.type !== "position") return;
      const { lat, lng, at } = message;
      if (last?.lat !== lat || last.lng !== lng)
        world.latencies.add("position", Math.max(0, Date.now() - Date.parse(at)));
      last = { lat, lng };
    },
    fault: (kind, detail) => {
      const what = kind === "misshapen" ? "contract" : (`socket-${kind}` as const);
      world.findings.add(what, `delivery's socket: ${detail}`, about);
    },
    refused: (status) => world.findings.add("refused", `delivery's socket: ${status}`, about),
    lost: () => (world.troubles.sockets += 1),
  });
}
