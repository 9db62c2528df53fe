import { parseAddress, type Address } from "../../contracts/address.ts";
import type { Window } from "../../contracts/eta.ts";
import type { Errand, Vehicle } from "../../contracts/errand.ts";
import type { FactData } from "../../contracts/events.ts";
import type { Point } from "../../contracts/point.ts";
import type { OrderId, ZoneId } from "../../contracts/ids.ts";

/*
 * A driver's twin: what the phone shows. All times are epoch milliseconds.
 *
 *   off shift ◄──► on shift in a zone
 *   nothing offered ◄──► one offer, until it ends ──assigned──► a task: to the venue ─► at the venue ─► to the customer
 *                                                          what could not be handed over: back to the venue
 *
 * The zone alone says who has what; the twin believes its facts, and asks it before the phone is answered.
 */

export interface OnShift {
  readonly status: "on";
  readonly zone: ZoneId;
  readonly address: Address;
  readonly name: string;
  readonly vehicle: Vehicle;
  readonly since: number;
  /** When it ends; left out where the driver has not said. */
  readonly until?: number;
}

/** Where the zone thinks a driver with nothing to do had better wait. */
export type Suggestion = FactData<"driver.move-suggested">;

/** Off shift; `last` is how it was, for the next time. */
export interface OffShift {
  readonly status: "off";
  readonly last: Pick<OnShift, "zone" | "name" | "vehicle"> | null;
}

/** What the zone has said of one; `eta`: when the customer expects it. */
export type Given = Errand & { readonly eta?: Window | undefined };

export interface Offer extends Given {
  /** The zone that offers it. */
  readonly from: Address;
  readonly expiresAt: number;
}

export type TaskStage = "to-venue" | "at-venue" | "to-customer" | "returning";

export interface Task extends Given {
  readonly from: Address;
  readonly stage: TaskStage;
}

export interface DriverState {
  readonly shift: OffShift | OnShift;
  readonly offer: Offer | null;
  readonly tasks: Readonly<Record<OrderId, Task>>;
  /** What was asked, or done with, for another zone than the shift's, the newest last; left out where nothing was. */
  readonly elsewhere?: readonly { readonly order: OrderId; readonly from: Address }[];
  /** Left out where there is none. */
  readonly suggestion?: Suggestion;
  /** Telemetry: it may change, and its newest part get lost, without an event. */
  readonly position: { readonly point: Point; readonly at: number } | null;
  /** When the phone last said anything; telemetry too. */
  readonly heardAt: number;
}

export const offShift: DriverState = {
  shift: { status: "off", last: null },
  offer: null,
  tasks: {},
  position: null,
  heardAt: 0,
};

export type DriverEvent =
  | {
      readonly type: "shift-began";
      readonly zone: ZoneId;
      readonly address: Address;
      readonly name: string;
      readonly vehicle: Vehicle;
      readonly point: Point | null;
      readonly until?: number;
    }
  | { readonly type: "move-suggested"; readonly suggestion: Suggestion }
  | { readonly type: "shift-ended"; readonly reason: "asked" | "idle" }
  | { readonly type: "offered"; readonly offer: Offer }
  | { readonly type: "offer-ended"; readonly order: OrderId; readonly reason: string }
  | { readonly type: "task-given"; readonly task: Task }
  | {
      readonly type: "task-changed";
      readonly order: OrderId;
      readonly stage: TaskStage;
      readonly readyAt: number;
      readonly ready: boolean;
      readonly dropoffAt: number;
      readonly eta?: Window | undefined;
    }
  | { readonly type: "task-ended"; readonly order: OrderId; readonly outcome: string; readonly detail: string };

/** The zone to ask about an order: the one whose task or offer it is or was, else the one the driver works in. */
export function zoneOf({ shift, offer, tasks, elsewhere = [] }: DriverState, order: OrderId): ZoneId | null {
  const now = tasks[order]?.from ?? (offer?.order === order ? offer.from : undefined);
  // A button pressed again after the end is answered by the zone that knows of it.
  const from = now ?? elsewhere.find((one) => one.order === order)?.from;
  if (from !== undefined) return parseAddress(from).id;
  return shift.status === "on" ? shift.zone : (shift.last?.zone ?? null);
}

/** Who must know where the driver is: the zone of the shift, and those that have something for the driver. */
export function zonesOf({ shift, offer, tasks }: DriverState): readonly ZoneId[] {
  const from = [...Object.values(tasks), ...(offer === null ? [] : [offer])].map((one) => parseAddress(one.from).id);
  return [...new Set(shift.status === "on" ? [shift.zone, ...from] : from)];
}
