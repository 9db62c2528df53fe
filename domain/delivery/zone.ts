import type { Address } from "../../contracts/address.ts";
import type { Slack } from "../../contracts/eta.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import type { Point } from "../../contracts/point.ts";
import type { DriverId, OrderId, ZoneId } from "../../contracts/ids.ts";
import type { Channels } from "./deal-channels.ts";
import type { Trace } from "./smooth.ts";
import { busyWith, type Delivery, type Taker } from "./delivery.ts";

/** A driver on shift in the zone. */
export interface ZoneDriver {
  readonly id: DriverId;
  /** Of the driver's twin. */
  readonly address: Address;
  readonly name: string;
  readonly vehicle: Vehicle;
  readonly since: number;
  /** When the shift ends (epoch ms); left out where the driver has not said. */
  readonly until?: number;
  /** Where it was last suggested to wait, and when; left out where it never was. */
  readonly suggested?: { readonly venue: string; readonly at: number };
  /** Whose driver it is, and which of its loans; left out of the zone's own. */
  readonly borrowed?: { readonly from: Address; readonly loan: number };
}

/** A driver of this zone whom a neighbour has, or is being given: until the return nothing is offered here. */
export interface Loan {
  readonly no: number;
  readonly to: Address;
  readonly order: OrderId;
  readonly since: number;
  /** Later than this the neighbour does not take the driver on. */
  readonly takeBy: number;
  /** When the neighbour is asked whether it still has the driver. */
  readonly askAt: number;
}

/** When and where a phone was last heard of. Telemetry: it may change, and get lost, without an event. */
export interface Presence {
  readonly heardAt: number;
  readonly point: Point | null;
  readonly pointAt: number;
  /** Out of which `point` was made; left out where the phone has not said where it is. */
  readonly trace?: Trace;
  /** The twin is being asked whether the phone is still there. */
  readonly doubted: boolean;
}

/** All in milliseconds; `contracts/delivery.ts` says what each one is. */
export interface Settings {
  readonly offer: number;
  readonly lead: number;
  readonly silence: number;
  readonly idle: number;
  readonly afterDecline: number;
  readonly afterExpiry: number;
  /** Whose drivers may be asked for; left out: nobody's. */
  readonly neighbours?: readonly ZoneId[];
  /** How long the way of a neighbour's driver to the counter may be; left out: as usual. */
  readonly reach?: number;
}

export interface ZoneState {
  /** The open ones, and those over that somebody may still look back at. */
  readonly deliveries: Readonly<Record<OrderId, Delivery>>;
  readonly drivers: Readonly<Record<DriverId, ZoneDriver>>;
  readonly presence: Readonly<Record<DriverId, Presence>>;
  readonly settings: Settings;
  /** Left out where no channel was ever measured or spoken of. */
  readonly channels?: Channels;
  /** By what promises are stretched here; left out where nothing was brought yet. */
  readonly slack?: Slack;
  /** No round is held for its own sake before then; left out where none has waited. */
  readonly roundAfter?: number;
  /** Who helps out elsewhere; left out where nobody ever did. */
  readonly loans?: Readonly<Record<DriverId, Loan>>;
  readonly lastLoan?: number;
  /** Whether neighbours are needed is not weighed for its own sake before then. */
  readonly helpAfter?: number;
}

export const emptyZone: ZoneState = {
  deliveries: {},
  drivers: {},
  presence: {},
  settings: {
    offer: 30_000,
    lead: 3 * 60_000,
    silence: 3 * 60_000,
    idle: 30 * 60_000,
    afterDecline: 5 * 60_000,
    afterExpiry: 60_000,
  },
};

/** How long what is over is kept, and at most how many: a busy zone must stay quick to load and to change. */
export const overKeptMs = 2 * 3_600_000;
export const mostOver = 200;

/** What each driver has or is being asked to take. */
export function loads(state: ZoneState): ReadonlyMap<DriverId, readonly Delivery[]> {
  const byDriver = new Map<DriverId, Delivery[]>();
  for (const delivery of Object.values(state.deliveries)) {
    const taker = busyWith(delivery);
    if (taker === null) continue;
    const held = byDriver.get(taker.id);
    if (held === undefined) byDriver.set(taker.id, [delivery]);
    else held.push(delivery);
  }
  return byDriver;
}

/** Whom the rounds may send: the zone's own drivers that no neighbour has. */
export function sendable({ drivers, loans = {} }: ZoneState): readonly ZoneDriver[] {
  return Object.values(drivers).filter(({ id, borrowed }) => borrowed === undefined && loans[id] === undefined);
}

export function takerOf({ id, name, vehicle }: ZoneDriver): Taker {
  return { id, name, vehicle };
}
