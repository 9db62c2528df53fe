import type { VenueSettings } from "../../contracts/venue.ts";
import type { Demand } from "../menu/demand.ts";
import type { WatchCommand, WatchEvent } from "./watch.ts";

/** Portions held for an order that is not placed yet. `until` (epoch ms) is the order's time to be placed. */
export interface Reservation {
  readonly demand: readonly Demand[];
  readonly until: number;
  /** Whether the order is being asked if it was placed after all. */
  readonly asking: boolean;
}

/** A venue: what it has decided for itself, and what it has left. Times are epoch milliseconds. */
export interface Venue {
  readonly settings: VenueSettings | null;
  /** Grows with everything a customer's basket must know; not with stock. */
  readonly revision: number;
  /** The revision at which the settings were last changed; missing where that was before it was noted. */
  readonly settingsRevision?: number;
  readonly menuVersion: number | null;
  readonly paused: { readonly until: number | null; readonly reason: string } | null;
  readonly busyMinutes: number;
  readonly soldOut: Readonly<Record<string, { readonly until: number | null }>>;
  readonly stock: Readonly<Record<string, { readonly left: number; readonly first: number }>>;
  readonly reservations: Readonly<Record<string, Reservation>>;
  /** Ids of the endpoints to which orders placed here are reported. */
  readonly endpoints: readonly string[];
  /** Browsers of the owner's and the crew's that are told of tickets nobody looks at; missing where there are none. */
  readonly watchers?: Readonly<Record<string, { readonly language: string | null }>>;
}

export const unknownVenue: Venue = {
  settings: null,
  revision: 0,
  menuVersion: null,
  paused: null,
  busyMinutes: 0,
  soldOut: {},
  stock: {},
  reservations: {},
  endpoints: [],
};

export type VenueEvent =
  | { readonly type: "configured"; readonly settings: VenueSettings }
  | {
      readonly type: "menu-published";
      readonly version: number;
      readonly counts: Readonly<Record<string, number>>;
      readonly uncounted: readonly string[];
    }
  | { readonly type: "paused"; readonly until: number | null; readonly reason: string }
  | { readonly type: "resumed" }
  | { readonly type: "busy-set"; readonly minutes: number }
  | { readonly type: "sold-out"; readonly key: string; readonly until: number | null }
  | { readonly type: "available-again"; readonly key: string }
  | { readonly type: "stock-set"; readonly key: string; readonly left: number | null }
  | { readonly type: "reserved"; readonly order: string; readonly demand: readonly Demand[]; readonly until: number }
  | { readonly type: "reservation-kept"; readonly order: string }
  | { readonly type: "reservation-questioned"; readonly order: string; readonly until: number }
  | { readonly type: "reservation-lapsed"; readonly order: string }
  | { readonly type: "given-back"; readonly demand: readonly Demand[] }
  | { readonly type: "endpoint-opened" | "endpoint-closed"; readonly endpoint: string }
  | WatchEvent;

export type VenueCommand =
  /** `over` is the revision that was looked at; null where it does not matter what is overwritten. */
  | { readonly type: "configure"; readonly settings: VenueSettings; readonly over?: number | null }
  | { readonly type: "publish-menu"; readonly version: number; readonly tracked: Readonly<Record<string, number>> }
  | { readonly type: "pause"; readonly until: number | null; readonly reason: string }
  | { readonly type: "resume" }
  | { readonly type: "set-busy"; readonly minutes: number }
  | { readonly type: "sell-out"; readonly key: string; readonly until: number | null }
  | { readonly type: "make-available"; readonly key: string }
  | { readonly type: "set-stock"; readonly key: string; readonly left: number | null }
  /** So many more, or fewer, than there are: two who count at once are both right. */
  | { readonly type: "adjust-stock"; readonly key: string; readonly by: number }
  | { readonly type: "reserve"; readonly order: string; readonly demand: readonly Demand[] }
  | { readonly type: "keep"; readonly order: string }
  | { readonly type: "give-back"; readonly demand: readonly Demand[] }
  /** `until` names the reservation the order was asked about. */
  | { readonly type: "answer-of-order"; readonly order: string; readonly until: number; readonly placed: boolean }
  /** `on`: whether orders placed from now on are reported to it. */
  | { readonly type: "report-to"; readonly endpoint: string; readonly on: boolean }
  | WatchCommand
  | { readonly type: "time-out"; readonly deadline: string };
