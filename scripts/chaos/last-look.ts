import { setTimeout as sleep } from "node:timers/promises";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { endStatuses, type EventView, isEnd, type OrderView } from "../../contracts/order.ts";
import { exportedLog } from "../../domain/order/logged-event.ts";
import { verifyLog } from "../comanda/exported-log.ts";
import { audit } from "../simulate/audit.ts";
import type { PlayedOrder } from "../simulate/played-order.ts";
import { describe, type World } from "../simulate/world.ts";

/** An order as its object tells it when all is over. */
export interface AtRest {
  readonly played: PlayedOrder;
  readonly view: OrderView;
  readonly events: readonly EventView[];
}

/** Steps of a payment that something must still come of. */
const underWay = new Set(["authorising", "authorised", "capturing", "voiding", "refunding"]);
const pauseMs = 1_000;
/** That somebody was told is written when the customer may have looked away: their order has ended. */
const notices = new Set(["push-sent", "push-failed", "mail-sent", "mail-failed"]);

/** Waits until the order has ended and its money has come to rest, and looks back at all of it. Null: it cannot be read. */
export async function lastLook(world: World, played: PlayedOrder, until: number): Promise<AtRest | null> {
  const about = { order: played.id, venue: played.venue };
  const params = { order: played.id ?? "" };
  for (;;) {
    const reply = await world.api.call(orderRoutes.read, { as: world.admin, params });
    if (!reply.ok) {
      world.findings.add("refused", `reading it at the end: ${describe(reply)}`, about);
      return null;
    }
    const view = reply.value;
    const resting = endStatuses.has(view.status) && !underWay.has(view.payment?.status ?? "due");
    if (!resting && performance.now() < until) {
      await sleep(pauseMs);
      continue;
    }
    if (!resting)
      world.findings.add("hung", `it is ${view.status} to the end, its payment ${view.payment?.status}`, about);
    const log = await world.api.call(orderRoutes.events, { as: world.admin, params });
    if (!log.ok) {
      world.findings.add("refused", `reading its log at the end: ${describe(log)}`, about);
      return null;
    }
    const { events } = log.value;
    const verdict = verifyLog(exportedLog(view, events));
    if (!verdict.whole) world.findings.add("contradiction", `its log breaks at ${verdict.line}: ${verdict.why}`, about);
    if (resting) {
      await audit(world, played, world.admin);
      for (const detail of differences(played.view, view)) world.findings.add("contradiction", detail, about);
    }
    return { played, view, events };
  }
}

/** Where the customer's screen and the order itself do not say the same. Only the customer sees the PIN, and not whose id the driver has. */
export function differences(shown: OrderView | null, view: OrderView): string[] {
  if (shown === null) return ["its customer never saw it"];
  const both = [publicPart(shown), publicPart(view)].map((part) => Object.entries(part));
  const [theirs = [], ours = []] = both;
  const known = new Map(theirs.map(([name, value]) => [name, JSON.stringify(value)]));
  return ours.flatMap(([name, value]) =>
    known.get(name) === JSON.stringify(value)
      ? []
      : [`the customer's last view has ${name} ${known.get(name)}, the order ${JSON.stringify(value)}`],
  );
}

function publicPart({ delivery, seq: last, timeline: all, ...more }: OrderView): object {
  const end = all.findIndex(({ type }) => isEnd(type));
  // That a tablet had shown the ticket may be heard when the order has ended: the customer has looked away then, too.
  const isLate = ({ type }: { type: string }, at: number): boolean => type === "seen" && end !== -1 && at > end;
  const timeline = all.filter((event, at) => !notices.has(event.type) && !isLate(event, at));
  const seenAt = all.some(isLate) ? null : more.seenAt;
  const rest = { ...more, seenAt, seq: last - (all.length - timeline.length), timeline };
  if (delivery === null) return { ...rest, delivery };
  const driver = delivery.driver === null ? null : { ...delivery.driver, id: "driver" };
  return { ...rest, delivery: { ...delivery, driver, pin: null } };
}
