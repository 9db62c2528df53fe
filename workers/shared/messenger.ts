import { parseAddress, type Address } from "../../contracts/address.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import { carry, type Carriers } from "./carriers.ts";
import { wantsNewestOnly, type Outbox } from "./outbox.ts";

/** A message that has been under way for longer than this is not waited for any more. */
const longestMs = 1_000;
/** A read model is told no more often than this: of what happens meanwhile only the newest line goes, when it is over. */
const betweenLinesMs = 1_000;

/**
 * Sends an object's facts on their way, after they were written. Inside a service they are called out at once. To a
 * queue one message is under way at a time: what is written meanwhile gathers, and goes as one message after it. What
 * is held back here and lost with the process is sent again by the alarm.
 */
export class Messenger {
  private readonly ctx: DurableObjectState;
  private readonly outbox: () => Outbox;
  private readonly carriers: () => Carriers;
  private fresh: Envelope[] = [];
  private gathered: Envelope[] = [];
  private sendingSince: number | null = null;
  private calling: Promise<void> = Promise.resolve();
  private line: Envelope | undefined;
  private lineSentAt = -Infinity;
  private lineWaits = false;

  constructor(ctx: DurableObjectState, outbox: () => Outbox, carriers: () => Carriers) {
    this.ctx = ctx;
    this.outbox = outbox;
    this.carriers = carriers;
  }

  /** Takes what was written just now, to be sent with the next `send`. */
  add(envelopes: readonly Envelope[]): void {
    this.fresh.push(...envelopes);
  }

  send(): void {
    if (this.fresh.length === 0) return;
    const { near = [], far = [], lines = [] } = Object.groupBy(this.fresh, ({ to }) => this.wayTo(to));
    this.fresh = [];
    if (near.length > 0) this.ctx.waitUntil((this.calling = this.carry(near, "directly")));
    this.gathered.push(...far);
    this.flush();
    this.line = lines.at(-1) ?? this.line;
    this.tellReadModel();
  }

  /** Sends once more what was not acknowledged: by queue, where alone it gets its attempts and its dead letter. */
  sendAgain(overdue: readonly Envelope[]): void {
    if (overdue.length > 0) this.ctx.waitUntil(this.carry(overdue, "by queue"));
  }

  /** Waits until an actor of the same service has had the chance to apply what it was told. */
  async told(to: Address): Promise<void> {
    await this.calling;
    const left = this.outbox().unacknowledged(to);
    if (left.length > 0) await this.carry(left, "directly");
  }

  private flush(): void {
    const now = Date.now();
    const waits = this.sendingSince !== null && now - this.sendingSince < longestMs;
    if (waits || this.gathered.length === 0) return;
    const together = this.gathered;
    this.gathered = [];
    this.sendingSince = now;
    const sent = this.carry(together, "directly").finally(() => {
      // A later message may have been sent without waiting for this one.
      if (this.sendingSince === now) this.sendingSince = null;
      this.flush();
    });
    this.ctx.waitUntil(sent);
  }

  private tellReadModel(): void {
    if (this.line === undefined || this.lineWaits) return;
    const now = Date.now();
    const wait = this.lineSentAt + betweenLinesMs - now;
    if (wait > 0) {
      this.lineWaits = true;
      const over = new Promise<void>((resolve) => setTimeout(resolve, wait));
      this.ctx.waitUntil(
        over.then(() => {
          this.lineWaits = false;
          this.tellReadModel();
        }),
      );
      return;
    }
    const line = this.line;
    this.line = undefined;
    this.lineSentAt = now;
    this.ctx.waitUntil(this.carry([line], "directly"));
  }

  private wayTo(to: Address): "near" | "far" | "lines" {
    if (wantsNewestOnly(to)) return "lines";
    return this.carriers().objects[parseAddress(to).kind] !== undefined ? "near" : "far";
  }

  private async carry(envelopes: readonly Envelope[], way: "directly" | "by queue"): Promise<void> {
    const carriers = this.carriers();
    const acks = await carry(carriers, envelopes, way);
    this.outbox().hear(acks, Date.now());
    const { counts } = carriers;
    if (counts !== undefined) this.ctx.waitUntil(counts.tally.tell(counts.db, Date.now()));
  }
}
