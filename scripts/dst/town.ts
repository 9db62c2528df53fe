import type { Principal } from "../../contracts/principal.ts";
import type { Order } from "../../domain/order/order.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import { BoardObject } from "../../workers/kitchen/board-object.ts";
import { DriverObject } from "../../workers/delivery/driver-object.ts";
import { ZoneObject } from "../../workers/delivery/zone-object.ts";
import type { OrderingEnv } from "../../workers/ordering/env.ts";
import { OrderObject } from "../../workers/ordering/order-object.ts";
import { consumeOutlet } from "../../workers/ordering/outlet.ts";
import { sweep } from "../../workers/ordering/sweep.ts";
import { keep } from "../../workers/ordering/venue-snapshots.ts";
import { VenueObject } from "../../workers/ordering/venue-object.ts";
import type { Receiver } from "../../workers/shared/carriers.ts";
import { storeDeadLetters, sweepDeadLetters } from "../../workers/shared/dead-letters.ts";
import { consume } from "../../workers/shared/inbox.ts";
import { Chance } from "./chance.ts";
import { Clock } from "./clock.ts";
import { Cloud, type Caller } from "./cloud.ts";
import { borrowDatabase, type TownDatabase } from "./database.ts";
import { menuOf, settings } from "./menu.ts";
import { Provider } from "./provider.ts";
import { TownQueue } from "./queue.ts";
import { Story } from "./story.ts";
import { fair, forecast, type Blow, type Forecast } from "./weather.ts";

export const tenant = "demo";
export const venue = "tasca";
export const venueName = `${tenant}/${venue}`;
export const zoneName = `${tenant}/main`;

/** A Saturday, 2026-11-14 18:00 UTC. */
const start = 1_794_679_200_000;
const minute = 60_000;
export const hour = 60 * minute;

const services = {
  ordering: ["order", "venue"],
  kitchen: ["board"],
  delivery: ["zone", "driver"],
} as const;
type ServiceName = keyof typeof services;

/** Whose power never goes off: people, and workers between two requests. */
export function person(name: string): Caller {
  return { name, alive: () => {} };
}

/** One venue with its kitchen, drivers and customers, over the real objects and consumers of all three workers. */
export class Town {
  readonly clock = new Clock(start);
  readonly chance: Chance;
  readonly story: Story;
  readonly cloud: Cloud;
  readonly provider: Provider;
  readonly db: TownDatabase;
  readonly forecast: Forecast;
  readonly queues: Readonly<Record<string, TownQueue>>;
  /** Whom a blow takes offline, and how to. */
  readonly takeOffline: Record<"tablet" | "drivers" | "customers", ((ms: number) => void)[]>;
  /** When (epoch ms) things of some consequence were seen to happen. */
  readonly seen = new Map<string, number>();
  /** What drivers have said at the door: `{order} {pin}`. */
  readonly pinsGiven = new Set<string>();
  private readonly unhandled = new Set<string>();
  private cronRuns = 0;
  private first: VenueSnapshot | undefined;
  private readonly read = new Map<string, { readonly version: number; readonly order: Order | null }>();

  constructor(seed: number) {
    this.chance = new Chance("town", seed);
    this.forecast = forecast(new Chance("weather", seed));
    this.story = new Story(() => this.clock.now);
    this.cloud = new Cloud(this.clock, this.chance, this.story);
    this.provider = new Provider(this.cloud);
    this.db = borrowDatabase(this.chance);
    this.takeOffline = { tablet: [], drivers: [], customers: [] };
    const names = { [`order/${tenant}/`]: "", [`board/${venueName}`]: "board", [`venue/${venueName}`]: "venue", [`zone/${zoneName}`]: "zone", [`driver/${tenant}/`]: "", [`outlet/${tenant}/orders`]: "outlet" }; // prettier-ignore
    for (const [id, name] of Object.entries(names)) this.story.call(id, name);
    this.queues = this.layQueues();
    this.defineObjects();
  }

  /** Opens the venue: nothing goes wrong before that. */
  async open(): Promise<void> {
    const crew = person("crew");
    const place = this.cloud.namespace<VenueObject>("venue", crew).getByName(venueName);
    const ask = { by: "crew", key: null, fingerprint: null, traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` };
    let isOpen = false;
    this.clock.in(0, async () => {
      await place.command({ type: "configure", settings }, ask);
      const tracked = Object.fromEntries(
        menuOf(1).items.flatMap(({ id, stock }) => (stock === null ? [] : [[id, stock]])),
      );
      await place.command({ type: "publish-menu", version: 1, tracked }, ask);
      // The front door's memory outlives a town; it must not know of another's venue.
      this.first = await place.snapshot();
      this.rememberFirst();
      isOpen = true;
    });
    await this.clock.run(this.clock.now + minute);
    if (!isOpen) throw new Error("the venue did not open");
  }

  /** What a front door knows of the venue is from then on what it was when it opened. */
  rememberFirst(): void {
    if (this.first !== undefined) keep(tenant, venue, this.first);
  }

  /** Lets the storm begin. */
  storm(): void {
    const { weather, blows, lasts, names } = this.forecast;
    this.story.tell(`weather: ${names.length === 0 ? "fair" : names.join(", ")} for ${lasts / minute} min`);
    this.cloud.setWeather(weather);
    for (const { at, blow } of blows) this.clock.in(at, () => this.strike(blow));
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

  env(caller: Caller): OrderingEnv {
    const queue = (name: string): Queue | undefined => this.queues[name]?.producer(caller);
    return {
      ORDER: this.cloud.namespace("order", caller),
      VENUE: this.cloud.namespace("venue", caller),
      BOARD: this.cloud.namespace("board", caller),
      ZONE: this.cloud.namespace("zone", caller),
      DRIVER: this.cloud.namespace("driver", caller),
      DB: this.db.asD1,
      ORDERING_INBOX: queue("ordering-inbox"),
      KITCHEN_INBOX: queue("kitchen-inbox"),
      DELIVERY_INBOX: queue("delivery-inbox"),
      OUTLET: queue("outlet"),
      DEAD_LETTERS: queue("ordering-inbox-dead"),
      PAYMENT_URL: "https://provider.test",
      PAYMENT_SECRET: "secret",
    } as unknown as OrderingEnv;
  }

  /** The order as it stands on disk; null where it is nothing yet. */
  order(id: string): Order | null {
    const place = this.cloud.places.get(`order/${tenant}/${id}`);
    if (place === undefined || !place.disk.hasTables) return null;
    const { version } = place.disk;
    const known = this.read.get(id);
    if (known?.version === version) return known.order;
    const [row] = place.disk.rows<{ body: string }>("SELECT body FROM state WHERE key = 'self'");
    const order: Order | null = row === undefined ? null : JSON.parse(row.body);
    this.read.set(id, { version, order });
    return order;
  }

  principal(role: Principal["role"], subject: string): Principal {
    return { tenant, subject, role, venues: null, expiresAt: start + 1_000 * hour };
  }

  private defineObjects(): void {
    const classes = {
      order: OrderObject,
      venue: VenueObject,
      board: BoardObject,
      zone: ZoneObject,
      driver: DriverObject,
    };
    for (const [kind, Class] of Object.entries(classes)) {
      this.cloud.define(kind, (state, self) => {
        const Made = Class as unknown as new (state: DurableObjectState, env: object) => object;
        return this.perhapsUnable(kind, new Made(state, this.env(self)));
      });
    }
  }

  /** While a bad deployment is out, what it cannot handle throws where it would be handled. */
  private perhapsUnable(kind: string, object: object): object {
    if (!this.forecast.names.includes("bad deployment")) return object;
    const rules: { react(fact: { type: string }, ...rest: unknown[]): unknown } = Reflect.get(object, "rules");
    const react = (fact: { type: string }, ...rest: unknown[]): unknown => {
      if (this.unhandled.has(`${kind} ${fact.type}`)) throw new Error("this deployment cannot handle it");
      return rules.react(fact, ...rest);
    };
    Object.defineProperty(object, "rules", { value: { ...rules, react } });
    return object;
  }

  private layQueues(): Record<string, TownQueue> {
    const { cloud } = this;
    const stopped = { maxBatchTimeout: 0, maxRetries: 10, retryDelay: 30, deadLetters: null };
    const normal = { maxBatchTimeout: 0, maxRetries: 3, retryDelay: 1 };
    const dead = (name: string): TownQueue =>
      new TownQueue(cloud, `${name}-dead`, { ...stopped, consumer: (batch) => storeDeadLetters(batch, this.db.asD1) });
    const queues: Record<string, TownQueue> = {};
    for (const service of Object.keys(services) as ServiceName[]) {
      const name = `${service}-inbox`;
      const letters = (queues[`${name}-dead`] = dead(name));
      const consumer = (batch: MessageBatch, self: Caller): Promise<void> => {
        const objects = services[service].map((kind) => [kind, cloud.namespace<Receiver>(kind, self)]);
        const reach = { ordering: ["ordering", "kitchen", "delivery"], kitchen: ["ordering"], delivery: ["ordering", "delivery"] }[service]; // prettier-ignore
        const back = reach.map((to) => [to, queues[`${to}-inbox`]?.producer(self)]);
        const inbox = { objects: Object.fromEntries(objects), queues: Object.fromEntries(back), db: this.db.asD1 };
        return consume(batch, { consumer: name, dead: letters.producer(self), ...inbox });
      };
      queues[name] = new TownQueue(cloud, name, { ...normal, deadLetters: letters, consumer });
    }
    const letters = (queues["outlet-dead"] = dead("outlet"));
    const consumer = (batch: MessageBatch, self: Caller): Promise<void> => consumeOutlet(batch, this.env(self));
    queues["outlet"] = new TownQueue(cloud, "outlet", {
      ...normal,
      maxBatchTimeout: 1,
      deadLetters: letters,
      consumer,
    });
    return queues;
  }

  private strike(blow: Blow): void {
    const { story, cloud, clock } = this;
    const { type, ...more } = blow;
    story.tell(`✗✗ ${type} ${Object.values(more).join(" ")}`);
    switch (blow.type) {
      case "kill":
        cloud.restart(["order", "venue", "board", "zone", "driver"]);
        for (const queue of Object.values(this.queues)) queue.drop();
        return;
      case "deploy":
        return cloud.restart(services[blow.service]);
      case "drop-queue":
        return this.queues[blow.queue]?.drop();
      case "bad-deploy": {
        const name = `${blow.kind} ${blow.fact}`;
        this.unhandled.add(name);
        return clock.in(blow.ms, () => this.unhandled.delete(name));
      }
      case "provider-down":
        this.provider.isDown = true;
        return clock.in(blow.ms, () => (this.provider.isDown = false));
      case "database-down":
        this.db.isDown = true;
        return clock.in(blow.ms, () => (this.db.isDown = false));
      case "offline":
        for (const take of this.takeOffline[blow.who]) take(blow.ms);
        return;
    }
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
