import { Chance } from "./chance.ts";

interface Appointment {
  readonly at: number;
  readonly order: number;
  readonly work: () => unknown;
}

/** The world's time: it stands while anything works and jumps to the next appointment when all is still. */
export class Clock {
  now: number;
  readonly chance: Chance;
  private readonly appointments: Appointment[] = [];
  private order = 0;

  constructor(start: number, seed: number) {
    this.now = start;
    this.chance = new Chance(seed);
  }

  at(at: number, work: () => unknown): void {
    const appointment = { at: Math.max(at, this.now), order: this.order++, work };
    let place = this.appointments.length;
    while (place > 0 && isLater(this.appointments[place - 1], appointment)) place -= 1;
    this.appointments.splice(place, 0, appointment);
  }

  in(ms: number, work: () => unknown): void {
    this.at(this.now + ms, work);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.in(ms, resolve));
  }

  /** Works off appointments until none is left or the time is `until`; false when some were left. */
  async run(until: number): Promise<boolean> {
    const real = {
      now: Date.now,
      random: Math.random,
      setTimeout: globalThis.setTimeout,
      clearTimeout: globalThis.clearTimeout,
    };
    Date.now = () => this.now;
    Math.random = this.chance.next;
    this.ownTimeouts();
    try {
      for (;;) {
        const next = this.appointments[0];
        if (next === undefined) return true;
        if (next.at > until) return false;
        this.appointments.shift();
        this.now = next.at;
        next.work();
        // Lets every promise that can go on go on, before time does.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      Date.now = real.now;
      Math.random = real.random;
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    }
  }

  private ownTimeouts(): void {
    const cleared = new Set<number>();
    let last = 0;
    const setTimeout = (work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): number => {
      const id = ++last;
      this.in(ms, () => (cleared.has(id) ? undefined : work(...given)));
      return id;
    };
    Object.assign(globalThis, { setTimeout, clearTimeout: (id: number) => cleared.add(id) });
  }
}

function isLater(one: Appointment | undefined, other: Appointment): boolean {
  return one !== undefined && (one.at > other.at || (one.at === other.at && one.order > other.order));
}
