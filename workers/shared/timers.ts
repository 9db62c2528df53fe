import { log } from "./log.ts";

/** Named timers as the rules derive them from the state: name → due (epoch ms). */
export type Deadlines = Readonly<Record<string, number>>;

/** A timer that changed nothing is not tried again for this long: it is a bug, and must not become a busy loop. */
const putOffMs = 60_000;

/**
 * The named timers of an object, multiplexed on its one alarm. Nothing is stored here: what is due is derived from
 * the state, so a timer can only be lost together with it.
 */
export class Timers {
  private readonly ctx: DurableObjectState;
  private readonly putOffs = new Map<string, { readonly at: number; readonly until: number }>();
  private standing: number | undefined;

  constructor(ctx: DurableObjectState) {
    this.ctx = ctx;
  }

  /** Whether it is known here when the alarm goes off; not so in an object that has just woken. */
  get known(): boolean {
    return this.standing !== undefined;
  }

  /**
   * Sets the alarm, unless an earlier one is known to stand. Where none is `known`, `at` must be the earliest of all
   * the object waits for, since it replaces whatever was set before the object slept.
   */
  arm(at: number): void {
    if (at === Infinity || (this.standing !== undefined && this.standing <= at)) return;
    this.standing = at;
    this.ctx.waitUntil(this.ctx.storage.setAlarm(at));
  }

  /** To be called first when the alarm goes off: from now on none stands. */
  rang(): void {
    this.standing = undefined;
  }

  /** Lets every due timer go off once, the most overdue first; what one changes may make the next needless. */
  fire(deadlines: () => Deadlines, now: number, goOff: (name: string) => void): void {
    const tried = new Set<string>();
    for (;;) {
      const due = this.due(deadlines(), now, tried);
      if (due === undefined) return;
      const { name, at } = due;
      tried.add(name);
      let error = "";
      try {
        goOff(name);
      } catch (thrown) {
        error = String(thrown);
      }
      if (error === "" && deadlines()[name] !== at) continue;
      this.putOffs.set(name, { at, until: now + putOffMs });
      log.error("timer without effect", { actor: this.ctx.id.name ?? "", timer: name, error });
    }
  }

  private due(deadlines: Deadlines, now: number, tried: ReadonlySet<string>): { name: string; at: number } | undefined {
    return Object.entries(deadlines)
      .map(([name, at]) => ({ name, at }))
      .filter(({ name, at }) => !tried.has(name) && this.turn(name, at) <= now)
      .toSorted((one, other) => one.at - other.at)[0];
  }

  /** When the next timer is due (epoch ms), or Infinity. */
  next(deadlines: Deadlines): number {
    for (const name of this.putOffs.keys()) if (deadlines[name] === undefined) this.putOffs.delete(name);
    return Math.min(Infinity, ...Object.entries(deadlines).map(([name, at]) => this.turn(name, at)));
  }

  private turn(name: string, at: number): number {
    const off = this.putOffs.get(name);
    return off?.at === at ? off.until : at;
  }
}
