import { isRefusal } from "../../contracts/problem.ts";
import type { CarrierObject } from "../../workers/delivery/carrier-object.ts";
import type { EndpointObject } from "../../workers/ordering/endpoint-object.ts";
import type { Chance } from "./chance.ts";
import type { House } from "./houses.ts";
import { callbackSecret } from "./post.ts";
import { person, type Town } from "./town.ts";

/** Whom a town works with beside its own people. */
export interface Partners {
  /** By which ways deliveries go; null: the own drivers bring everything. */
  readonly channels: readonly string[] | null;
  /** After how long without a price another channel is tried; null: never. */
  readonly requoteAfter: string | null;
  /** Whether each tenant's own system is told of everything. */
  readonly hears: boolean;
}

export const carriers = ["bobs-post", "swift"] as const;
const [bob, swift] = carriers;

/** Whoever a fault is about is there on its day. */
export function partnersOf(chance: Chance, faults: readonly string[]): Partners {
  const isAlone = !chance.hits(0.2) && !faults.includes("carrier down") && !faults.includes("others unreliable");
  const channels = chance.of([["own", bob], [bob], [bob, "own"], [bob, swift], ["own", swift, bob]]);
  const requoteAfter = chance.of([null, "PT30M"]);
  return { channels: isAlone ? null : channels, requoteAfter, hears: chance.hits(0.2) || faults.includes("own system down") || faults.includes("others unreliable") }; // prettier-ignore
}

/** Agrees with carriers, and has the tenants' own systems told: before the venues open, while nothing goes wrong. */
export async function agreeWithPartners(town: Town): Promise<void> {
  const tenants = Map.groupBy(town.houses, ({ tenant }) => tenant);
  for (const [tenant, houses] of tenants) {
    if (town.partners.channels !== null) for (const carrier of carriers) await agreeWith(town, tenant, carrier);
    if (town.partners.hears) await listen(town, tenant, houses);
  }
}

const ask = { by: "admin", key: null, fingerprint: null, traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` };

async function agreeWith({ cloud, post, partners }: Town, tenant: string, carrier: string): Promise<void> {
  const object = cloud.namespace<CarrierObject>("carrier", person("admin")).getByName(`${tenant}/${carrier}`);
  const agreed = await object.configure(
    {
      name: carrier,
      url: post.url(tenant, carrier),
      enabled: true,
      answerWithin: "PT10S",
      silentAfter: "PT1M",
      requoteAfter: partners.requoteAfter,
      giveUpAfter: "PT192H",
      trackFor: "PT336H",
      secret: "what-we-say-to-the-carrier",
      callbackSecret,
    },
    ask,
  );
  if (isRefusal(agreed)) throw new Error(agreed.detail);
}

async function listen({ cloud, listener }: Town, tenant: string, houses: readonly House[]): Promise<void> {
  const object = cloud.namespace<EndpointObject>("endpoint", person("admin")).getByName(endpointName(tenant));
  const settings = { url: listener.url(tenant), events: null, venues: null, description: "", enabled: true };
  const made = await object.create(settings, houses.map(({ venue }) => venue), ask); // prettier-ignore
  if (isRefusal(made)) throw new Error(made.detail);
  const { secret }: { secret: string } = JSON.parse(made.body);
  listener.secrets.set(tenant, secret);
}

export function endpointName(tenant: string): string {
  return `${tenant}/end_${"1".repeat(26)}`;
}
