import { performance } from "node:perf_hooks";
import { z } from "zod";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { eventTypeOf, type Envelope, type Message } from "../../contracts/envelope.ts";
import type { Point } from "../../contracts/point.ts";
import { seededRandom } from "../../domain/menu/seeded-random.ts";
import { Api } from "../client/api.ts";
import { Tokens } from "../client/tokens.ts";
import { percentile } from "../dispatch/figures.ts";
import { describe } from "../simulate/world.ts";
import type { Product } from "./miniflare-stack.ts";

const NewClient = z.object({ id: z.string(), secret: z.string() });
const vehicles = ["bike", "car", "foot"] as const;
const minute = 60_000;
const venues = 40;
const warm = 100;
const seriesCount = 6;
const zone = "main";

/** Milliseconds by the wall clock, one call at a time: a command with its round, and the same call with nothing to do. */
interface Series {
  readonly rounds: readonly number[];
  readonly empty: readonly number[];
}

interface InPlace extends Series {
  readonly waiting: number;
  readonly drivers: number;
}

/**
 * A zone's own object under Miniflare: its drivers come on shift by the API, what is to be brought by the queue, with
 * food that is ready within 25 minutes. Offers stand, the rest waits; a command is a change of the settings. What else
 * the machine does is in the wall clock, too: of several series the one counts whose empty calls were the quickest.
 */
export async function measureInPlace(product: Product, drivers: number, open: number, count: number): Promise<InPlace> {
  const { baseUrl, tenant, clients } = product.credentials;
  const fault = (...what: unknown[]) => console.error(what.join(" "));
  const api = new Api(baseUrl, { serverError: fault, misshapen: fault, unreached: () => {} });
  const admin = Tokens.ofClient(api, clients.admin);
  const random = seededRandom(5);
  let expiry = 60;
  const point = (): Point => ({ lat: 52.45 + random() * 0.13, lng: 13.3 + random() * 0.2 });
  try {
    // Nobody answers, and nobody is to be the worse for it.
    await configure({ idle: 86_400, silence: 86_400, offer: 86_400 });
    for (let at = 0; at < drivers; at += 10) {
      const some = Array.from({ length: Math.min(10, drivers - at) }, (_, more) => at + more);
      await Promise.all(some.map((number) => comeOn(number, point())));
    }
    await request(product, tenant, open, random, point);
    await until(async () => (await stand()).deliveries === open);
    await series(warm);
    const all: Series[] = [];
    for (let one = 0; one < seriesCount; one += 1) all.push(await series(Math.ceil(count / seriesCount)));
    const [quietest = { rounds: [], empty: [] }] = all.toSorted(
      (a, b) => percentile(a.empty, 0.99) - percentile(b.empty, 0.99),
    );
    const { waiting, drivers: here } = await stand();
    return { ...quietest, waiting, drivers: here };
  } finally {
    api.close();
  }

  async function series(turns: number): Promise<Series> {
    const rounds: number[] = [];
    const empty: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      expiry = expiry === 60 ? 61 : 60;
      rounds.push(await timed(() => configure({ afterExpiry: expiry })));
      empty.push(await timed(() => configure({ afterExpiry: expiry })));
    }
    return { rounds, empty };
  }

  async function comeOn(number: number, position: Point): Promise<void> {
    const name = `Driver ${number + 1}`;
    const body = { name, role: "driver", driver: `bench-${number}` };
    const made = await api.send({ method: "POST", path: "/v1/clients", schema: NewClient, as: admin, body });
    if (!made.ok) throw new Error(`No client for ${name}: ${describe(made)}`);
    const as = Tokens.ofClient(api, made.value);
    const vehicle = vehicles[number % 3] ?? "bike";
    const reply = await api.call(deliveryRoutes.shift, { as, body: { on: true, zone, name, vehicle, position } });
    if (!reply.ok) throw new Error(`${name} cannot come on shift: ${describe(reply)}`);
  }

  async function configure(body: Record<string, number>): Promise<void> {
    const reply = await api.call(deliveryRoutes.putZoneSettings, { as: admin, params: { zone }, body });
    if (!reply.ok) throw new Error(`The zone's settings: ${describe(reply)}`);
  }

  async function stand() {
    const reply = await api.call(deliveryRoutes.zoneDispatch, { as: admin, params: { zone } });
    if (!reply.ok) throw new Error(`The zone: ${describe(reply)}`);
    const { deliveries, drivers: all } = reply.value;
    const waiting = deliveries.filter(({ status }) => status === "waiting").length;
    return { deliveries: deliveries.length, waiting, drivers: all.length };
  }
}

async function request(
  product: Product,
  tenant: string,
  open: number,
  random: () => number,
  point: () => Point,
): Promise<void> {
  const queue = await product.deliveryInbox();
  const places = Array.from({ length: venues }, point);
  for (let number = 0; number < open; number += 1) {
    const order = `ord_${String(number).padStart(26, "0")}`;
    const at = Math.floor(random() * venues);
    const [from, to] = [`order/${tenant}/${order}`, `zone/${tenant}/${zone}`] as const;
    const data = {
      order,
      code: `A${number}`,
      venue: `venue-${at}`,
      pickup: { name: "A", address: "B", point: places[at] ?? point() },
      dropoff: { name: "A", address: "B", point: point() },
      pin: "1234",
      readyAt: Date.now() + Math.floor(random() * 25 * minute),
      cash: null,
    };
    const fact: Envelope = {
      specversion: "1.0", id: `${from}>${to}#1`, source: from, type: eventTypeOf("delivery.requested"), subject: order,
      time: new Date().toISOString(), datacontenttype: "application/json", data, tenant, from, to, sequence: 1,
      correlationid: order, causationid: `${from}#1`,
    }; // prettier-ignore
    await queue.send({ facts: [fact], acks: [] } satisfies Message);
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The zone never had all deliveries.");
}
