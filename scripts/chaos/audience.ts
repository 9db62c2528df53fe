import { createECDH, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { pushRoutes } from "../../contracts/push-routes.ts";
import type { PushTopic } from "../../contracts/push.ts";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import type { Credential } from "../client/api.ts";
import { type Random, randomFrom } from "../simulate/random.ts";
import type { PlayedOrder } from "../simulate/played-order.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import type { AtRest } from "./last-look.ts";
import type { Sandbox } from "./sandbox.ts";
import { Till } from "./till.ts";
import { type Excuse, logOf, mailFaults, pushFaults, repeated, reportFaults } from "./told.ts";
import { openUnattended, type Unattended } from "./unattended.ts";

const everyMs = 300;
/** Of orders: so many are followed in one browser, and of these so many in two. */
const [oneBrowser, twoBrowsers] = [0.5, 0.3];

/**
 * Everybody who wants to be told while they do not look: customers in their browsers and by mail, the owner of a venue
 * where nobody looks after the tablets, and a till that hears of all orders.
 */
export class Audience {
  readonly unattended: Unattended;
  readonly #world: World;
  readonly #sandbox: Sandbox;
  readonly #till: Till;
  readonly #random: Random;
  /** By order: the names of its browsers with the push service. */
  readonly #browsers = new Map<string, string[]>();
  readonly #known = new Set<PlayedOrder>();
  readonly #asking: Promise<void>[] = [];
  /** Orders of which everything was right once. */
  readonly #right = new Set<string>();
  readonly #owner: string;
  readonly #leaving = new AbortController();

  private constructor(world: World, sandbox: Sandbox, till: Till, unattended: Unattended, owner: string, random: Random) {
    this.#world = world;
    this.#sandbox = sandbox;
    this.#till = till;
    this.unattended = unattended;
    this.#owner = owner;
    this.#random = random;
  } // prettier-ignore

  static async gather(world: World, shops: readonly Shop[], sandbox: Sandbox, seed: string): Promise<Audience> {
    const random = randomFrom(seed, "audience");
    const till = await Till.open(randomFrom(seed, "till"));
    const unattended = await openUnattended(world, shops);
    const made = await world.api.call(webhookRoutes.create, { as: world.admin, body: { url: till.url } });
    if (!made.ok) throw new Error(`The till cannot be told: ${describe(made)}`);
    till.secret = made.value.secret;
    const owner = randomUUID();
    const audience = new Audience(world, sandbox, till, unattended, owner, random);
    const watches = await audience.#subscribe(world.admin, owner, { kind: "venue", venue: unattended.venue });
    if (watches !== null) throw new Error(`The owner cannot be told: ${watches}`);
    void audience.#follow();
    return audience;
  }

  /** Nobody wants to be told of anything new from here on. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    await Promise.all(this.#asking);
  }

  close(): void {
    this.#till.close();
  }

  /** Who was told otherwise than is due, in words; it may only be on its way. */
  async faults(orders: readonly AtRest[], excuse: Excuse): Promise<string[]> {
    const wrong = this.#till.forged.map((id) => `the till was told ${id} without a signature of ours`);
    for (const { played, view } of orders) {
      if (this.#right.has(view.id)) continue;
      const found = await this.#aboutOrder(played, view, excuse);
      if (found.length === 0) this.#right.add(view.id);
      wrong.push(...found.map((words) => `${view.id}: ${words}`));
    }
    return [...wrong, ...(await this.#aboutOwner(excuse))];
  }

  /** How many of what came, for the report. */
  async tally(): Promise<Readonly<Record<string, number>>> {
    const browsers = [...this.#browsers.values(), [this.#owner]].flat();
    const pushes = await Promise.all(browsers.map((browser) => this.#sandbox.pushes(browser)));
    const reports = [...this.#till.arrivals.values()].flat();
    return {
      "browsers subscribed": browsers.length,
      pushes: pushes.flat().length,
      mails: (await this.#sandbox.mails(null)).length,
      reports: reports.length,
      "reports taken": new Set(reports.filter(({ taken }) => taken).map(({ id }) => id)).size,
    };
  }

  async #aboutOrder(played: PlayedOrder, view: AtRest["view"], excuse: Excuse): Promise<string[]> {
    const reply = await this.#world.api.call(orderRoutes.events, { as: this.#world.admin, params: { order: view.id } });
    if (!reply.ok) return [`its log cannot be read: ${describe(reply)}`];
    const log = logOf(reply.value.events);
    const browsers = this.#browsers.get(view.id) ?? [];
    const brought = await this.#brought(browsers);
    const heard = log.filter(({ type }) => type === "push-subscribed").length;
    const lost = heard === browsers.length ? [] : [`${browsers.length} browsers subscribed, it knows ${heard}`];
    const address = played.plan.email;
    const mails = address === undefined ? [] : mailFaults(log, (await this.#sandbox.mails(address)).length);
    const told = this.#till.arrivals.get(view.id) ?? [];
    return [...lost, ...pushFaults(view, log, brought, excuse), ...mails, ...reportFaults(log, told, excuse)];
  }

  async #aboutOwner(excuse: Excuse): Promise<string[]> {
    const brought = await this.#brought([this.#owner]);
    const { orders } = this.unattended;
    const wrong = orders.flatMap((order) => {
      const keys = [...brought.keys()].filter((key) => key.startsWith(`${order}/unseen/`));
      return keys.length === 1 ? [] : [`the owner was told ${keys.length} times that nobody sees ${order}`];
    });
    const strangers = [...brought.keys()].filter((key) => !orders.some((order) => key.startsWith(`${order}/`)));
    const again = [...brought].flatMap(([key, came]) => repeated(key, came, excuse));
    return [...wrong, ...strangers.map((key) => `the owner was told ${key}`), ...again];
  }

  /** When each key came, in the order of its coming. */
  async #brought(browsers: readonly string[]): Promise<Map<string, number[]>> {
    const all = (await Promise.all(browsers.map((browser) => this.#sandbox.pushes(browser)))).flat();
    const keys = Map.groupBy(all, ({ key }) => key ?? "");
    return new Map([...keys].map(([key, pushes]) => [key, pushes.map(({ at }) => Date.parse(at))]));
  }

  async #follow(): Promise<void> {
    for (; !this.#leaving.signal.aborted; await sleep(everyMs)) {
      for (const order of this.#world.journal.all) {
        if (order.id === undefined || order.guest === undefined || this.#known.has(order)) continue;
        this.#known.add(order);
        const luck = this.#random();
        const browsers = luck < oneBrowser * twoBrowsers ? 2 : luck < oneBrowser ? 1 : 0;
        for (let browser = 0; browser < browsers; browser += 1)
          this.#asking.push(this.#listen(order.id, order.guest, order.venue));
      }
    }
  }

  async #listen(order: string, guest: Credential, venue: string): Promise<void> {
    const browser = randomUUID();
    const refused = await this.#subscribe(guest, browser, { kind: "order", order });
    if (refused === null) this.#browsers.set(order, [...(this.#browsers.get(order) ?? []), browser]);
    // It may be over before anybody could ask.
    else if (!refused.startsWith("409")) this.#world.findings.add("refused", `subscribing: ${refused}`, { order, venue });
  } // prettier-ignore

  /** Why not; null where it was taken. */
  async #subscribe(as: Credential, browser: string, topic: PushTopic): Promise<string | null> {
    const curve = createECDH("prime256v1");
    curve.generateKeys();
    const keys = { p256dh: curve.getPublicKey("base64url"), auth: randomBytes(16).toString("base64url") };
    const body = { endpoint: this.#sandbox.pushUrl(browser), keys, topic };
    const reply = await this.#world.api.call(pushRoutes.subscribe, { as, body });
    return reply.ok ? null : describe(reply);
  }
}
