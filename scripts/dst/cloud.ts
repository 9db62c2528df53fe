import { Alarms } from "./alarms.ts";
import type { Chance } from "./chance.ts";
import type { Clock } from "./clock.ts";
import { PowerCut } from "../../workers/shared/testing/disk.ts";
import { borrowDisk, Disk, giveBack, storageOn, type Image, type Written } from "./disk.ts";
import { carriedOver } from "./carried-over.ts";
import { atWork, type Worker } from "./globals.ts";
import type { Remote } from "./remote.ts";
import type { ClientEnd, ServerEnd } from "./sockets.ts";
import type { Story } from "./story.ts";
import { fair, type Weather } from "./weather.ts";

/** Whoever calls: throws once their power is off. */
export interface Caller {
  readonly name: string;
  alive(): void;
}

/** Makes an object as it wakes, with what it may call. */
export type Maker = (state: DurableObjectState, self: Caller) => object;

interface Living extends Worker {
  readonly object: object;
  readonly current: { on: boolean };
  readonly unfinished: Set<Promise<unknown>>;
  calls: number;
  /** When it last had something to do (epoch ms). */
  usedAt: number;
}

/** Where one object lives: what of it is on disk, and what is in memory while it is awake. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
  readonly disk: Disk;
  sockets: ServerEnd[];
  alarm: { readonly at: number; readonly number: number } | null;
  living: Living | undefined;
  wasWritten: boolean;
  /** Its state was written by an earlier version, which had not thought of every field that there is now. */
  isOld: boolean;
}

/** An object that has nothing to do is forgotten so soon, whether or not somebody looks on through a socket. */
const idleFor = 10_000;
/** Who waits twice as long after every failure, a minute at last, asks half as often, restarts included. */
const [mostAsked, askedWithin] = [40, 600_000];

/** A small Cloudflare: objects with storage, alarms and sockets, and calls between them, on one repeatable clock. */
export class Cloud {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly story: Story;
  weather: Weather = fair;
  /** What no fault excuses, in words. */
  readonly broken: string[] = [];
  readonly places = new Map<string, Place>();
  /** How often what has struck. */
  readonly struck = new Map<string, number>();
  onEvents: (place: Place, events: readonly Written[]) => void = () => {};
  /** By key: when it was asked for of late. */
  private readonly asked = new Map<string, number[]>();
  private readonly makers = new Map<string, Maker>();
  private readonly alarms = new Alarms(this);
  private untilCut = Infinity;

  constructor(clock: Clock, chance: Chance, story: Story) {
    this.clock = clock;
    this.chance = chance;
    this.story = story;
  }

  /** Somebody outside is asked for what has this key: again, but not again and again. */
  ask(key: string): void {
    if (key === "") return;
    const asked = [...(this.asked.get(key) ?? []).filter((at) => at > this.clock.now - askedWithin), this.clock.now];
    this.asked.set(key, asked);
    if (asked.length === mostAsked) this.broken.push(`${key} is asked for again and again`);
  }

  /** Counts a fault that really fell on somebody. */
  strike(fault: string): void {
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
  }

  /** By how much a machine that starts now is off (ms). */
  skew(): number {
    const { skew } = this.weather;
    if (skew === 0) return 0;
    this.strike(skew < 60_000 ? "clock seconds off" : "clock minutes off");
    return this.chance.between(-skew, skew);
  }

  define(namespace: string, maker: Maker): void {
    this.makers.set(namespace, maker);
  }

  setWeather(weather: Weather): void {
    this.weather = weather;
    this.untilCut = weather.powerCutAfter > 0 ? weather.powerCutAfter : this.nextCut();
  }

  /** A namespace as an object or a worker holds it. */
  namespace<T>(namespace: string, caller: Caller): { getByName(name: string): Remote<T> } {
    const stub = (name: string): object =>
      new Proxy(
        {},
        {
          get: (_, method) =>
            typeof method === "symbol" || method === "then"
              ? undefined
              : (...given: unknown[]) => this.call(namespace, name, method, given, caller),
        },
      );
    return { getByName: (name) => stub(name) as Remote<T> };
  }

  /** Opens a socket to an object; null where it is refused. Throws as any call may. */
  async connect(namespace: string, name: string, request: object): Promise<ClientEnd | null> {
    await this.travel();
    const place = this.place(namespace, name);
    const living = this.wake(place);
    const handler: unknown = Reflect.get(living.object, "fetch");
    if (typeof handler !== "function") throw new TypeError("no fetch");
    const answer: unknown = await this.enter(living, () => Reflect.apply(handler, living.object, [request]));
    if (!living.current.on) throw new Error("The Durable Object's process died.");
    const { status, webSocket } = answer as { status: number; webSocket: ClientEnd | null };
    if (status !== 101 || webSocket === null) return null;
    webSocket.say = (text) => this.clock.in(this.hop(), () => this.hear(place, webSocket, text));
    return webSocket;
  }

  place(namespace: string, name: string): Place {
    const key = `${namespace}/${name}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    return this.lay(namespace, name, borrowDisk());
  }

  /** Has an object here from now on that was written elsewhere, with the alarm (epoch ms) it had there. */
  bring(namespace: string, name: string, image: Image, alarm: number | null): void {
    const place = this.lay(namespace, name, new Disk());
    place.disk.load(image);
    place.isOld = true;
    if (alarm !== null) this.alarms.set(place, alarm, 0);
  }

  private lay(namespace: string, name: string, disk: Disk): Place {
    const key = `${namespace}/${name}`;
    const place: Place = {
      namespace,
      name,
      disk,
      sockets: [],
      alarm: null,
      living: undefined,
      wasWritten: false,
      isOld: false,
    };
    disk.onEvents = (events) => {
      place.wasWritten = true;
      this.onEvents(place, events);
    };
    this.places.set(key, place);
    return place;
  }

  /** Ends whatever runs in these namespaces: memory and sockets are gone, what is on disk is not. */
  restart(namespaces: readonly string[]): void {
    for (const place of this.places.values()) if (namespaces.includes(place.namespace)) this.cut(place);
  }

  /** Calls a handler of the platform's on an object, awake or woken; throws where its power went off meanwhile. */
  async handle(place: Place, name: string, ...given: unknown[]): Promise<void> {
    const living = this.wake(place);
    const handler: unknown = Reflect.get(living.object, name);
    if (typeof handler !== "function") throw new TypeError(`no handler ${name}`);
    try {
      await this.enter(living, () => Reflect.apply(handler, living.object, given));
    } catch (error) {
      throw living.current.on ? error : new PowerCut();
    }
    if (!living.current.on) throw new PowerCut();
  }

  close(): void {
    for (const { disk } of this.places.values()) giveBack(disk);
    this.places.clear();
  }

  /** Whether this is a message with a fact of the kind that comes late. */
  isLate(text: string): boolean {
    const { lateFact } = this.weather;
    return lateFact !== "" && text.includes(`"comanda.${lateFact}.v`);
  }

  private cut(place: Place): void {
    if (place.living !== undefined) place.living.current.on = false;
    place.living = undefined;
    for (const socket of place.sockets.splice(0)) socket.close();
  }

  private wake(place: Place): Living {
    const { namespace, name, disk } = place;
    this.perhapsForget(place);
    if (place.living !== undefined) return place.living;
    const maker = this.makers.get(namespace);
    if (maker === undefined) throw new Error(`no such namespace: ${namespace}`);
    const current = { on: true };
    const alive = (): void => {
      if (!current.on) throw new PowerCut();
    };
    const step = (writes: boolean): void => {
      alive();
      if (!writes || --this.untilCut > 0) return;
      this.untilCut = this.nextCut();
      this.strike("power cut");
      this.story.tell(`✗ the power of ${namespace}/${name} goes off`);
      current.on = false;
      this.cut(place);
      throw new PowerCut();
    };
    const ahead = this.skew();
    const unfinished = new Set<Promise<unknown>>();
    const state = {
      id: { name, toString: () => `id of ${name}` },
      storage: storageOn(disk, { step }, (at) => this.alarms.set(place, at, ahead)),
      waitUntil: (work: Promise<unknown>): void => {
        const ended = work.then(
          () => {},
          () => {},
        );
        unfinished.add(ended);
        void ended.then(() => unfinished.delete(ended));
      },
      acceptWebSocket: (socket: ServerEnd, tags: readonly string[]): void => {
        alive();
        socket.tags = tags;
        socket.lay(this.clock, () => this.hop());
        place.sockets.push(socket);
      },
      getWebSockets: (tag?: string): ServerEnd[] =>
        place.sockets.filter(({ isOpen, tags }) => isOpen && (tag === undefined || tags.includes(tag))),
      setWebSocketAutoResponse: () => {},
      // A phone that is connected pings every few seconds.
      getWebSocketAutoResponseTimestamp: ({ client }: ServerEnd) => (client.isOpen ? new Date(this.clock.now) : null),
    };
    const self: Caller = { name: `${namespace}/${name}`, alive };
    const isGone = (): boolean => {
      this.perhapsForget(place);
      return place.living !== living;
    };
    const worker: Worker = { ahead, timers: 0, isGone };
    const object = atWork.run(worker, () => maker(state as unknown as DurableObjectState, self));
    const living: Living = Object.assign(worker, { object, current, unfinished, calls: 0, usedAt: this.clock.now });
    place.living = living;
    return living;
  }

  /** Puts an idle object to sleep, as the platform does: its memory is gone, its sockets live on. */
  private perhapsForget(place: Place): void {
    const { living } = place;
    if (living === undefined || living.calls > 0 || living.unfinished.size > 0) return;
    // The platform lets an object with a timer stay, but nobody may rely on that.
    const isIdle = living.timers === 0 && this.clock.now - living.usedAt >= idleFor;
    const isEvicted = this.chance.hits(this.weather.forgets);
    if (isEvicted) this.strike("object forgotten");
    if (isEvicted || isIdle) place.living = undefined;
  }

  private async enter(living: Living, work: () => unknown): Promise<unknown> {
    living.calls += 1;
    try {
      return await atWork.run(living, work);
    } finally {
      living.usedAt = this.clock.now;
      living.calls -= 1;
    }
  }

  private async call(
    namespace: string,
    name: string,
    method: string,
    given: unknown[],
    caller: Caller,
  ): Promise<unknown> {
    caller.alive();
    const carried = carriedOver(given);
    await this.travel();
    if (method === "receive" && !caller.name.startsWith("consumer") && this.isLate(JSON.stringify(given))) {
      this.strike("fact late");
      throw new Error("Network connection lost.");
    }
    const living = this.wake(this.place(namespace, name));
    const handler: unknown = Reflect.get(living.object, method);
    if (typeof handler !== "function") throw new TypeError(`The RPC receiver does not implement "${method}".`);
    const answer = carriedOver(await this.enter(living, () => Reflect.apply(handler, living.object, carried)));
    if (!living.current.on) throw new Error("The Durable Object's process died.");
    await this.travel();
    return answer;
  }

  /** One way of a call: takes a moment, and may break. */
  private async travel(): Promise<void> {
    const hangs = this.chance.hits(this.weather.callHangs);
    if (hangs) this.strike("call hung");
    await this.clock.sleep(hangs ? this.chance.between(20, 200) * 1_000 : this.hop());
    if (!this.chance.hits(this.weather.callBreaks / 2)) return;
    this.strike("call broken");
    throw new Error("Network connection lost.");
  }

  private hop(): number {
    return this.chance.between(1, this.weather.callDelay);
  }

  private async hear(place: Place, socket: ClientEnd, text: string): Promise<void> {
    const server = place.sockets.find(({ client }) => client === socket);
    if (server === undefined || !server.isOpen) return;
    try {
      await this.handle(place, "webSocketMessage", server, text);
    } catch (error) {
      if (!(error instanceof PowerCut))
        this.broken.push(`${place.namespace}/${place.name} choked on ${text}: ${error}`);
    }
  }

  private nextCut(): number {
    const { powerCutEvery } = this.weather;
    return powerCutEvery === 0 ? Infinity : this.chance.between(1, 2 * powerCutEvery);
  }
}
