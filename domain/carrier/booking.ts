import type { Address } from "../../contracts/address.ts";
import type { FactData } from "../../contracts/events.ts";

/*
 * What a carrier has, or is asked to take. All times are epoch milliseconds.
 *
 *   quoting ──► booking ──► booked ──► shipped ──► delivered
 *      │ │         │ │         │          └──────► lost
 *      │ │         │ └────┬────┘
 *      │ │         │      ▼
 *      │ │         │  withdrawing ──► called-off, released, too-late; abandoned where it cannot be found out
 *      │ └─────────┴──► released: it said no, or it was silent before anything was booked
 *      └──► called-off
 *
 * From `booking` on the carrier may have booked it though its answer never came: it is free for another channel only
 * when the carrier itself has said so.
 */

export interface Quote {
  readonly id: string;
  readonly price: { readonly amount: number; readonly currency: string };
}

/** `no` numbers the bookings asked for: a quote that has run out needs another booking, and that another key. */
export type Stage =
  | { readonly status: "quoting"; readonly no: number }
  | { readonly status: "booking"; readonly no: number }
  /** `until`: for how long it is followed. `final`: it could not be withdrawn, so that is not tried again. */
  | { readonly status: "booked" | "shipped"; readonly no: number; readonly until: number; readonly final: boolean }
  | {
      readonly status: "withdrawing";
      readonly no: number;
      readonly why: Why;
      readonly detail: string;
      readonly until: number;
    }
  | { readonly status: Outcome; readonly detail: string; readonly endedAt: number };

/** `recalled`: another channel is to have it; who asked waits for the word. */
export type Why = "called-off" | "given-up" | "recalled";
export type Outcome = "delivered" | "released" | "called-off" | "too-late" | "lost" | "abandoned";
export type Ended = Extract<Stage, { status: Outcome }>;
export type Call = "quote" | "book" | "track" | "cancel";

export type Request = FactData<"carrier.requested">;

export interface Booking {
  readonly request: Request;
  /** Whose delivery it is. */
  readonly zone: Address;
  readonly askedAt: number;
  readonly stage: Stage;
  readonly quote: Quote | null;
  /** The carrier's own id. */
  readonly id: string | null;
  readonly tracking: string | null;
  /** The call under way, and when the next one is due while none is. */
  readonly calling: Call | null;
  readonly callAt: number;
  /** Calls in a row that were not answered; answers in a row that told nothing new. */
  readonly tries: number;
  readonly looks: number;
  /** Since when the carrier owes an answer; null while it owes none. */
  readonly owedSince: number | null;
  /** Whether whoever waits was told that it does not answer. */
  readonly silent: boolean;
}

export function isOver(stage: Stage): stage is Ended {
  return "endedAt" in stage;
}

/** The one call that brings a booking on; null for one that is over. */
export function callOf(stage: Stage): Call | null {
  switch (stage.status) {
    case "quoting":
      return "quote";
    case "booking":
      return "book";
    case "booked":
    case "shipped":
      return "track";
    case "withdrawing":
      return "cancel";
    case "delivered":
    case "released":
    case "called-off":
    case "too-late":
    case "lost":
    case "abandoned":
      return null;
  }
}
