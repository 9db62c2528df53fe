import { venueRoutes } from "../../contracts/venue-routes.ts";
import { Api } from "../client/api.ts";
import { Tokens } from "../client/tokens.ts";
import type { Credentials } from "../credentials.ts";
import type { Coming } from "../simulate/coming.ts";
import { Findings } from "../simulate/findings.ts";
import { Journal } from "../simulate/journal.ts";
import { Latencies } from "../simulate/latencies.ts";
import { planOrder, type Delays, type OrderPlan, type Shares } from "../simulate/order-plan.ts";
import { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";

const at = { from: 0, to: 0 };
const noDelays: Delays = { accept: at, cook: at, collect: at, think: at, travel: at, regret: at };
const noSurprises: Shares = {
  pickup: 0.5, cash: 0, declinedCard: 0, cancel: 0, reject: 0,
  declineOffer: 0, basket: 0, follow: 0, wrongPin: 0, cutSocket: 0,
}; // prettier-ignore

/** Everybody does at once what they have to, and nothing goes wrong. */
export const plan: OrderPlan = planOrder(() => 0.5, noSurprises, noDelays);
export const shares = noSurprises;

const hungAfterMs = 30_000;

/** The world of a benchmark, and the venues it orders from: those of the demo, of which nothing runs out. */
export async function benchWorld({ baseUrl, tenant, clients }: Credentials): Promise<{ world: World; shops: Shop[] }> {
  const findings = new Findings();
  const api = new Api(baseUrl, {
    serverError: (method, path, status, detail) =>
      findings.add("server-error", `${method} ${path} answered ${status}: ${detail}`),
    misshapen: (method, path, detail) => findings.add("contract", `${method} ${path}: ${detail}`),
    unreached: () => {},
  });
  const admin = Tokens.ofClient(api, clients.admin);
  const troubles = { sockets: 0, requests: 0 };
  const world: World = {
    api,
    baseUrl,
    tenant,
    admin,
    findings,
    troubles,
    hungAfter: hungAfterMs,
    audits: false,
    journal: new Journal(),
    latencies: new Latencies(),
  };
  const listed = await api.call(venueRoutes.list, { params: { tenant } });
  if (!listed.ok) throw new Error(`The venues cannot be listed: ${describe(listed)}`);
  return { world, shops: await Promise.all(listed.value.venues.map(({ id }) => Shop.at(api, id))) };
}

/** Orders for ever, from one venue after another, for pickup and for delivery in turn. */
export function* ordersInTurn(shops: readonly Shop[]): Generator<Coming, never> {
  for (let number = 0; ; number += 1) {
    const shop = shops[number % shops.length];
    if (shop === undefined) throw new Error("There are no venues.");
    yield { at: 0, shop, fulfilment: Math.floor(number / shops.length) % 2 === 0 ? "pickup" : "delivery" };
  }
}
