import type { World } from "./world.ts";

/** How a queue is consumed; the same words as in wrangler.toml. */
export interface Consumption {
  readonly consumer: (batch: MessageBatch) => Promise<void>;
  readonly maxRetries: number;
  readonly retryDelay: number;
  readonly deadLetters: SimulatedQueue | null;
}

interface Waiting {
  readonly id: string;
  readonly timestamp: Date;
  readonly body: unknown;
  attempts: number;
}

const mostInBatch = 20;
const mostBytes = 128_000;

/** A queue as bad as the platform's may be: at least once is all it promises, and in a power cut not even that. */
export class SimulatedQueue {
  readonly name: string;
  private readonly world: World;
  private readonly consumption: Consumption | null;
  private ready: Waiting[] = [];
  private epoch = 0;
  private sent = 0;

  constructor(world: World, name: string, consumption: Consumption | null) {
    this.world = world;
    this.name = name;
    this.consumption = consumption;
  }

  /** The end that producers hold; `alive` throws when the producer's power is off. */
  producer(alive: () => void = () => {}): Queue {
    const send = async (body: unknown): Promise<void> => {
      alive();
      const { clock, faults } = this.world;
      if (JSON.stringify(body).length > mostBytes) throw new Error("message length exceeds limit");
      this.world.onSend(this.name, body);
      const fails = clock.chance.hits(faults.sendFails);
      if (!fails || clock.chance.hits(0.5)) this.take(body);
      if (fails) throw new Error("Queue send failed: Internal Server Error");
    };
    return { send } as unknown as Queue;
  }

  /** Messages live in memory only: all are gone. */
  forget(): void {
    this.epoch += 1;
    this.ready = [];
  }

  private take(body: unknown): void {
    const { clock, faults } = this.world;
    if (clock.chance.hits(faults.lost)) return;
    const copies = clock.chance.hits(faults.doubled) ? 2 : 1;
    const text = JSON.stringify(body);
    const id = `${this.name} ${++this.sent}`;
    for (let copy = 0; copy < copies; copy += 1) {
      const message = { id, timestamp: new Date(clock.now), body: JSON.parse(text) as unknown, attempts: 0 };
      this.later(clock.chance.upTo(faults.delay), message);
    }
  }

  private later(ms: number, message: Waiting): void {
    const { epoch } = this;
    this.world.clock.in(ms, () => {
      if (epoch !== this.epoch) return;
      this.ready.push(message);
      this.world.clock.in(0, () => this.dispatch());
    });
  }

  private dispatch(): void {
    const batch = this.ready.splice(0, mostInBatch);
    if (batch.length === 0 || this.consumption === null) return;
    void this.consume(batch, this.consumption);
  }

  private async consume(batch: Waiting[], consumption: Consumption): Promise<void> {
    const { epoch } = this;
    const verdicts = new Map<Waiting, "ack" | number>();
    const first = (message: Waiting, verdict: "ack" | number): void => {
      if (!verdicts.has(message)) verdicts.set(message, verdict);
    };
    for (const message of batch) message.attempts += 1;
    const messages = batch.map((message) => ({
      ...message,
      ack: () => first(message, "ack"),
      retry: (options?: { delaySeconds?: number }) => first(message, options?.delaySeconds ?? consumption.retryDelay),
    }));
    const failed = await consumption.consumer({ queue: this.name, messages } as unknown as MessageBatch).then(
      () => false,
      () => true,
    );
    if (epoch !== this.epoch) return;
    for (const message of batch) {
      const verdict = verdicts.get(message) ?? (failed ? consumption.retryDelay : "ack");
      if (verdict === "ack") continue;
      if (message.attempts <= consumption.maxRetries) this.later(verdict * 1_000, message);
      else consumption.deadLetters?.later(0, { ...message, attempts: 0 });
    }
  }
}
