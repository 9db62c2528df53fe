import type { Chance } from "./chance.ts";
import type { Caller, Cloud } from "./cloud.ts";
import { atWork } from "./globals.ts";

/** How a queue is consumed; the same words as in wrangler.toml. Times in seconds. */
export interface Consumption {
  readonly consumer: (batch: MessageBatch, self: Caller) => Promise<void>;
  readonly maxBatchTimeout: number;
  readonly maxRetries: number;
  readonly retryDelay: number;
  readonly deadLetters: TownQueue | null;
  /** Told when a consumer dies, with all that its isolate had in memory. */
  readonly onDeath?: () => void;
}

interface Waiting {
  readonly id: string;
  readonly timestamp: Date;
  readonly text: string;
  attempts: number;
}

const mostInBatch = 20;
const mostBytes = 128_000;
const hour = 3_600_000;

/** A queue as bad as the platform's may be: at least once is all it promises, and in a kill not even that. */
export class TownQueue {
  readonly name: string;
  private readonly cloud: Cloud;
  private readonly consumption: Consumption;
  private ready: Waiting[] = [];
  private epoch = 0;
  private sent = 0;
  private gathering = false;
  private readonly seen = new Set<string>();
  /** On their way, waiting, or being handled. */
  private readonly held = new Set<Waiting>();
  private dropsNext = false;

  constructor(cloud: Cloud, name: string, consumption: Consumption) {
    this.cloud = cloud;
    this.name = name;
    this.consumption = consumption;
  }

  /** The end that producers hold. */
  producer(caller: Caller): Queue {
    const send = async (body: unknown): Promise<void> => {
      caller.alive();
      const { chance, weather, story } = this.cloud;
      const text = JSON.stringify(body);
      if (text.length > mostBytes) throw new Error("message length exceeds limit");
      const fails = chance.hits(weather.sendFails);
      const taken = !fails || chance.hits(0.5);
      if (fails) this.cloud.strike("sending failed");
      const fault = fails ? ` ✗ sending fails, ${taken ? "though it is" : "and it is not"} there` : "";
      story.tell(() => `${caller.name} ⇒ ${this.name}${fault}: ${summary(text)}`);
      if (this.cloud.weather.isFair) this.wantOnce(text);
      if (taken) this.take(text);
      if (fails) throw new Error("Queue send failed: Internal Server Error");
    };
    return { send } as unknown as Queue;
  }

  /** All that waits or is on its way is gone. */
  drop(): void {
    if (this.held.size > 0) this.cloud.strike("queue dropped");
    this.epoch += 1;
    this.ready = [];
    this.held.clear();
  }

  /** The same, but not before there is something to lose. */
  dropWhenUsed(): void {
    if (this.held.size === 0) this.dropsNext = true;
    else this.drop();
  }

  get pending(): number {
    return this.held.size;
  }

  /** The texts of all that is on its way, waiting, or being handled. */
  get texts(): string[] {
    return [...this.held].map(({ text }) => text);
  }

  /** Lets a message come as if it had been sent long ago. */
  bring(text: string): void {
    this.later(0, { id: `${this.name} ${++this.sent}`, timestamp: new Date(this.cloud.clock.now), text, attempts: 0 });
  }

  private wantOnce(text: string): void {
    const { facts = [] }: { facts?: { id: string }[] } = JSON.parse(text);
    for (const { id } of facts) {
      if (this.seen.has(id)) this.cloud.broken.push(`on a fair day ${id} is sent twice`);
      this.seen.add(id);
    }
  }

  private take(text: string): void {
    const { chance, weather, story, clock } = this.cloud;
    const id = `${this.name} ${++this.sent}`;
    if (chance.hits(weather.lost)) {
      this.cloud.strike("message lost");
      return story.tell(`✗ ${this.name} loses it`);
    }
    const copies = chance.hits(weather.doubled) ? 2 : 1;
    if (copies === 2) {
      this.cloud.strike("message doubled");
      story.tell(`✗ ${this.name} doubles it`);
    }
    for (let copy = 0; copy < copies; copy += 1) {
      const astray = chance.hits(weather.astray);
      const late = this.cloud.isLate(text) ? chance.between(weather.lateFor / 4, weather.lateFor) : 0;
      const delay = late + (astray ? astrayFor(chance) : chance.between(1, weather.delay));
      if (late > 0) this.cloud.strike("fact late");
      if (astray) this.cloud.strike("message hours late");
      else if (delay > 1_000) this.cloud.strike("message out of order");
      if (astray) story.tell(`✗ ${this.name} keeps it for ${Math.round(delay / 60_000)} min`);
      this.later(delay, { id, timestamp: new Date(clock.now), text, attempts: 0 });
    }
  }

  private later(ms: number, message: Waiting): void {
    const { epoch } = this;
    this.held.add(message);
    this.cloud.clock.in(ms, () => {
      if (epoch !== this.epoch) return;
      if (this.dropsNext) {
        this.dropsNext = false;
        this.cloud.story.tell(`✗ ${this.name} loses all it has`);
        return this.drop();
      }
      this.ready.push(message);
      if (this.gathering) return;
      this.gathering = true;
      this.cloud.clock.in(this.consumption.maxBatchTimeout * 1_000, () => this.dispatch());
    });
  }

  private dispatch(): void {
    this.gathering = false;
    while (this.ready.length > 0) void this.consume(this.ready.splice(0, mostInBatch));
  }

  private async consume(batch: Waiting[]): Promise<void> {
    const { epoch, consumption, cloud } = this;
    const verdicts = new Map<Waiting, "ack" | number>();
    const first = (message: Waiting, verdict: "ack" | number): void => {
      if (isAlive && !verdicts.has(message)) verdicts.set(message, verdict);
    };
    for (const message of batch) message.attempts += 1;
    const messages = batch.map((message) => ({
      id: message.id,
      timestamp: message.timestamp,
      attempts: message.attempts,
      body: JSON.parse(message.text) as unknown,
      ack: () => first(message, "ack"),
      retry: (options?: { delaySeconds?: number }) => first(message, options?.delaySeconds ?? consumption.retryDelay),
    }));
    let isAlive = true;
    let steps = cloud.chance.hits(cloud.weather.consumerDies) ? cloud.chance.between(0, 4) : Infinity;
    const alive = (): void => {
      if (steps-- <= 0) isAlive = false;
      if (!isAlive) throw new Error("The consumer died.");
    };
    const self: Caller = { name: `consumer of ${this.name}`, alive };
    const worker = { ahead: cloud.skew(), timers: 0, isGone: () => !isAlive };
    const work = () => consumption.consumer({ queue: this.name, messages } as unknown as MessageBatch, self);
    const failed = await atWork.run(worker, work).then(
      () => !isAlive,
      () => true,
    );
    if (!isAlive) {
      cloud.strike("consumer died");
      cloud.story.tell(`✗ the consumer of ${this.name} dies`);
      consumption.onDeath?.();
    }
    if (epoch !== this.epoch) return;
    for (const message of batch) {
      this.held.delete(message);
      const verdict = (isAlive ? verdicts.get(message) : undefined) ?? (failed ? consumption.retryDelay : "ack");
      if (verdict === "ack") continue;
      if (message.attempts <= consumption.maxRetries) this.later(verdict * 1_000, message);
      else consumption.deadLetters?.later(0, { ...message, attempts: 0 });
    }
  }
}

/** What a message carries, in a few words. */
function summary(text: string): string {
  const body: { facts?: { id: string; type: string }[]; acks?: object[]; letters?: { envelope: { id: string } }[] } =
    JSON.parse(text);
  const facts = (body.facts ?? []).map(({ id, type }) => `${type.replace(/^comanda\.|\.v\d+$/g, "")} (${id})`);
  const letters = (body.letters ?? []).map(({ envelope }) => `dead letter of ${envelope.id}`);
  const acks = (body.acks ?? []).map((ack) => `ack ${Object.values(ack).join(" ")}`);
  return [...facts, ...letters, ...acks].join(", ");
}

/** How long a message that went astray is on its way (ms). */
function astrayFor(chance: Chance): number {
  return chance.between(hour / 4, 4 * hour);
}
