import { Disk, PowerCut, type Power } from "../../workers/shared/testing/disk.ts";
import { ObjectState } from "../../workers/shared/testing/object-state.ts";
import { Clock } from "./clock.ts";
import { noFaults, type Faults } from "./faults.ts";
import { SimulatedQueue, type Consumption } from "./queue.ts";

/** What the platform asks of an object. */
export interface Waking {
  alarm?(): Promise<void>;
}

/** Makes an object as it wakes. `alive` throws once its power is off: what leaves the object must ask it. */
export type Maker = (state: ObjectState, alive: () => void) => Waking;

interface Living {
  readonly object: Waking;
  readonly state: ObjectState;
  readonly switch: { on: boolean };
}

interface Place {
  readonly disk: Disk;
  living: Living | undefined;
}

/** An alarm handler that throws is called again so often, and then never more. */
const mostAlarmRetries = 6;

/**
 * A small Cloudflare: objects with storage and alarms, calls between them, and queues, all on one repeatable clock,
 * where power may go at any write. What is in memory then is gone; what is on disk is not.
 */
export class World {
  readonly clock: Clock;
  faults: Faults = noFaults;
  /** What no fault excuses, in words. */
  readonly broken: string[] = [];
  powerCuts = 0;
  /** Told of everything that is sent to a queue. */
  onSend: (queue: string, body: unknown) => void = () => {};
  private readonly makers = new Map<string, Maker>();
  private readonly places = new Map<string, Place>();
  private readonly queues: SimulatedQueue[] = [];

  constructor(seed: number, start = Date.UTC(2026, 0, 1)) {
    this.clock = new Clock(start, seed);
  }

  /** Says how objects of a namespace are made. */
  define(namespace: string, maker: Maker): void {
    this.makers.set(namespace, maker);
  }

  queue(name: string, consumption: Consumption | null): SimulatedQueue {
    const made = new SimulatedQueue(this, name, consumption);
    this.queues.push(made);
    return made;
  }

  /** A namespace as an object or a worker holds it; `alive` is the caller's. */
  namespace<T>(namespace: string, alive: () => void = () => {}): { getByName(name: string): T } {
    const stub = (name: string): object =>
      new Proxy(
        {},
        {
          get: (_, method) =>
            typeof method === "symbol" || method === "then"
              ? undefined
              : (...given: unknown[]) => this.call(namespace, name, method, given, alive),
        },
      );
    return { getByName: (name) => stub(name) as T };
  }

  /** Every object that was ever touched: `namespace:name` and its disk. */
  *disks(): IterableIterator<[place: string, disk: Disk]> {
    for (const [key, { disk }] of this.places) yield [key, disk];
  }

  /** The object's state while it is awake; wakes it otherwise. */
  stateOf(namespace: string, name: string): ObjectState {
    return this.wake(namespace, name).state;
  }

  /** Puts an idle object to sleep, as the platform does: its memory is gone. */
  sleep(namespace: string, name: string): void {
    this.cut(this.place(namespace, name));
  }

  /** Ends the process: all memory is gone, and with it, as in local development, every message on a queue. */
  kill(): void {
    for (const place of this.places.values()) this.cut(place);
    for (const queue of this.queues) queue.forget();
  }

  private cut(place: Place): void {
    if (place.living === undefined) return;
    place.living.switch.on = false;
    place.living = undefined;
  }

  private place(namespace: string, name: string): Place {
    const key = `${namespace}:${name}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place: Place = { disk: new Disk(), living: undefined };
    place.disk.onAlarm = (at) => this.clock.at(at, () => this.ring(namespace, name, at));
    this.places.set(key, place);
    return place;
  }

  private wake(namespace: string, name: string): Living {
    const place = this.place(namespace, name);
    if (place.living !== undefined) return place.living;
    const maker = this.makers.get(namespace);
    if (maker === undefined) throw new Error(`no such namespace: ${namespace}`);
    const current = { on: true };
    const alive = (): void => {
      if (!current.on) throw new PowerCut();
    };
    const power: Power = {
      step: () => {
        alive();
        if (!this.clock.chance.hits(this.faults.powerCut)) return;
        this.powerCuts += 1;
        this.cut(place);
        current.on = false;
        throw new PowerCut();
      },
    };
    const state = new ObjectState(name, place.disk, power);
    const object = maker(state, alive);
    place.living = { object, state, switch: current };
    return place.living;
  }

  private async call(
    namespace: string,
    name: string,
    method: string,
    given: unknown[],
    alive: () => void,
  ): Promise<unknown> {
    alive();
    const { clock } = this;
    const carried = structuredClone(given);
    await clock.sleep(clock.chance.upTo(Math.min(this.faults.delay, 2_000)));
    if (clock.chance.hits(this.faults.callBreaks / 2)) throw new Error("Network connection lost.");
    const living = this.wake(namespace, name);
    const handler: unknown = Reflect.get(living.object, method);
    if (typeof handler !== "function")
      throw new TypeError(`The RPC receiver does not implement the method "${method}".`);
    const answer: unknown = structuredClone(await Reflect.apply(handler, living.object, carried));
    if (!living.switch.on) throw new Error("The Durable Object's process died.");
    await clock.sleep(clock.chance.upTo(Math.min(this.faults.delay, 2_000)));
    if (clock.chance.hits(this.faults.callBreaks / 2)) throw new Error("Network connection lost.");
    return answer;
  }

  /** The alarm set for `at` goes off, unless another has taken its place. */
  private ring(namespace: string, name: string, at: number): void {
    const place = this.place(namespace, name);
    if (place.disk.alarmAt !== at) return;
    place.disk.alarmAt = null;
    void this.goOff(namespace, name, place, 0);
  }

  private async goOff(namespace: string, name: string, place: Place, retries: number): Promise<void> {
    let living: Living | undefined;
    try {
      living = this.wake(namespace, name);
      await living.object.alarm?.();
      if (!living.switch.on) throw new PowerCut();
    } catch (error) {
      const cut = error instanceof PowerCut || living?.switch.on === false;
      if (!cut) this.broken.push(`the alarm of ${namespace}:${name} threw: ${String(error)}`);
      if (place.disk.alarmAt !== null) return;
      if (!cut && retries >= mostAlarmRetries) return;
      // The platform keeps an alarm until its handler has ended well.
      this.clock.in(2_000 * 2 ** retries, () => {
        if (place.disk.alarmAt === null) void this.goOff(namespace, name, place, cut ? retries : retries + 1);
      });
    }
  }
}
