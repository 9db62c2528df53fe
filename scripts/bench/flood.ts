import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { Tokens } from "../client/tokens.ts";
import type { Credentials } from "../credentials.ts";
import { wantedOf } from "../simulate/coming.ts";
import { type Percentiles, percentilesOf } from "../simulate/latencies.ts";
import { PlayedOrder } from "../simulate/played-order.ts";
import { randomFrom } from "../simulate/random.ts";
import { checkoutOf } from "../simulate/run.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import { ordersInTurn, plan, shares } from "./bench-world.ts";

/** What one tenant's orders take (ms), and what the flood on another was answered: how often each status. */
export interface FloodFigures {
  readonly alone: Percentiles;
  readonly flooded: Percentiles;
  readonly answers: Readonly<Record<string, number>>;
}

const everyMs = 100;
const guestCount = 16;
const quietGuests = 40;
const parallel = 64;
const Made = z.object({ admin: z.object({ id: z.string(), secret: z.string() }) });
const Answers = z.record(z.string(), z.int());

/** Places an order of the demo tenant every 100 ms for so long, first alone, then while another tenant is flooded. */
export async function floodFigures(
  world: World,
  shops: readonly Shop[],
  { operator, baseUrl }: Credentials,
  ms: number,
  perSecond: number,
): Promise<FloodFigures> {
  const tokens = await floodedTenant(world, operator);
  const guests = Array.from({ length: quietGuests }, () => Tokens.ofGuest(world.api, world.tenant));
  await Promise.all(guests.map((guest) => guest.answer()));
  const place = placer(world, shops, guests);
  await paced(10, place);
  const count = Math.ceil(ms / everyMs);
  const alone = await paced(count, place);
  const body = JSON.stringify({
    venue: "flooded-1",
    fulfilment: "pickup",
    lines: [{ item: "soup", quantity: 1 }],
    checkout,
  });
  const flood = new Worker(new URL("./flood-thread.ts", import.meta.url), {
    workerData: { baseUrl, tokens, body, perSecond, parallel },
  });
  // The flood has to be under way, and whoever floods to have used up what may come at once.
  await sleep(4_000);
  const flooded = await paced(count, place);
  const told = new Promise<unknown>((resolve, reject) => flood.once("message", resolve).once("error", reject));
  flood.postMessage("stop");
  return { alone: percentilesOf(alone), flooded: percentilesOf(flooded), answers: Answers.parse(await told) };
}

const checkout = { customer: { name: "Flood" }, payment: { method: "cash" } };

/** Begins one every 100 ms, whether or not the one before has ended; resolves with the times taken. */
async function paced(count: number, task: () => Promise<number>): Promise<number[]> {
  const begun: Promise<number>[] = [];
  for (let number = 0; number < count; number += 1) {
    begun.push(task());
    await sleep(everyMs);
  }
  return Promise.all(begun);
}

function placer(world: World, shops: readonly Shop[], guests: readonly Tokens[]): () => Promise<number> {
  const coming = ordersInTurn(shops);
  let number = 0;
  return async () => {
    const next = coming.next().value;
    const random = randomFrom("flood", (number += 1));
    const wanted = wantedOf(next, random, shares, true);
    if (wanted === null) throw new Error(`${next.shop.id} has nothing to sell.`);
    const order = new PlayedOrder(number, next.shop.id, plan, () => {});
    const body = {
      venue: next.shop.id,
      fulfilment: wanted.fulfilment,
      lines: [...wanted.lines],
      checkout: checkoutOf(order, next, wanted, random),
    };
    const reply = await world.api.call(orderRoutes.create, {
      as: guests[number % guests.length],
      key: randomUUID(),
      body,
    });
    if (!reply.ok) world.findings.add("refused", `placing: ${describe(reply)}`);
    return reply.ms;
  };
}

/** A tenant with one venue and a menu of soup; gives back tokens of its guests. */
async function floodedTenant(world: World, operator: Credentials["operator"]): Promise<string[]> {
  const { api } = world;
  const basic = `Basic ${Buffer.from(`${operator.id}:${operator.secret}`).toString("base64")}`;
  const made = await api.send({
    method: "POST",
    path: "/v1/tenants",
    schema: Made,
    headers: { authorization: basic },
    body: { id: "flooded", name: "Flooded" },
  });
  if (!made.ok) throw new Error(`No second tenant: ${describe(made)}`);
  const as = Tokens.ofClient(api, made.value.admin);
  const params = { venue: "flooded-1" };
  const settings = { name: "Flooded", timeZone: "Europe/London", address: "1 Low Street" };
  const opened = await api.call(venueRoutes.write, { as, params, body: settings });
  const published = await api.call(venueRoutes.writeMenu, { as, params, body: menu });
  for (const reply of [opened, published]) if (!reply.ok) throw new Error(`No second venue: ${describe(reply)}`);
  const guests = Array.from({ length: guestCount }, () => Tokens.ofGuest(api, "flooded"));
  return Promise.all(guests.map(async (guest) => (await guest.answer()).access_token));
}

const menu = {
  comanda: "menu/1" as const,
  currency: "GBP",
  languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 70_000 }] },
  categories: [{ id: "all", name: { en: "All" }, items: ["soup"] }],
  items: [{ id: "soup", name: { en: "Soup" }, price: 400 }],
};
