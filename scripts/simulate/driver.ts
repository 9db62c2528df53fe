import { setTimeout as sleep } from "node:timers/promises";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DriverMessage, type DriverView, type PhoneMessage, type TaskView } from "../../contracts/driver.ts";
import type { Point } from "../../contracts/point.ts";
import type { Reply } from "../client/api.ts";
import { LiveSocket } from "../client/live-socket.ts";
import type { Tokens } from "../client/tokens.ts";
import type { PlayedOrder } from "./played-order.ts";
import { describe, isOver, taken, type World } from "./world.ts";

/** How often a phone on the way says where it is, and one that waits, in milliseconds. */
const movingMs = 1_000;
const idleMs = 30_000;

/** A driver with a phone: takes offers, fetches the food and hands it over for the PIN. */
export class Driver {
  readonly name: string;
  readonly #world: World;
  readonly #tokens: Tokens;
  readonly #socket: LiveSocket<DriverMessage>;
  readonly #asked = new Set<string>();
  readonly #doing = new Set<string>();
  readonly #beat: NodeJS.Timeout;
  #isGone = false;
  #view: DriverView | null = null;
  #at: Point;

  constructor(world: World, name: string, tokens: Tokens, at: Point) {
    this.name = name;
    this.#world = world;
    this.#tokens = tokens;
    this.#at = at;
    this.#socket = new LiveSocket({
      baseUrl: world.baseUrl,
      path: deliveryRoutes.myLive.path,
      as: tokens,
      schema: DriverMessage,
      message: (message) => this.#hear(message),
      fault: (kind, detail) =>
        world.findings.add(kind === "misshapen" ? "contract" : `socket-${kind}`, `${name}'s socket: ${detail}`),
      refused: (status) => world.findings.add("refused", `${name}'s socket: ${status}`),
      lost: () => (world.troubles.sockets += 1),
    });
    this.#beat = setInterval(() => this.#report(), idleMs);
  }

  /** As the phone's socket showed the driver last. */
  get view(): DriverView | null {
    return this.#view;
  }

  async comeOnShift(zone: string): Promise<void> {
    await this.#shift({ on: true, zone, name: this.name, vehicle: "car", position: this.#at });
  }

  async goOffShift(): Promise<void> {
    clearInterval(this.#beat);
    await this.#shift({ on: false });
    this.#socket.close();
  }

  cutSocket(): void {
    if (!this.#isGone) this.#socket.cut();
  }

  /** Battery empty, phone in the river: nothing is heard of it any more, and it hears nothing. */
  #dropOut(order: PlayedOrder): void {
    this.#isGone = true;
    order.abandoned = true;
    if (this.#world.dropouts !== undefined) this.#world.dropouts.count += 1;
    clearInterval(this.#beat);
    this.#socket.close();
  }

  #dropsOut(order: PlayedOrder, way: "fetching" | "bringing"): boolean {
    const { count, most } = this.#world.dropouts ?? { count: 0, most: 0 };
    return !order.abandoned && order.plan.drivers.dropsOut === way && count < most;
  }

  async #shift(body: { on: boolean; zone?: string; name?: string; vehicle?: "car"; position?: Point }): Promise<void> {
    const reply = await this.#world.api.call(deliveryRoutes.shift, { as: this.#tokens, body });
    if (!reply.ok)
      this.#world.findings.add("refused", `${this.name} going ${body.on ? "on" : "off"} shift: ${describe(reply)}`);
  }

  #hear(message: DriverMessage): void {
    if (this.#isGone) return;
    const now = performance.now();
    if (message.type === "problem") {
      this.#world.findings.add("refused", `${this.name}'s message: ${message.problem.detail ?? message.problem.title}`);
      return;
    }
    const view = message.driver;
    this.#view = view;
    const { offer } = view;
    if (offer !== null && !this.#asked.has(`${offer.order} ${offer.expiresAt}`)) {
      this.#asked.add(`${offer.order} ${offer.expiresAt}`);
      void this.#consider(offer.order, now);
    }
    for (const task of view.tasks) {
      const order = this.#world.journal.of(task.order);
      order?.moments.note("driver:task", now);
      if (task.ready) order?.moments.note("driver:ready", now);
      order?.heard();
      if (order !== undefined && !this.#doing.has(task.order)) {
        this.#doing.add(task.order);
        void this.#carry(order).finally(() => this.#doing.delete(task.order));
      }
    }
    if (message.type === "event" && message.order !== null) this.#world.journal.of(message.order)?.heard();
  }

  async #consider(id: string, now: number): Promise<void> {
    const order = await this.#world.journal.find(id);
    // Somebody else's order in the same zone: left to somebody else's drivers.
    if (order === null) return void (await this.#act(id, "decline"));
    order.moments.note("driver:offered", now);
    const { declines, thinkFor } = order.plan.drivers;
    const declined = declines[order.offers] ?? false;
    order.offers += 1;
    await sleep(thinkFor);
    if (this.#isGone) return;
    const offered = () => this.#view?.offer?.order === id;
    if (!offered()) return;
    if (!declined) order.moments.note("take", performance.now());
    const what = declined ? "decline" : "accept";
    await taken(
      this.#world,
      order,
      `${this.name}'s ${what}`,
      this.#act(id, what),
      () => !offered() || isOver(order.view),
    );
  }

  async #carry(order: PlayedOrder): Promise<void> {
    const { toVenue, toCustomer, wrongPin } = order.plan.drivers;
    const id = order.id ?? "";
    const task = () => this.#view?.tasks.find((one) => one.order === id);
    const gone = () => task() === undefined || isOver(order.view) || order.over;
    const tell = (what: "arrive" | "pickup") =>
      taken(this.#world, order, `${this.name}'s ${what}`, this.#act(id, what), gone);

    if (task()?.stage === "to-venue") {
      if (this.#dropsOut(order, "fetching")) return this.#dropOut(order);
      await this.#travel(pointOf(task(), "pickup"), toVenue);
      if (gone()) return;
      order.moments.note("arrive", performance.now());
      if (!(await tell("arrive"))) return;
    }
    if (task()?.stage !== "to-customer") {
      await order.until(() => gone() || task()?.ready === true);
      if (gone()) return;
      order.moments.note("pickup", performance.now());
      if (!(await tell("pickup"))) return;
    }
    if (this.#dropsOut(order, "bringing")) {
      this.#dropOut(order);
      return this.#takeOver(order, toCustomer);
    }
    await this.#travel(pointOf(task(), "dropoff"), toCustomer);
    if (gone()) return;
    const pin = order.view?.delivery?.pin ?? "";
    if (wrongPin) await this.#misheard(order, pin);
    order.moments.note("deliver", performance.now());
    await taken(this.#world, order, `${this.name}'s deliver`, this.#deliver(id, pin), gone);
  }

  /** Nobody else has the food: somebody at the venue rings the customer up, and says that it has come. */
  async #takeOver(order: PlayedOrder, ms: number): Promise<void> {
    await sleep(ms);
    if (isOver(order.view) || order.over) return;
    order.moments.note("deliver", performance.now());
    const { api, admin } = this.#world;
    const confirmed = api.call(deliveryRoutes.deliver, { as: admin, params: { id: order.id ?? "" }, body: {} });
    await taken(this.#world, order, "the crew's confirmation", confirmed, () => isOver(order.view));
  }

  /** Nobody may hand over on a wrong PIN. */
  async #misheard(order: PlayedOrder, pin: string): Promise<void> {
    const wrong = pin.startsWith("1") ? `2${pin.slice(1)}` : `1${pin.slice(1)}`;
    const reply = await this.#deliver(order.id ?? "", wrong);
    if (reply.ok)
      this.#world.findings.add("contradiction", "a wrong PIN was taken", { order: order.id, venue: order.venue });
  }

  #act(id: string, what: "accept" | "decline" | "arrive" | "pickup"): Promise<Reply<unknown>> {
    return this.#world.api.call(deliveryRoutes[what], { as: this.#tokens, params: { id }, body: {} });
  }

  #deliver(id: string, pin: string): Promise<Reply<unknown>> {
    return this.#world.api.call(deliveryRoutes.deliver, { as: this.#tokens, params: { id }, body: { pin } });
  }

  /** Goes there in a straight line and says on the way where the phone is. */
  async #travel(to: Point | null, ms: number): Promise<void> {
    const from = this.#at;
    const steps = to === null ? 0 : Math.floor(ms / movingMs);
    for (let step = 1; step <= steps; step += 1) {
      await sleep(ms / (steps + 1));
      const part = step / (steps + 1);
      if (to !== null)
        this.#at = { lat: from.lat + (to.lat - from.lat) * part, lng: from.lng + (to.lng - from.lng) * part };
      this.#report();
    }
    await sleep(ms / (steps + 1));
    if (to === null) return;
    this.#at = to;
    this.#report();
  }

  #report(): void {
    if (this.#isGone) return;
    const at = new Date().toISOString();
    this.#socket.send(JSON.stringify({ type: "position", ...this.#at, at } satisfies PhoneMessage));
  }
}

function pointOf(task: TaskView | undefined, which: "pickup" | "dropoff"): Point | null {
  return task?.[which].point ?? null;
}
