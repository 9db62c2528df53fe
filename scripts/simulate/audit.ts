import { orderRoutes } from "../../contracts/order-routes.ts";
import type { Tokens } from "../client/tokens.ts";
import { expectedTicket, judgeEnd } from "./judge.ts";
import type { PlayedOrder } from "./played-order.ts";
import { describe, type World } from "./world.ts";

/** The tablet must know of an order's end within so long, in milliseconds. */
const tabletKnowsWithinMs = 15_000;

const onlyOnce = [
  "placed", "payment-authorised", "payment-captured", "payment-voided", "payment-refunded",
  "sent", "accepted", "rejected", "cancelled", "collected", "picked-up", "delivered",
]; // prettier-ignore

/** Looks back at an order that has ended: outcome, money, ticket, and the log against what the socket showed. */
export async function audit(world: World, order: PlayedOrder, guest: Tokens): Promise<void> {
  const about = { order: order.id, venue: order.venue };
  const params = { order: order.id ?? "" };
  const [whole, log] = await Promise.all([
    world.api.call(orderRoutes.read, { as: guest, params }),
    world.api.call(orderRoutes.events, { as: guest, params }),
  ]);
  if (!whole.ok) return world.findings.add("refused", `reading the order: ${describe(whole)}`, about);
  if (!log.ok) return world.findings.add("refused", `reading its log: ${describe(log)}`, about);
  const view = whole.value;
  const { events } = log.value;
  const types = events.map(({ type }) => type);
  for (const { kind, detail } of judgeEnd(order, view, types)) world.findings.add(kind, detail, about);
  const broken = events.findIndex(({ seq }, at) => seq !== at + 1);
  if (broken !== -1)
    world.findings.add("contradiction", `its log has number ${events[broken]?.seq} in place ${broken + 1}`, about);
  const newest = Math.max(view.seq, order.view?.seq ?? 0);
  if (events.length < newest)
    world.findings.add("contradiction", `its log ends at ${events.length}, yet ${newest} was shown`, about);
  for (const once of onlyOnce) {
    const times = types.filter((type) => type === once).length;
    if (times > 1) world.findings.add("contradiction", `${once} stands ${times} times in its log`, about);
  }
  if (order.view !== null && order.view.status !== view.status) {
    world.findings.add("contradiction", `its socket said ${order.view.status}, reading it says ${view.status}`, about);
  }

  const sent = types.includes("sent");
  const tickets = sent ? expectedTicket(view) : null;
  const fits = () => order.ticket !== null && (tickets?.includes(order.ticket.status) ?? true);
  if (tickets === null || (await order.until(fits, tabletKnowsWithinMs))) return;
  world.findings.add(
    "contradiction",
    `it is ${view.status}, yet the tablet shows ${order.ticket?.status ?? "no ticket"}`,
    about,
  );
}
