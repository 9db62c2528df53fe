import type { TicketStatus } from "../../contracts/kitchen.ts";
import { endStatuses, type OrderView } from "../../contracts/order.ts";
import type { Credential } from "../client/api.ts";
import { Moments } from "./hand-offs.ts";
import type { OrderPlan } from "./order-plan.ts";

export interface Ticket {
  readonly status: TicketStatus;
  readonly hasDriver: boolean;
}

/** Payment steps after which nothing comes by itself. */
const settled: ReadonlySet<string> = new Set(["due", "declined", "captured", "voided", "refunded", "attention"]);

/** One order as all its simulated parties know it. */
export class PlayedOrder {
  readonly number: number;
  readonly venue: string;
  readonly plan: OrderPlan;
  readonly moments: Moments;
  id: string | undefined;
  guest: Credential | undefined;
  /** As the customer's socket showed it last. */
  view: OrderView | null = null;
  /** As the tablet's socket showed it last. */
  ticket: Ticket | null = null;
  /** When it did, by a monotonic clock in milliseconds. */
  shownAt = 0;
  /** Whether the server has said yes to the customer's cancelling, the kitchen's rejecting. */
  cancelled = false;
  rejected = false;
  offers = 0;
  /** Its driver was never heard of again. */
  abandoned = false;
  /** When anything was last heard of it, by a monotonic clock in milliseconds. */
  heardAt = performance.now();
  /** Nobody waits for it any more. */
  over = false;
  readonly #waiting = new Set<() => void>();

  constructor(number: number, venue: string, plan: OrderPlan, arrived: (handOff: string, ms: number) => void) {
    this.number = number;
    this.venue = venue;
    this.plan = plan;
    this.moments = new Moments(arrived);
  }

  get ended(): boolean {
    return this.view !== null && endStatuses.has(this.view.status);
  }

  /** Ended, and the money has come to rest. */
  get atRest(): boolean {
    return this.ended && (this.view?.payment === null || settled.has(this.view?.payment.status ?? ""));
  }

  /** Something has become known: whoever waits looks again. */
  heard(): void {
    this.heardAt = performance.now();
    for (const look of this.#waiting) look();
  }

  giveUp(): void {
    this.over = true;
    this.heard();
  }

  /** Whether the condition came true before `withinMs` passed or the order was given up. */
  until(condition: () => boolean, withinMs = Infinity): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    if (this.over) return Promise.resolve(false);
    return new Promise((resolve) => {
      const done = (came: boolean) => {
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve(came);
      };
      const look = () => {
        if (condition()) done(true);
        else if (this.over) done(false);
      };
      const timer = Number.isFinite(withinMs) ? setTimeout(() => done(condition()), withinMs) : undefined;
      this.#waiting.add(look);
    });
  }
}
