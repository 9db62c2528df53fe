import { parseAddress, type Address } from "../../contracts/address.ts";
import type * as acknowledgements from "../../workers/shared/acknowledgements.ts";
import type * as actor from "../../workers/shared/actor.ts";
import type { Receiver } from "../../workers/shared/carriers.ts";
import * as letters from "../../workers/shared/dead-letters.ts";
import type * as inbox from "../../workers/shared/inbox.ts";
import { brokenAt, parseEvent } from "../../workers/shared/storage.ts";
import { deadLetters } from "../../workers/shared/tables/dead-letters.ts";
import {
  chatRules,
  chatterOn,
  quiet,
  type Chat,
  type Chatter,
  type ChatterEnv,
  type Happening,
  type Saying,
} from "./chatter.ts";
import { D1 } from "../../workers/shared/testing/d1.ts";
import { noFaults, type Faults } from "./faults.ts";
import { World } from "./world.ts";

/** The code under trial: the frame as it is, or with a fault planted in it. */
export interface Frame {
  readonly Actor: typeof actor.Actor;
  readonly Acknowledgements: typeof acknowledgements.Acknowledgements;
  readonly consume: typeof inbox.consume;
  readonly storeDeadLetters: typeof letters.storeDeadLetters;
}

const hour = 3_600_000;

/** Two services with their queues: orders and venues in one, which call each other directly, boards in the other. */
export class Town {
  readonly world: World;
  readonly db = new D1(deadLetters);
  /** Texts that no receiver can handle for now. */
  readonly poison = new Set<string>();
  /** How often the outside was paid for each key. */
  readonly payments = new Map<string, number>();
  /** What was answered with yes, by actor. */
  private readonly promised = new Map<Address, Saying[]>();
  private readonly addresses = new Set<Address>();
  private commands = 0;

  constructor(frame: Frame, seed: number) {
    const world = new World(seed);
    this.world = world;
    const services = ["ordering", "kitchen"] as const;
    const inboxes = {
      ordering: world.queue("ordering-inbox", this.consumption(frame, "ordering")),
      kitchen: world.queue("kitchen-inbox", this.consumption(frame, "kitchen")),
    };
    this.producers = (alive) =>
      Object.fromEntries(services.map((service) => [service, inboxes[service].producer(alive)]));
    for (const kind of ["order", "venue", "board"] as const) {
      const Chatting = chatterOn(frame.Actor, kind);
      world.define(kind, (state, alive) => {
        const near =
          kind === "board"
            ? {}
            : { order: world.namespace<Receiver>("order", alive), venue: world.namespace<Receiver>("venue", alive) };
        const env: ChatterEnv = {
          carriers: { queues: this.producers(alive), objects: near },
          pay: (key) => this.pay(key),
          chokesOn: (text) => this.poison.has(text),
        };
        return new Chatting(state.asState, env);
      });
    }
  }

  /** A customer who gives a command until it is answered, with one key. */
  async insist(to: Address, saying: Saying): Promise<void> {
    const { clock } = this.world;
    const { kind, name } = parseAddress(to);
    const key = `key ${++this.commands}`;
    this.addresses.add(to);
    if (saying.type === "say") this.addresses.add(saying.to);
    for (let patience = 1_000; ; patience = Math.min(patience * 2, 60_000)) {
      try {
        await this.world.namespace<Chatter>(kind).getByName(name).command(saying, key);
        this.promised.set(to, [...(this.promised.get(to) ?? []), saying]);
        return;
      } catch {
        await clock.sleep(patience);
      }
    }
  }

  /** Lets the faults rage while `story` is told, then lets everything come to rest. */
  async live(story: (town: Town) => void, faults: Faults, ms: number): Promise<void> {
    const { world } = this;
    world.faults = faults;
    world.clock.in(0, () => story(this));
    await world.clock.run(world.clock.now + ms);
    await this.heal();
  }

  async heal(): Promise<void> {
    const { world } = this;
    world.faults = noFaults;
    this.poison.clear();
    for (let minutes = 1; minutes <= 30; minutes += 1) world.clock.in(minutes * 60_000, () => this.sweep());
    if (!(await world.clock.run(world.clock.now + 3 * hour))) world.broken.push("does not come to rest");
  }

  chat(address: Address): Chat {
    const { kind, name } = parseAddress(address);
    const rules = chatRules(() => false);
    return this.events(kind, name).reduce<Chat>(
      (state, { body }) => rules.evolve(state, parseEvent<Happening>(body)),
      quiet,
    );
  }

  /** Everything that is wrong now that all is still, in words. */
  faultsFound(): string[] {
    const found = [...this.world.broken];
    for (const from of this.addresses) {
      const { said } = this.chat(from);
      for (const to of this.addresses) {
        const heard = this.chat(to).heard[from] ?? [];
        const expected = (said[to] ?? []).filter((text) => !text.startsWith("ignore"));
        if (heard.join() !== expected.join())
          found.push(`${from} said to ${to}: ${expected.join()}; it heard: ${heard.join()}`);
      }
    }
    for (const [address, sayings] of this.promised) found.push(...this.keptPromises(address, sayings));
    for (const [place, disk] of this.world.disks()) {
      if (disk.rows("SELECT 1 FROM sqlite_master WHERE name = 'events'").length === 0) continue;
      for (const table of ["outbox", "early", "effects"]) {
        const [row] = disk.rows(`SELECT count(*) AS n FROM ${table}`);
        if (row?.["n"] !== 0) found.push(`${place} has ${String(row?.["n"])} left in ${table}`);
      }
      if (disk.alarmAt !== null) found.push(`${place} has an alarm for nothing`);
    }
    for (const letter of this.letters())
      if (letter["state"] !== "closed") found.push(`a dead letter is open: ${String(letter["id"])}`);
    return found;
  }

  /** By how much the latest timer was late (ms). */
  latestRing(): number {
    const late = [...this.addresses].flatMap((address) => {
      const { kind, name } = parseAddress(address);
      const events = this.events(kind, name).map(({ body }) => parseEvent<Happening>(body));
      const due = new Map(
        events.flatMap((event) => (event.type === "set" ? [[event.name, Math.max(event.due, event.at)]] : [])),
      );
      return events.flatMap((event) => (event.type === "rang" ? [event.at - (due.get(event.name) ?? 0)] : []));
    });
    return Math.max(0, ...late);
  }

  letters(): Record<string, unknown>[] {
    return this.db.database.prepare("SELECT * FROM dead_letters").all();
  }

  private sweep(): Promise<void> {
    return letters.sweepDeadLetters(this.db.asD1, this.producers(), this.world.clock.now);
  }

  private readonly producers: (alive?: () => void) => Record<string, Queue>;

  private keptPromises(address: Address, sayings: readonly Saying[]): string[] {
    const { kind, name } = parseAddress(address);
    const chat = this.chat(address);
    const found: string[] = [];
    const broken = brokenAt(this.events(kind, name));
    if (broken !== null) found.push(`${address} has a broken log at ${broken}`);
    const once = (what: string, times: number): void =>
      void (times === 1 || found.push(`${address}: ${what} ${times} times`));
    for (const saying of sayings) {
      if (saying.type === "say")
        once(`said ${saying.text}`, (chat.said[saying.to] ?? []).filter((text) => text === saying.text).length);
      if (saying.type === "pay") once(`paid ${saying.text}`, chat.paid.filter((text) => text === saying.text).length);
      if (saying.type === "wake-me")
        once(`rang ${saying.name}`, chat.rang.filter((rang) => rang === saying.name).length);
    }
    return found;
  }

  private events(kind: string, name: string): { seq: number; body: string; hash: string }[] {
    for (const [place, disk] of this.world.disks()) {
      if (place !== `${kind}:${name}`) continue;
      if (disk.rows("SELECT 1 FROM sqlite_master WHERE name = 'events'").length === 0) return [];
      return disk.rows("SELECT seq, body, hash FROM events ORDER BY seq") as {
        seq: number;
        body: string;
        hash: string;
      }[];
    }
    return [];
  }

  private consumption(frame: Frame, service: "ordering" | "kitchen") {
    const kinds = service === "kitchen" ? (["board"] as const) : (["order", "venue"] as const);
    const dead = this.world.queue(`${service}-inbox-dead`, {
      consumer: (batch) => frame.storeDeadLetters(batch, this.db.asD1),
      maxRetries: 10,
      retryDelay: 30,
      deadLetters: null,
    });
    const acknowledgements = new frame.Acknowledgements();
    const consumer = (batch: MessageBatch): Promise<void> =>
      frame.consume(batch, {
        consumer: `${service}-inbox`,
        objects: Object.fromEntries(kinds.map((kind) => [kind, this.world.namespace<Receiver>(kind)])),
        queues: this.producers(),
        dead: dead.producer(),
        db: this.db.asD1,
        acknowledgements,
        waitUntil: () => {},
      });
    return { consumer, maxRetries: 3, retryDelay: 1, deadLetters: dead };
  }

  private async pay(key: string): Promise<void> {
    const { clock, faults } = this.world;
    await clock.sleep(clock.chance.upTo(faults.delay));
    if (clock.chance.hits(faults.callBreaks)) throw new Error("no answer");
    this.payments.set(key, (this.payments.get(key) ?? 0) + 1);
    await clock.sleep(clock.chance.upTo(faults.delay));
    if (clock.chance.hits(faults.callBreaks)) throw new Error("no answer");
  }
}
