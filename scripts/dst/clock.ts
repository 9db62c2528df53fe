import { settlePromises } from "./microtasks.ts";

interface Appointment {
  readonly at: number;
  readonly order: number;
  readonly matters: boolean;
  readonly work: () => unknown;
}

/**
 * The town's time (epoch ms): it stands while anything works and jumps to the next appointment when all is still.
 * What is agreed upon for the same moment comes in the order in which it was agreed.
 */
export class Clock {
  now: number;
  /** Called after every appointment, when all is still. */
  afterEach: () => void = () => {};
  private readonly heap: Appointment[] = [];
  private order = 0;
  private mattering = 0;
  private stopped = false;

  constructor(start: number) {
    this.now = start;
  }

  at(at: number, work: () => unknown, matters = true): void {
    if (matters) this.mattering += 1;
    // The platform's clocks count whole milliseconds.
    this.push({ at: Math.max(Math.floor(at), this.now), order: this.order++, matters, work });
  }

  in(ms: number, work: () => unknown): void {
    this.at(this.now + ms, work);
  }

  /** For what goes on for ever, such as a cron: rest does not wait for it. */
  inBackground(ms: number, work: () => unknown): void {
    this.at(this.now + ms, work, false);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.in(ms, resolve));
  }

  stop(): void {
    this.stopped = true;
  }

  /** How many appointments have been worked off. */
  get worked(): number {
    return this.order - this.heap.length;
  }

  /** When the next appointment is (epoch ms), or Infinity. */
  get nextAt(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  /** Works off appointments until none that matters is left, or the time is `until`; false when some were left. */
  run(until: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      // From outside any promise, for from inside none can be let go on.
      setImmediate(() => {
        try {
          resolve(this.workOff(until));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  private workOff(until: number): boolean {
    while (this.mattering > 0 && !this.stopped) {
      const next = this.heap[0];
      if (next === undefined || next.at > until) return false;
      this.pop();
      if (next.matters) this.mattering -= 1;
      this.now = next.at;
      next.work();
      // Whatever can go on does, before time does.
      settlePromises();
      this.afterEach();
    }
    return !this.stopped;
  }

  private push(appointment: Appointment): void {
    let place = this.heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.heap[parent];
      if (above === undefined || !isLater(above, appointment)) break;
      this.heap[place] = above;
      place = parent;
    }
    this.heap[place] = appointment;
  }

  private pop(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = this.heap[2 * place + 1];
      const right = this.heap[2 * place + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isLater(left, right);
      const least = isRight ? right : left;
      if (!isLater(last, least)) break;
      this.heap[place] = least;
      place = 2 * place + (isRight ? 2 : 1);
    }
    this.heap[place] = last;
  }
}

function isLater(one: Appointment, other: Appointment): boolean {
  return one.at > other.at || (one.at === other.at && one.order > other.order);
}
