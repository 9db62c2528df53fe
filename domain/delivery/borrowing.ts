import { planeTravelMs } from "../dispatch/travel.ts";
import type { NeighbourCommand } from "./command.ts";
import { isHeld } from "./deal-channels.ts";
import { fetcherOf, type Delivery } from "./delivery.ts";
import { estimate } from "./estimate.ts";
import { projection } from "./situation.ts";
import type { Tale } from "./tale.ts";
import { loads, sendable, type ZoneState } from "./zone.ts";

type Lent = Extract<NeighbourCommand, { type: "borrow" }>;

/** Whoever can be at the counter so long after the food is ready, or from now on, is there in good time. */
const goodMs = 5 * 60_000;
const handOverMs = 2 * 60_000;
/** How long neighbours have to answer, and how soon it is weighed again whether they are needed. */
const againMs = 60_000;
export const usualReachMs = 10 * 60_000;

/** Asks the neighbours for whatever nobody here can bring in good time. `timer`: weighed for its own sake. */
export function askNeighbours(tale: Tale, timer: boolean): void {
  const { now, state } = tale;
  const of = state.settings.neighbours ?? [];
  const due = of.length === 0 ? [] : wanting(state).filter((one) => beginsAt(state, one) <= now);
  const isInTime = due.length === 0 ? () => true : timeliness(state, now);
  const until = now + againMs;
  const needy = due.filter((one) => !isInTime(one));
  for (const { job } of needy) tale.tell({ type: "help-wanted", delivery: job.order, of, until });
  // Without this the alarm would go off again at once, and for ever.
  if (timer && needy.length === 0 && (helpAt(state) ?? Infinity) <= now) tale.tell({ type: "help-weighed", until });
}

/** From when neighbours may have to be asked, if nothing changes until then (epoch ms). */
export function helpAt(state: ZoneState): number | null {
  if ((state.settings.neighbours ?? []).length === 0) return null;
  const first = Math.min(...wanting(state).map((one) => beginsAt(state, one)));
  return first === Infinity ? null : Math.max(first, state.helpAfter ?? 0);
}

/** Offers the delivery to the driver a neighbour has lent for it; who is not needed any more is given back at once. */
export function take(
  tale: Tale,
  { zone, order, driver, loan, takeBy, address, name, vehicle, point, ends }: Lent,
): void {
  const { now, state } = tale;
  const delivery = state.deliveries[order];
  const isWanted = delivery?.stage.status === "waiting" && !isHeld(delivery) && !timeliness(state, now)(delivery);
  const isBarred = (delivery?.asked[driver]?.until ?? 0) > now;
  if (delivery === undefined || !isWanted || isBarred || takeBy <= now || state.drivers[driver] !== undefined) {
    return tale.tell({ type: "driver-returned", driver, to: zone, loan });
  }
  const shift = ends === undefined ? {} : { ends };
  tale.tell({ type: "driver-borrowed", driver, from: zone, loan, address, name, vehicle, point, ...shift });
  const expiresAt = now + state.settings.offer;
  const taker = { id: driver, name, vehicle };
  tale.tell({ type: "offered", order, driver: taker, expiresAt, ...estimate(delivery, { point, vehicle }, now) });
}

/** Gives back every driver of a neighbour who has nothing in hand any more. */
export function giveBack(tale: Tale): void {
  const { state } = tale;
  const borrowed = Object.values(state.drivers).filter((one) => one.borrowed !== undefined);
  if (borrowed.length === 0) return;
  const busy = new Set(loads(state).keys());
  for (const { stage } of Object.values(state.deliveries)) if (stage.status === "returning") busy.add(stage.driver.id);
  for (const { id, borrowed: loan } of borrowed) {
    if (loan === undefined || busy.has(id)) continue;
    tale.tell({ type: "driver-returned", driver: id, to: loan.from, loan: loan.loan });
  }
}

/** What might be asked for: neighbours have to know where it is. */
function wanting({ deliveries }: ZoneState): readonly Delivery[] {
  return Object.values(deliveries).filter(
    (one) => one.stage.status === "waiting" && !isHeld(one) && one.job.pickup.point !== null,
  );
}

/** So early that a neighbour's driver from afar is at the counter with the food, and not while others think about it. */
function beginsAt({ settings: { lead, reach = usualReachMs } }: ZoneState, delivery: Delivery): number {
  const { job, ready, readyAt, wantedUntil = 0 } = delivery;
  return Math.max(job.requestedAt, ready ? 0 : readyAt - reach - lead, wantedUntil);
}

/** Whether somebody of the zone's own can be at the counter in good time. */
function timeliness(state: ZoneState, now: number): (delivery: Delivery) => boolean {
  const project = projection(state);
  const held = loads(state);
  const crew = sendable(state).flatMap(({ id, vehicle, until = Infinity }) => {
    const presence = state.presence[id];
    if (presence === undefined || now - presence.heardAt > state.settings.silence) return [];
    const own = held.get(id) ?? [];
    const last = own.toSorted((a, b) => dropoffAt(b) - dropoffAt(a))[0];
    const spot = project(last === undefined ? presence.point : last.job.dropoff.point);
    const freeAt = last === undefined ? now : Math.max(now, dropoffAt(last)) + handOverMs;
    const fetching = own.every((one) => fetcherOf(one) !== null && one.job.venue === last?.job.venue);
    return [{ id, vehicle, until, spot, freeAt, at: fetching ? last?.job.venue : undefined }];
  });
  return ({ job, ready, readyAt, asked }) => {
    const inTime = (ready ? now : Math.max(now, readyAt)) + goodMs;
    const pickup = project(job.pickup.point);
    return crew.some(({ id, vehicle, until, spot, freeAt, at }) => {
      if ((asked[id]?.until ?? 0) > now) return false;
      // It may join what is fetched there.
      if (at === job.venue) return true;
      const arriveAt = freeAt + planeTravelMs(spot, pickup, vehicle);
      return arriveAt <= Math.min(inTime, until);
    });
  };
}

function dropoffAt({ stage }: Delivery): number {
  return "dropoffAt" in stage ? (stage.dropoffAt ?? 0) : 0;
}
