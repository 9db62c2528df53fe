import type { Point, Vehicle } from "../../contracts/events.ts";
import type { DriverId, OrderId } from "../../contracts/ids.ts";

/** A delivery nobody has yet. Times are epoch milliseconds. */
export interface OpenErrand {
  readonly order: OrderId;
  readonly pickup: Point | null;
  readonly dropoff: Point | null;
  readonly requestedAt: number;
  readonly readyAt: number;
  readonly ready: boolean;
  /** Who is not to be asked, and until when. */
  readonly barred: Readonly<Record<DriverId, number>>;
}

/** A driver who has nothing to do. */
export interface FreeDriver {
  readonly driver: DriverId;
  readonly vehicle: Vehicle;
  readonly point: Point | null;
  /** When the phone was last heard of. */
  readonly heardAt: number;
}

/** What a dispatcher sees of a zone. `leadMs`: how much earlier than travel alone demands a driver is looked for. */
export interface Situation {
  readonly errands: readonly OpenErrand[];
  readonly drivers: readonly FreeDriver[];
  readonly leadMs: number;
  readonly silentMs: number;
}

/** One driver to be offered one delivery, with when that driver would be at the venue and at the customer. */
export interface Proposal {
  readonly order: OrderId;
  readonly driver: DriverId;
  readonly pickupAt: number;
  readonly dropoffAt: number;
}

/**
 * Decides who is offered what. Pure, and the only thing to replace for another way of dispatching.
 * `propose` names no driver and no order twice. At `nextAt` (epoch ms) it proposes something if nothing changes until
 * then; null when only a change can help. So a zone never polls.
 */
export interface Dispatcher {
  propose(situation: Situation, now: number): readonly Proposal[];
  nextAt(situation: Situation): number | null;
}
