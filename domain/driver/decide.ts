import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import type { FactData } from "../../contracts/events.ts";
import type { Point } from "../../contracts/point.ts";
import type { ZoneId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Context } from "../../contracts/rules.ts";
import type { DriverEvent, DriverState, Given, OnShift } from "./driver.ts";

/** What the phone asks of the twin; everything about deliveries it asks of the zone. */
export type ShiftCommand =
  | {
      readonly type: "begin-shift";
      readonly zone: ZoneId | null;
      readonly name: string | null;
      readonly vehicle: Vehicle | null;
      readonly point: Point | null;
      /** Left out: as it was said, or nobody has. */
      readonly until?: number;
    }
  | { readonly type: "end-shift" };

export type DriverCommand =
  | ShiftCommand
  | { readonly type: "offer"; readonly from: Address; readonly errand: Given; readonly expiresAt: number }
  | ({ readonly type: "end-offer" } & FactData<"driver.offer-ended">)
  | { readonly type: "give-task"; readonly from: Address; readonly errand: FactData<"driver.assigned"> }
  | ({ readonly type: "change-task" } & FactData<"driver.task-changed">)
  | ({ readonly type: "end-task" } & FactData<"driver.task-ended">)
  | { readonly type: "suggest"; readonly from: Address; readonly suggestion: FactData<"driver.move-suggested"> }
  | { readonly type: "be-off"; readonly from: Address; readonly reason: string };

export function decide(
  state: DriverState,
  command: DriverCommand,
  { self }: Context,
): readonly DriverEvent[] | Refusal {
  switch (command.type) {
    case "begin-shift":
      return begin(state, command, parseAddress(self).tenant);
    case "end-shift":
      return end(state);
    case "offer":
      return [{ type: "offered", offer: { ...command.errand, from: command.from, expiresAt: command.expiresAt } }];
    case "end-offer":
      if (state.offer?.order !== command.order) return [];
      return [{ type: "offer-ended", order: command.order, reason: command.reason }];
    case "give-task":
      return [{ type: "task-given", task: { ...command.errand, from: command.from, stage: "to-venue" } }];
    case "change-task": {
      if (state.tasks[command.order] === undefined && state.offer?.order !== command.order) return [];
      const { order, stage, readyAt, ready, dropoffAt, eta } = command;
      return [{ type: "task-changed", order, stage, readyAt, ready, dropoffAt, eta }];
    }
    case "end-task": {
      const { order, outcome, detail } = command;
      if (state.offer?.order === order) return [{ type: "offer-ended", order, reason: outcome }];
      return state.tasks[order] === undefined ? [] : [{ type: "task-ended", order, outcome, detail }];
    }
    case "suggest": {
      // From a zone left meanwhile, or to somebody who has got something to do meanwhile, it means nothing.
      const { shift, offer } = state;
      if (shift.status === "off" || command.from !== shift.address || offer !== null || hasTasks(state)) return [];
      return [{ type: "move-suggested", suggestion: command.suggestion }];
    }
    case "be-off":
      // From a zone left meanwhile it means nothing.
      if (state.shift.status === "off" || command.from !== state.shift.address) return [];
      return [{ type: "shift-ended", reason: "idle" }];
  }
}

function begin(
  state: DriverState,
  wanted: ShiftCommand & { type: "begin-shift" },
  tenant: string,
): readonly DriverEvent[] | Refusal {
  const { shift } = state;
  const last: Pick<OnShift, "zone" | "name" | "vehicle"> | null = shift.status === "on" ? shift : shift.last;
  const zone = wanted.zone ?? last?.zone ?? "main";
  const name = wanted.name ?? last?.name;
  const vehicle = wanted.vehicle ?? last?.vehicle ?? "bike";
  if (name === undefined) {
    return refuse("invalid-value", "Say your name, as customers will see it.", [
      { pointer: "/name", detail: "needed" },
    ]);
  }
  if (shift.status === "on") {
    const sameEnd = wanted.until === undefined || wanted.until === shift.until;
    if (shift.zone === zone && shift.name === name && shift.vehicle === vehicle && sameEnd) return [];
    if (shift.zone !== zone && hasTasks(state))
      return refuse("conflict", "Finish your deliveries before you change zones.");
  }
  const address = addressOf("zone", tenant, zone);
  const until = wanted.until === undefined ? {} : { until: wanted.until };
  return [{ type: "shift-began", zone, address, name, vehicle, point: wanted.point, ...until }];
}

function end(state: DriverState): readonly DriverEvent[] | Refusal {
  if (state.shift.status === "off") return [];
  if (hasTasks(state)) return refuse("conflict", "Finish your deliveries, or hand them back, before you go off shift.");
  return [{ type: "shift-ended", reason: "asked" }];
}

function hasTasks({ tasks }: DriverState): boolean {
  return Object.keys(tasks).length > 0;
}
