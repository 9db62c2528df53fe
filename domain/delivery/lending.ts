import type { DriverId } from "../../contracts/ids.ts";
import { longestMs, travelMs } from "../dispatch/travel.ts";
import type { NeighbourCommand } from "./command.ts";
import { isHeld } from "./deal-channels.ts";
import type { Delivery } from "./delivery.ts";
import type { Tale } from "./tale.ts";
import { loads, sendable, type ZoneDriver, type ZoneState } from "./zone.ts";

type Wanted = Extract<NeighbourCommand, { type: "lend" }>;

/** So long the neighbour has to take the driver on. */
const takeWithinMs = 2 * 60_000;
/** Clocks differ, and what is asked has to be believed. */
const graceMs = 60_000;
/** How long ahead a zone looks before it lends somebody. */
const aheadMs = 15 * 60_000;
/** A neighbour that still needs somebody asks again so soon. */
const againMs = 60_000;

/** Lends the nearest driver with nothing to do, if there is one whom the zone can spare. */
export function lend(tale: Tale, wanted: Wanted): void {
  const { state, now } = tale;
  const { order, zone, until } = wanted;
  const isLent = Object.values(state.loans ?? {}).some((loan) => loan.order === order && loan.to === zone);
  if (until <= now || isLent) return;
  const driver = nearest(state, wanted, now);
  if (driver === null) return;
  const loan = (state.lastLoan ?? 0) + 1;
  tale.tell({ type: "driver-lent", driver, to: zone, delivery: order, loan, takeBy: now + takeWithinMs });
}

/** When the borrower is first asked whether it has a driver who was to be taken on by then (epoch ms). */
export function firstAskedAt(takeBy: number): number {
  return takeBy + graceMs;
}

/** Calls back a driver who has gone off shift here while helping out elsewhere. */
export function recall(tale: Tale, driver: DriverId): void {
  const loan = tale.state.loans?.[driver];
  if (loan !== undefined) tale.tell({ type: "loan-recalled", driver, loan: loan.no });
}

/** What is due of a loan: the neighbour is asked for it. */
export function doubtLoan(tale: Tale, driver: DriverId): void {
  const loan = tale.state.loans?.[driver];
  if (loan !== undefined && loan.askAt <= tale.now) tale.tell({ type: "loan-questioned", driver, loan: loan.no });
}

function nearest(state: ZoneState, wanted: Wanted, now: number): DriverId | null {
  const busy = new Set(loads(state).keys());
  for (const { stage } of Object.values(state.deliveries)) if (stage.status === "returning") busy.add(stage.driver.id);
  const idle = sendable(state).filter(({ id }) => !busy.has(id) && isHeardOf(state, id, now));
  if (!canSpare(state, idle.length, now)) return null;
  const { pickup, door, reach, readyAt, but } = wanted;
  const fit = idle.flatMap(({ id, vehicle, until }) => {
    const wayMs = travelMs(state.presence[id]?.point ?? null, pickup, vehicle);
    const isTooEarly = readyAt - now > wayMs + state.settings.lead + againMs;
    const isOut = wayMs > reach || isTooEarly || now + wayMs > (until ?? Infinity) || but.includes(id);
    const suits = door === null || travelMs(pickup, door, vehicle) <= longestMs(vehicle);
    return isOut ? [] : [{ id, wayMs, suits }];
  });
  const [first] = fit.toSorted((a, b) => Number(b.suits) - Number(a.suits) || a.wayMs - b.wayMs);
  return first?.id ?? null;
}

function isHeardOf({ presence, settings }: ZoneState, id: DriverId, now: number): boolean {
  const seen = presence[id];
  return seen !== undefined && seen.point !== null && now - seen.heardAt <= settings.silence;
}

/**
 * Whether one less would do: an idle driver for each order that waits, and for as many as came in the last quarter of
 * an hour again, those drivers counted who will be free by then.
 */
function canSpare(state: ZoneState, idle: number, now: number): boolean {
  const all = Object.values(state.deliveries);
  const waiting = all.filter((one) => one.stage.status === "waiting" && !isHeld(one)).length;
  const came = all.filter(({ job }) => job.requestedAt > now - aheadMs).length;
  const held = loads(state);
  const freeSoon = sendable(state).filter((one) => isFreeBy(held.get(one.id) ?? [], now + aheadMs, one)).length;
  return idle > waiting && idle + freeSoon > waiting + came;
}

function isFreeBy(held: readonly Delivery[], at: number, { until = Infinity }: ZoneDriver): boolean {
  return (
    held.length > 0 && until > at && held.every(({ stage }) => "dropoffAt" in stage && (stage.dropoffAt ?? 0) <= at)
  );
}
