import { endStatuses } from "../../contracts/order.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { pick, randomFrom } from "./random.ts";
import { describe, type World } from "./world.ts";

/** Reads the states of open orders, so many a second, as impatient customers do. Returns what stops it. */
export function poll(world: World, perSecond: number, seed: string): () => void {
  if (perSecond <= 0) return () => {};
  const random = randomFrom(seed, "poller");
  const timer = setInterval(() => {
    const open = world.journal.all.filter((order) => order.id !== undefined && !order.over && !order.ended);
    if (open.length > 0) void read(world, pick(open, random));
  }, 1000 / perSecond);
  return () => clearInterval(timer);
}

async function read(world: World, order: World["journal"]["all"][number]): Promise<void> {
  const known = order.view?.seq ?? 0;
  const about = { order: order.id, venue: order.venue };
  const reply = await world.api.call(orderRoutes.status, { as: order.guest, params: { order: order.id ?? "" } });
  world.latencies.add("status", reply.ms);
  if (!reply.ok) return world.findings.add("refused", `reading its status: ${describe(reply)}`, about);
  const { seq, status, id } = reply.value;
  if (id !== order.id) world.findings.add("contradiction", `reading its status gave ${id}'s`, about);
  if (seq < known)
    world.findings.add("contradiction", `its status is of event ${seq}, after ${known} was shown`, about);
  if (order.ended && endStatuses.has(status) && status !== order.view?.status) {
    world.findings.add("contradiction", `its status is ${status}, its socket said ${order.view?.status}`, about);
  }
}
