import { cpuUsage } from "node:process";
import { Tokens } from "../client/tokens.ts";
import { wantedOf } from "../simulate/coming.ts";
import { hireCrew } from "../simulate/crew.ts";
import { place, playCustomer } from "../simulate/customer.ts";
import type { Percentiles } from "../simulate/latencies.ts";
import { PlayedOrder } from "../simulate/played-order.ts";
import { randomFrom } from "../simulate/random.ts";
import { checkoutOf } from "../simulate/run.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import { ordersInTurn, plan, shares } from "./bench-world.ts";
import { inParallel, times } from "./parallel.ts";
import { workerdSeconds } from "./process-time.ts";

const atOnce = 24;
const guestCount = 32;
const driverCount = 16;

export interface WholeOrders {
  readonly orders: number;
  readonly ended: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** CPU an order costs each process, which a busy machine does not blur; empty where there is no /proc. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly latencyMs: Readonly<Record<string, Percentiles>>;
}

/**
 * Drives orders from the tap to the handover, each with a socket of its customer's, and tablets and drivers that do
 * everything at once: 24 orders at a time, half of them delivered.
 */
export async function wholeOrders(world: World, shops: readonly Shop[], count: number): Promise<WholeOrders> {
  const guests = Array.from({ length: guestCount }, () => Tokens.ofGuest(world.api, world.tenant));
  await Promise.all(guests.map((guest) => guest.answer()));
  const crew = await hireCrew(world, shops, driverCount, "bench");
  const coming = ordersInTurn(shops);
  let number = 0;
  let ended = 0;

  async function oneOrder(): Promise<void> {
    const mine = number++;
    const next = coming.next().value;
    const random = randomFrom("bench", mine);
    const order = new PlayedOrder(mine, next.shop.id, plan, (handOff, ms) => world.latencies.add(handOff, ms));
    const guest = guests[mine % guestCount] ?? Tokens.ofGuest(world.api, world.tenant);
    const wanted = wantedOf(next, random, shares, true);
    if (wanted === null) throw new Error(`${next.shop.id} has nothing to sell.`);
    const began = performance.now();
    const reply = await place(world, order, guest, wanted, checkoutOf(order, next, wanted, random));
    if (!reply.ok) return world.findings.add("refused", `placing: ${describe(reply)}`, { venue: next.shop.id });
    world.journal.add(order);
    const hung = setTimeout(() => order.giveUp(), world.hungAfter);
    await playCustomer(world, order, guest, reply.value, wanted);
    clearTimeout(hung);
    if (!order.ended) return world.findings.add("hung", `${order.view?.status}`, { order: order.id });
    ended += 1;
    world.latencies.add("whole", performance.now() - began);
  }

  const before = { workers: workerdSeconds(), load: cpuUsage() };
  const seconds = await inParallel(atOnce, times(count), oneOrder);
  const cpuMs = cpuPerOrder(before, count);
  await crew.goHome();
  return { orders: count, ended, seconds, perSecond: ended / seconds, cpuMs, latencyMs: world.latencies.summary() };
}

function cpuPerOrder(
  before: { workers: Map<number, number>; load: NodeJS.CpuUsage },
  count: number,
): Record<string, number> {
  const spent = [...workerdSeconds()].map(([pid, seconds]) => seconds - (before.workers.get(pid) ?? 0));
  // The sandbox answers a request or two an order, the product dozens.
  const [product, sandbox] = spent.toSorted((a, b) => b - a);
  if (product === undefined || sandbox === undefined) return {};
  const { user, system } = cpuUsage(before.load);
  const each = (seconds: number) => Math.round((seconds / count) * 100_000) / 100;
  return { product: each(product), sandbox: each(sandbox), load: each((user + system) / 1_000_000) };
}
