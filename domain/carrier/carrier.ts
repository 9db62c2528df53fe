import type { OrderId } from "../../contracts/ids.ts";
import type { Booking } from "./booking.ts";
import type { Decayed } from "../channel/decayed.ts";
import { closed, type Breaker } from "./breaker.ts";

/** What the tenant has agreed with the carrier, and how patient it is; `contracts/carrier.ts` says what each one is. */
export interface Settings {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly callbackSecret: string;
  /** Whether both secrets are sealed; left out by versions that kept them as they were given. */
  readonly sealed?: true;
  readonly enabled: boolean;
  readonly answerWithinMs: number;
  readonly silentAfterMs: number;
  readonly requoteAfterMs: number | null;
  readonly giveUpAfterMs: number;
  readonly trackForMs: number;
}

/** How the carrier has done so far; `tookMs` is the sum over the calls it answered, `cost` in minor units. */
export interface Measured {
  readonly answered: number;
  readonly unanswered: number;
  readonly tookMs: number;
  readonly booked: number;
  readonly delivered: number;
  readonly lost: number;
  readonly cost: Readonly<Record<string, number>>;
}

/** As `Measured`, but what is older counts less; `cost` of one delivery. */
export interface CallScores {
  readonly latencyMs?: Decayed;
  readonly answered?: Decayed;
  readonly cost?: Decayed;
}

export interface CarrierState {
  /** Null: the tenant has no such carrier. */
  readonly settings: Settings | null;
  readonly breaker: Breaker;
  readonly trouble: string | null;
  readonly measured: Measured;
  /** Left out where nothing was measured yet. */
  readonly scores?: CallScores;
  /** The open ones, and those over that somebody may still look back at. */
  readonly bookings: Readonly<Record<OrderId, Booking>>;
}

export const unknownCarrier: CarrierState = {
  settings: null,
  breaker: closed,
  trouble: null,
  measured: { answered: 0, unanswered: 0, tookMs: 0, booked: 0, delivered: 0, lost: 0, cost: {} },
  bookings: {},
};

const day = 86_400_000;
/** For how long it is tried to take a booking back. */
export const withdrawForMs = 14 * day;
/** For how long what is over is kept. */
export const overKeptMs = 7 * day;
/** So many calls at once and no more, also when the carrier comes back after days and hundreds wait. */
export const mostCalls = 8;
/** Prices that had run out when they were taken; a carrier that goes on so does not want the parcel. */
export const mostBookings = 5;
