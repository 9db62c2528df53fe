import type { Cast } from "./agreement.ts";
import { Chance } from "./chance.ts";
import { Customer } from "./customer.ts";
import type { Line } from "./database.ts";
import type { Image } from "./disk.ts";
import { Driver } from "./driver.ts";
import { houses, inZone } from "./houses.ts";
import { Kitchen } from "./kitchen.ts";
import type { Books } from "./provider.ts";
import { Town } from "./town.ts";
import { fair } from "./weather.ts";

/** A town in the middle of its day, as far as it outlives a deployment: written by the product as it was then. */
export interface Frozen {
  /** Epoch ms. */
  readonly at: number;
  readonly houses: readonly string[];
  /** By venue; left out where each is in its tenant's first. */
  readonly zones?: Readonly<Record<string, string>>;
  readonly customers: readonly { readonly number: number; readonly name: string; readonly venue: string }[];
  readonly drivers: readonly { readonly id: string; readonly tenant: string }[];
  readonly objects: readonly {
    readonly kind: string;
    readonly name: string;
    readonly alarm: number | null;
    readonly image: Image;
  }[];
  readonly messages: Readonly<Record<string, readonly string[]>>;
  readonly books: Books;
  readonly lines: readonly Line[];
}

/** All that would outlive a deployment this very moment. */
export function freeze(town: Town, { customers, drivers }: Cast): Frozen {
  const objects = [...town.cloud.places.values()].flatMap(({ namespace: kind, name, alarm, disk }) => {
    const image = disk.image();
    return image === null ? [] : [{ kind, name, alarm: alarm?.at ?? null, image }];
  });
  return {
    at: town.clock.now,
    houses: town.houses.map(({ venue }) => venue),
    zones: Object.fromEntries(town.houses.map(({ venue, zoneName }) => [venue, zoneName])),
    customers: customers.map(({ number, name, house: { venue } }) => ({ number, name, venue })),
    drivers: drivers.map(({ id, tenant }) => ({ id, tenant })),
    objects,
    messages: Object.fromEntries(Object.entries(town.queues).map(([name, queue]) => [name, queue.texts])),
    books: town.provider.books,
    lines: town.db.lines(),
  };
}

/** A town that goes on where the other stood, on a fair day, with everybody coming back to their screens. */
export function thaw(frozen: Frozen, seed: number): { readonly town: Town; readonly cast: Cast } {
  const here = houses
    .filter(({ venue }) => frozen.houses.includes(venue))
    .map((house) => inZone(house, frozen.zones?.[house.venue] ?? house.zoneName));
  const partners = { channels: null, requoteAfter: null, hears: false };
  const weather = { names: [], weather: { ...fair }, blows: [], lasts: 0 };
  const town = new Town(seed, { at: frozen.at, houses: here, weather, partners });
  const customers = frozen.customers.flatMap(({ number, name, venue }) => {
    const house = here.find((one) => one.venue === venue);
    return house === undefined ? [] : [new Customer(town, house, number, name, new Chance(name, seed))];
  });
  const drivers = frozen.drivers.flatMap(({ id, tenant }) => {
    const house = here.find((one) => one.tenant === tenant);
    return house === undefined ? [] : [new Driver(town, house, id, new Chance(tenant, id, seed))];
  });
  const kitchens = here.map((house) => new Kitchen(town, house, new Chance("kitchen", house.venue, seed)));
  for (const { kind, name, alarm, image } of frozen.objects) town.cloud.bring(kind, name, image, alarm);
  for (const [name, texts] of Object.entries(frozen.messages)) for (const text of texts) town.queues[name]?.bring(text);
  town.provider.open(frozen.books);
  town.db.bring(frozen.lines);
  return { town, cast: { customers, drivers, kitchens } };
}
