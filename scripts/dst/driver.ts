import type { DriverMessage, DriverView, TaskView } from "../../contracts/driver.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { DriverCommand } from "../../domain/delivery/command.ts";
import type { DriverObject } from "../../workers/delivery/driver-object.ts";
import type { Chance } from "./chance.ts";
import type { Remote } from "./remote.ts";
import { Follower } from "./follower.ts";
import { insist } from "./insist.ts";
import { zoneOf, type House } from "./houses.ts";
import { person, type Town } from "./town.ts";

const second = 1_000;
const minute = 60 * second;

/** Somebody who delivers: takes offers or not, fetches, and asks for the PIN at the door. */
export class Driver {
  readonly id: string;
  readonly follower: Follower<DriverMessage>;
  readonly tenant: string;
  /** The id of the zone of the shift. */
  readonly zone: string;
  private readonly town: Town;
  private readonly chance: Chance;
  private readonly busy = new Set<string>();
  private readonly tries = new Map<string, number>();
  private me: DriverView | undefined;

  constructor(town: Town, house: House, id: string, chance: Chance) {
    this.town = town;
    this.tenant = house.tenant;
    this.zone = zoneOf(house);
    this.id = id;
    this.chance = chance;
    const what = {
      name: `${id}'s phone`,
      namespace: "driver",
      object: `${house.tenant}/${id}`,
      path: "/live",
      principal: town.principal(house, "driver", id),
    };
    this.follower = new Follower<DriverMessage>(town, what, (message) => this.hear(message));
    town.takeOffline.drivers.push((ms) => this.follower.goOffline(ms));
  }

  async play(): Promise<void> {
    const { town, chance, id } = this;
    await town.clock.sleep(chance.between(0, 10 * minute));
    const point = { lat: 38.71 + chance.next() / 50, lng: -9.13 - chance.next() / 50 };
    const command = {
      type: "begin-shift",
      zone: this.zone,
      name: id,
      vehicle: chance.of(["foot", "bike", "car"] as const),
      point,
    } as const;
    await insist(town, id, "begin-shift", async (ask) => this.twin().shift(command, ask));
    void this.follower.come();
    for (let at = 1; at <= 3; at += 1) {
      town.clock.in(at * chance.between(minute, 8 * minute), () => this.move());
    }
  }

  /** Comes back on shift. */
  comeBack(): void {
    void this.follower.come();
  }

  /** The day is over: off shift as soon as everything is delivered or handed back. */
  async goHome(): Promise<void> {
    const { town, id } = this;
    for (let tries = 0; tries < 60; tries += 1) {
      const answer = await insist(town, id, "end-shift", async (ask) => this.twin().shift({ type: "end-shift" }, ask));
      if (!isRefusal(answer)) return;
      await town.clock.sleep(10 * minute);
    }
  }

  /** What the phone shows. */
  get shown(): DriverView | undefined {
    return this.me;
  }

  private async move(): Promise<void> {
    if (!this.follower.isOnline) return;
    const { chance } = this;
    const point = { lat: 38.71 + chance.next() / 50, lng: -9.13 - chance.next() / 50 };
    await this.twin()
      .position(point, this.town.clock.now)
      .catch(() => {});
  }

  private hear(message: DriverMessage): void {
    if (message.type === "problem") return void this.town.cloud.broken.push(`${this.id} is told of a problem`);
    this.me = message.driver;
    const { offer, tasks } = message.driver;
    if (offer !== null)
      this.once(`offer ${offer.order} ${offer.expiresAt}`, offer.order, () => this.answer(offer.order));
    for (const task of tasks) this.once(task.order, task.order, () => this.proceed(task.order));
  }

  /** One thing at a time about one order. */
  private once(name: string, order: string, work: () => Promise<void>): void {
    if (this.busy.has(name)) return;
    this.busy.add(name);
    const isOffer = name !== order;
    this.town.clock.in(this.chance.between(second, isOffer ? 40 * second : 5 * minute), async () => {
      while (!this.follower.isOnline) await this.town.clock.sleep(minute);
      await work();
      if (isOffer) return;
      this.busy.delete(name);
      // What was told in the meantime was passed over.
      this.town.clock.in(second, () => {
        const task = this.me?.tasks.find((one) => one.order === order);
        if (task !== undefined) this.once(order, order, () => this.proceed(order));
      });
    });
  }

  private async answer(order: string): Promise<void> {
    const type = this.chance.of(["accept", "accept", "accept", "accept", "decline", "nothing"] as const);
    if (type !== "nothing") await this.drive({ type, order, driver: this.id });
  }

  private async proceed(order: string): Promise<void> {
    const task = this.me?.tasks.find((one) => one.order === order);
    if (task === undefined) return;
    const command = this.commandFor(task);
    if (command !== null) await this.drive(command);
  }

  private commandFor({ order, stage, ready }: TaskView): DriverCommand | null {
    const { chance, id: driver, town } = this;
    switch (stage) {
      case "to-venue":
        if (chance.hits(0.08)) return { type: "decline", order, driver };
        return { type: chance.hits(0.7) ? "arrive" : "pick-up", order, driver };
      case "at-venue":
        if (!ready && chance.hits(0.9)) return this.wait(order) ? null : { type: "decline", order, driver };
        return { type: "pick-up", order, driver };
      case "to-customer": {
        if (chance.hits(0.06)) {
          return { type: "fail", order, driver, reason: "nobody-there", detail: "", returning: chance.hits(0.5) };
        }
        const pin = chance.hits(0.15) ? "0000" : (town.order(order)?.placed?.pin ?? "");
        return { type: "deliver", order, driver, pin };
      }
      case "returning":
        if (chance.hits(0.1)) return { type: "fail", order, driver, reason: "other", detail: "", returning: false };
        return { type: "bring-back", order, driver };
    }
  }

  /** Food that is not ready is waited for, but not for ever. */
  private wait(order: string): boolean {
    const tries = (this.tries.get(order) ?? 0) + 1;
    this.tries.set(order, tries);
    return tries < 30;
  }

  private async drive(command: DriverCommand): Promise<void> {
    const { town, id } = this;
    if (command.type === "deliver") town.pinsGiven.add(`${command.order} ${command.pin}`);
    await insist(town, id, `${command.type} ${command.order}`, (ask) => this.twin().drive(command, ask));
  }

  private twin(): Remote<DriverObject> {
    return this.town.cloud.namespace<DriverObject>("driver", person(this.id)).getByName(`${this.tenant}/${this.id}`);
  }
}
