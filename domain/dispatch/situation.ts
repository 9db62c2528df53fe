import type { Vehicle } from "../../contracts/errand.ts";
import type { DriverId, OrderId, VenueId } from "../../contracts/ids.ts";

/** A place in a plane, in metres. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Food to be brought, not yet picked up. All instants are epoch milliseconds. */
export interface Errand {
  readonly order: OrderId;
  readonly venue: VenueId;
  readonly pickup: Spot | null;
  readonly dropoff: Spot | null;
  readonly requestedAt: number;
  /** When the food is ready, as far as is known. */
  readonly readyAt: number;
  /** How far off `readyAt` may well be (a standard deviation); 0 where it is certain. */
  readonly spreadMs: number;
  /** Who is not to be asked, and until when. */
  readonly barred: Readonly<Record<DriverId, number>>;
}

/** What a driver has been sent for and not yet picked up: orders of one venue, in the sequence of their doors. */
export interface Fetch {
  readonly errands: readonly Errand[];
  /** When the driver is there (parking not counted). */
  readonly arriveAt: number;
  /** Whether orders may still join. */
  readonly open: boolean;
}

export interface Driver {
  readonly driver: DriverId;
  readonly vehicle: Vehicle;
  /** Where the driver is at `freeAt`. */
  readonly spot: Spot | null;
  /** When the driver has nothing left to do but `fetch`. In the past: idle since then. */
  readonly freeAt: number;
  /** No pickup after it. */
  readonly offAt: number;
  readonly fetch: Fetch | null;
  /** Orders brought or taken on in this shift. */
  readonly taken: number;
  /** How many orders the pay guaranteed for the whole shift amounts to; 0 where nothing is guaranteed. */
  readonly guaranteed: number;
  /** Beyond this from venue to customer the vehicle is not the one to ask first. */
  readonly longestMs: number;
  /** Asked only for want of another, as one who has gone silent. */
  readonly doubtful: boolean;
}

/** What handing over costs, and how long ways take. Milliseconds. */
export interface Terms {
  /** From arriving to standing at the counter, or at the door. */
  readonly parkMs: number;
  /** From the counter or the door back to the vehicle. */
  readonly leaveMs: number;
  /** A delivery later than this after its order is late. */
  readonly targetMs: number;
  /** When the next round is at the latest. */
  readonly roundMs: number;
  /** How much earlier than its way demands a driver is sent: for thinking about an offer. */
  readonly leadMs: number;
  travel(from: Spot | null, to: Spot | null, vehicle: Vehicle): number;
}

export interface Situation {
  readonly errands: readonly Errand[];
  readonly drivers: readonly Driver[];
  /** Whether idle drivers can be told where to wait; if not, no effort goes into that. */
  readonly moves: boolean;
  /** Where orders may come from, as far as is known beforehand. */
  readonly venues: readonly Venue[];
  readonly terms: Terms;
}

export interface Venue {
  readonly venue: VenueId;
  readonly spot: Spot;
}
