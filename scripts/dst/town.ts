import type { Principal } from "../../contracts/principal.ts";
import type { Order } from "../../domain/order/order.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import { BoardObject } from "../../workers/kitchen/board-object.ts";
import { CarrierObject } from "../../workers/delivery/carrier-object.ts";
import { DriverObject } from "../../workers/delivery/driver-object.ts";
import { ZoneObject } from "../../workers/delivery/zone-object.ts";
import { EndpointObject } from "../../workers/ordering/endpoint-object.ts";
import type { OrderingEnv } from "../../workers/ordering/env.ts";
import { OrderObject } from "../../workers/ordering/order-object.ts";
import { sweep } from "../../workers/ordering/sweep.ts";
import { keep } from "../../workers/ordering/venue-snapshots.ts";
import { VenueObject } from "../../workers/ordering/venue-object.ts";
import type { Acknowledgements } from "../../workers/shared/acknowledgements.ts";
import type { Carriers } from "../../workers/shared/carriers.ts";
import { OwnDesk } from "../../workers/shared/desk.ts";
import { sweepDeadLetters } from "../../workers/shared/dead-letters.ts";
import { Chance } from "./chance.ts";
import { Clock } from "./clock.ts";
import { Cloud, type Caller } from "./cloud.ts";
import { borrowDatabase, type TownDatabase } from "./database.ts";
import { bordered, housesOf, zoneOf, zonesOf, type House } from "./houses.ts";
import { menuOf, settingsOf } from "./menu.ts";
import { stateAt } from "./records.ts";
import { Listener } from "./listener.ts";
import { Mailbox } from "./mailbox.ts";
import { agreeWithPartners, endpointName, partnersOf, type Partners } from "./partners.ts";
import { Post } from "./post.ts";
import { Provider } from "./provider.ts";
import { PushService } from "./push-service.ts";
import { strike } from "./blows.ts";
import type { TownQueue } from "./queue.ts";
import { Story } from "./story.ts";
import { layQueues, type ServiceName } from "./services.ts";
import { fair, forecast, type Forecast } from "./weather.ts";

/** A Saturday, 2026-11-14 18:00 UTC. */
const start = 1_794_679_200_000;
const minute = 60_000;
export const hour = 60 * minute;

/** Whose power never goes off: people, and workers between two requests. */
export function person(name: string): Caller {
  return { name, alive: () => {} };
}

/** What is not left to the seed. */
interface Given {
  /** When the day begins (epoch ms). */
  readonly at?: number;
  readonly houses?: readonly House[];
  readonly weather?: Forecast;
  readonly partners?: Partners;
}

/** Venues with their kitchens, drivers and customers, over the real objects and consumers of all three workers. */
export class Town {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly story: Story;
  readonly cloud: Cloud;
  readonly provider: Provider;
  readonly post: Post;
  readonly listener: Listener;
  readonly mailbox: Mailbox;
  readonly pushes: PushService;
  readonly partners: Partners;
  readonly db: TownDatabase;
  readonly forecast: Forecast;
  readonly houses: readonly House[];
  readonly queues: Readonly<Record<string, TownQueue>>;
  /** Whom a blow takes offline, and how to. */
  readonly takeOffline: Record<"tablet" | "drivers" | "customers", ((ms: number) => void)[]>;
  /** When (epoch ms) things of some consequence were seen to happen. */
  readonly seen = new Map<string, number>();
  /** What drivers have said at the door: `{order} {pin}`. */
  readonly pinsGiven = new Set<string>();
  /** What the isolate of a service's consumer has in memory. */
  readonly isolates = new Map<ServiceName, Acknowledgements>();
  /** `{kind} {fact}`: what a bad deployment that is out cannot handle. */
  readonly unhandled = new Set<string>();
  /** Orders of which an operator has given a fact up: who never heard of it sees them otherwise. */
  readonly givenUp = new Set<string>();
  private cronRuns = 0;
  private readonly first = new Map<House, VenueSnapshot>();
  private readonly homes = new Map<string, House>();

  constructor(seed: number, { at, houses, weather, partners }: Given = {}) {
    this.clock = new Clock(at ?? start);
    this.chance = new Chance("town", seed);
    this.forecast = weather ?? forecast(new Chance("weather", seed));
    this.houses = houses ?? bordered(housesOf(new Chance("houses", seed)), new Chance("border", seed));
    this.story = new Story(() => this.clock.now);
    this.cloud = new Cloud(this.clock, this.chance, this.story);
    this.provider = new Provider(this.cloud);
    this.post = new Post(this.cloud);
    this.listener = new Listener(this.cloud);
    this.mailbox = new Mailbox(this.cloud);
    this.pushes = new PushService(this.cloud);
    this.partners = partners ?? partnersOf(new Chance("partners", seed), this.forecast.names);
    this.db = borrowDatabase(this.chance);
    this.takeOffline = { tablet: [], drivers: [], customers: [] };
    this.nameAll();
    this.queues = layQueues(this);
    this.defineObjects();
  }

  /** Opens the venues: nothing goes wrong before that. */
  async open(): Promise<void> {
    let areReady = false;
    this.clock.in(0, async () => {
      await agreeWithPartners(this);
      areReady = true;
    });
    await this.clock.run(this.clock.now + minute);
    if (!areReady) throw new Error("the partners did not agree");
    for (const house of this.houses) await this.openHouse(house);
    await this.makeNeighbours();
  }

  /** The zones of a tenant are each other's neighbours. */
  private async makeNeighbours(): Promise<void> {
    const ask = { by: "admin", key: null, fingerprint: null, traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` };
    const zones = new Map(this.houses.map((house) => [house.zoneName, house]));
    for (const [name, house] of zones) {
      const neighbours = zonesOf(this.houses, house.tenant).filter((id) => id !== zoneOf(house));
      if (neighbours.length === 0) continue;
      const zone = this.cloud.namespace<ZoneObject>("zone", person("admin")).getByName(name);
      this.clock.in(0, () => zone.configure({ neighbours, reach: 30 * minute }, ask));
      await this.clock.run(this.clock.now + minute);
    }
  }

  private async openHouse(house: House): Promise<void> {
    const crew = person("crew");
    const place = this.cloud.namespace<VenueObject>("venue", crew).getByName(house.venueName);
    const ask = { by: "crew", key: null, fingerprint: null, traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` };
    let isOpen = false;
    this.clock.in(0, async () => {
      await place.command(
        { type: "configure", settings: settingsOf(house.point, this.partners.channels, zoneOf(house)) },
        ask,
      );
      const tracked = Object.fromEntries(
        menuOf(1).items.flatMap(({ id, stock }) => (stock === null ? [] : [[id, stock]])),
      );
      await place.command({ type: "publish-menu", version: 1, tracked }, ask);
      // The front door's memory outlives a town; it must not know of another's venue.
      this.first.set(house, await place.snapshot());
      this.rememberFirst(house);
      isOpen = true;
    });
    await this.clock.run(this.clock.now + minute);
    if (!isOpen) throw new Error("the venue did not open");
  }

  /** Learns what front doors know of the venues, and has them know no more. */
  async lookAround(): Promise<void> {
    for (const house of this.houses) {
      const place = this.cloud.namespace<VenueObject>("venue", person("crew")).getByName(house.venueName);
      this.first.set(house, await place.snapshot());
      this.rememberFirst(house);
    }
  }

  /** What a front door knows of the venue is from then on what it was when it opened. */
  rememberFirst(house: House): void {
    const snapshot = this.first.get(house);
    if (snapshot !== undefined) keep(house.tenant, house.venue, snapshot);
  }

  /** From now on this order is known to be one of this house. */
  settle(order: string, house: House): void {
    this.homes.set(order, house);
  }

  /** Where the order is from; throws where it is nobody's. */
  homeOf(order: string): House {
    const house = this.homes.get(order);
    if (house === undefined) throw new Error(`${order} is nobody's`);
    return house;
  }

  /** Lets the storm begin. */
  storm(): void {
    const { weather, blows, lasts, names } = this.forecast;
    this.story.tell(`weather: ${names.length === 0 ? "fair" : names.join(", ")} for ${lasts / minute} min`);
    this.cloud.setWeather(weather);
    for (const { at, blow } of blows) this.clock.in(at, () => strike(this, blow));
    this.clock.in(lasts, () => {
      if (weather.isFair) return;
      this.story.tell("the storm is over");
      this.cloud.setWeather(fair);
    });
    this.clock.inBackground(minute, () => this.cron());
  }

  close(): void {
    this.cloud.close();
    this.db.giveBack();
  }

  /** Stands in for `fetch`. */
  readonly fetch = (url: string, init: RequestInit): Promise<unknown> => {
    const { hostname } = new URL(url);
    const { provider, post, listener, mailbox, pushes } = this;
    const there = { "provider.test": provider, "post.comanda.dev": post, "till.comanda.dev": listener, "mail.test": mailbox, "push.comanda.dev": pushes }; // prettier-ignore
    const found = new Map<string, { fetch(url: string, init: RequestInit): Promise<unknown> }>(Object.entries(there)).get(hostname); // prettier-ignore
    if (found === undefined) throw new Error(`nobody is at ${url}`);
    return found.fetch(url, init);
  };

  env(caller: Caller): OrderingEnv {
    const queue = (name: string): Queue | undefined => this.queues[name]?.producer(caller);
    return {
      ORDER: this.cloud.namespace("order", caller),
      VENUE: this.cloud.namespace("venue", caller),
      BOARD: this.cloud.namespace("board", caller),
      ZONE: this.cloud.namespace("zone", caller),
      DRIVER: this.cloud.namespace("driver", caller),
      CARRIER: this.cloud.namespace("carrier", caller),
      ENDPOINT: this.cloud.namespace("endpoint", caller),
      // Nobody looks at the floor of a town.
      FLOOR: { getByName: () => ({ tell: () => {}, tellVenue: () => {}, dismiss: () => {} }) },
      KITCHEN: new OwnDesk({ board: this.cloud.namespace("board", caller) }),
      DELIVERY: new OwnDesk({
        zone: this.cloud.namespace("zone", caller),
        driver: this.cloud.namespace("driver", caller),
        carrier: this.cloud.namespace("carrier", caller),
      }),
      DB: this.db.asD1,
      ORDERING_INBOX: queue("ordering-inbox"),
      KITCHEN_INBOX: queue("kitchen-inbox"),
      DELIVERY_INBOX: queue("delivery-inbox"),
      OUTLET: queue("outlet"),
      DEAD_LETTERS: queue("ordering-inbox-dead"),
      PAYMENT_URL: "https://provider.test",
      PAYMENT_SECRET: "secret",
      MAIL_URL: "https://mail.test",
      PUBLIC_URL: "",
      VAPID_PUBLIC_KEY: "open",
      VAPID_PRIVATE_KEY: "own",
      VAPID_SUBJECT: "",
      KEY_ENCRYPTION_SECRET: "key-encryption-secret-of-the-town",
    } as unknown as OrderingEnv;
  }

  /** The order as it stands on disk; null where it is nothing yet. */
  order(id: string): Order | null {
    const order = stateAt<Order>(this, "order", `${this.homeOf(id).tenant}/${id}`);
    return order === null || order.stage.status === "nothing" ? null : order;
  }

  principal({ tenant }: House, role: Principal["role"], subject: string): Principal {
    return { tenant, subject, role, venues: null, expiresAt: start + 1_000 * hour };
  }

  /** In stories everybody is called by a short name, as long as it is nobody else's. */
  private nameAll(): void {
    const tenants = new Set(this.houses.map(({ tenant }) => tenant));
    for (const tenant of tenants) {
      const whose = tenants.size === 1 ? "" : `${tenant}'s `;
      for (const id of zonesOf(this.houses, tenant)) {
        this.story.call(`zone/${tenant}/${id}`, id === "main" ? `${whose}zone` : `${whose}zone next door`);
      }
      this.story.call(`driver/${tenant}/`, whose);
      this.story.call(`order/${tenant}/`, "");
      this.story.call(`outlet/${tenant}/orders`, `${whose}outlet`);
      this.story.call(`endpoint/${endpointName(tenant)}`, `${whose}endpoint`);
      this.story.call(`carrier/${tenant}/`, whose);
    }
    for (const { venue, venueName } of this.houses) {
      const whose = this.houses.length === 1 ? "" : `${venue}'s `;
      for (const kind of ["board", "venue"]) this.story.call(`${kind}/${venueName}`, `${whose}${kind}`);
    }
  }

  private defineObjects(): void {
    const classes = {
      order: OrderObject,
      venue: VenueObject,
      board: BoardObject,
      zone: ZoneObject,
      driver: DriverObject,
      carrier: CarrierObject,
      endpoint: EndpointObject,
    };
    for (const [kind, Class] of Object.entries(classes)) {
      this.cloud.define(kind, (state, self) => {
        const Made = Class as unknown as new (state: DurableObjectState, env: object) => object;
        return this.perhapsUnable(kind, uncounted(new Made(state, this.env(self))));
      });
    }
  }

  /** While a bad deployment is out, what it cannot handle throws where it would be handled. */
  private perhapsUnable(kind: string, object: object): object {
    if (!this.forecast.names.includes("bad deployment")) return object;
    const rules: { react(fact: { type: string }, ...rest: unknown[]): unknown } = Reflect.get(object, "rules");
    const react = (fact: { type: string }, ...rest: unknown[]): unknown => {
      if (!this.unhandled.has(`${kind} ${fact.type}`)) return rules.react(fact, ...rest);
      this.cloud.strike("fact unhandled");
      throw new Error("this deployment cannot handle it");
    };
    Object.defineProperty(object, "rules", { value: { ...rules, react } });
    return object;
  }

  /** The front door's cron: every minute at first, and then, so that a night does not take long here, more seldom. */
  private async cron(): Promise<void> {
    this.cronRuns += 1;
    this.clock.inBackground(this.cronRuns < 120 ? minute : 10 * minute, () => this.cron());
    const { now } = this.clock;
    const env = this.env(person("cron"));
    const { ORDERING_INBOX: ordering, KITCHEN_INBOX: kitchen, DELIVERY_INBOX: delivery, OUTLET: outlet } = env;
    // The two would find nothing; asking first is quicker.
    const work = [
      ...(this.db.hasStillOrders(now) ? [sweep(env, now)] : []),
      ...(this.db.hasOpenLetters()
        ? [sweepDeadLetters(this.db.asD1, { ordering, kitchen, delivery, outlet }, now)]
        : []),
    ];
    await Promise.allSettled(work);
  }
}

/** What an isolate counts outlives a town, and would be told in another. */
function uncounted(object: object): object {
  const carriers: () => Carriers = Reflect.get(object, "carriers").bind(object);
  const value = (): Carriers => {
    const { queues, objects } = carriers();
    return { queues, objects };
  };
  Object.defineProperty(object, "carriers", { value });
  return object;
}
