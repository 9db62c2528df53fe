import { dispatchRound, noMemory } from "../dispatch/round.ts";
import type { Driver, Spot } from "../dispatch/situation.ts";
import { planeTravelMs } from "../dispatch/travel.ts";
import { isHeld } from "./deal-channels.ts";
import { fetcherOf } from "./delivery.ts";
import { estimate } from "./estimate.ts";
import { memoryOf } from "./forecast.ts";
import { projection, situationOf } from "./situation.ts";
import type { Tale } from "./tale.ts";
import { loads, sendable, takerOf, type ZoneState } from "./zone.ts";

/** How soon a round is held again after one that left something due for somebody better. */
const againMs = 20_000;
/** A driver is told at most this often where to wait, and never of a way shorter than this. */
const adviseEveryMs = 10 * 60_000;
const leastMoveMs = 2 * 60_000;

/** Offers what is due to whom it suits best. `timer`: a round for its own sake. */
export function offerRound(tale: Tale, timer: boolean): void {
  const offered = offerWhatIsDue(tale);
  // Without this the alarm would go off again at once, and for ever.
  if (timer && offered === 0 && (nextRoundAt(tale.state) ?? Infinity) <= tale.now) {
    tale.tell({ type: "round-waited", until: tale.now + againMs });
  }
}

/** A driver is asked for one delivery at a time; what more there is to fetch at that venue follows when it is accepted. */
function offerWhatIsDue(tale: Tale): number {
  const { state, now } = tale;
  const memory = hasUnadvised(state, now) ? memoryOf(state, now) : null;
  const situation = situationOf(state, now, memory !== null);
  if (situation.drivers.length === 0 || (situation.errands.length === 0 && memory === null)) return 0;
  const { sends, joins, moves } = dispatchRound(situation, memory ?? noMemory, now);
  suggest(tale, moves);
  const asked = new Set(
    Object.values(state.deliveries).flatMap(({ stage }) => (stage.status === "offered" ? [stage.driver.id] : [])),
  );
  let offers = 0;
  for (const { driver, orders } of [...sends, ...joins]) {
    const order = orders.find((one) => state.deliveries[one]?.stage.status === "waiting");
    const delivery = order === undefined ? undefined : state.deliveries[order];
    const zoneDriver = state.drivers[driver.driver];
    if (order === undefined || delivery === undefined || zoneDriver === undefined || asked.has(driver.driver)) continue;
    const from = { point: state.presence[driver.driver]?.point ?? null, vehicle: zoneDriver.vehicle };
    const expiresAt = now + state.settings.offer;
    tale.tell({ type: "offered", order, driver: takerOf(zoneDriver), expiresAt, ...estimate(delivery, from, now) });
    offers += 1;
  }
  return offers;
}

/** Whether somebody with nothing to do has not been told for a while where to wait. */
function hasUnadvised(state: ZoneState, now: number): boolean {
  const held = loads(state);
  return sendable(state).some(
    ({ id, suggested }) => !held.has(id) && (suggested === undefined || suggested.at + adviseEveryMs <= now),
  );
}

/** Where those with nothing to do had better wait. What is near by, or was said lately, is not worth a word. */
function suggest(tale: Tale, moves: readonly { readonly driver: Driver; readonly to: Spot }[]): void {
  const { state, now } = tale;
  const project = projection(state);
  const places = new Map(
    Object.values(state.deliveries).map(({ job: { venue, pickup } }) => [venue, { venue, pickup, spot: project(pickup.point) }]),
  ); // prettier-ignore
  for (const { driver, to } of moves) {
    const known = state.drivers[driver.driver];
    const place = [...places.values()].find(({ spot }) => spot !== null && spot.x === to.x && spot.y === to.y);
    if (known === undefined || place === undefined || place.pickup.point === null) continue;
    const { suggested } = known;
    if (suggested !== undefined && suggested.at + adviseEveryMs > now) continue;
    if (planeTravelMs(driver.spot, to, driver.vehicle) < leastMoveMs) continue;
    const { venue, pickup } = place;
    const advice = { venue, name: pickup.name, point: place.pickup.point, until: now + adviseEveryMs };
    tale.tell({ type: "move-suggested", driver: driver.driver, to: advice });
  }
}

/** From when there may be something to offer, if nothing changes until then (epoch ms). */
export function nextRoundAt(state: ZoneState): number | null {
  const waiting = Object.values(state.deliveries).filter((one) => one.stage.status === "waiting" && !isHeld(one));
  if (waiting.length === 0) return null;
  const project = projection(state);
  const drivers = askable(state).map((one) => ({ ...one, spot: project(one.point) }));
  let nextAt = Infinity;
  for (const { job, ready, readyAt, asked } of waiting) {
    const venue = project(job.pickup.point);
    const wasAsked = Object.keys(asked).length > 0;
    for (const { id, vehicle, spot, fetching } of drivers) {
      if (fetching !== null && fetching.venue !== job.venue) continue;
      // So as to arrive no earlier than needed.
      const arriveAt = fetching?.pickupAt ?? readyAt - planeTravelMs(spot, venue, vehicle);
      const dueAt = ready && fetching === null ? job.requestedAt : arriveAt - state.settings.lead;
      if (dueAt < nextAt) nextAt = wasAsked ? Math.min(nextAt, Math.max(dueAt, asked[id]?.until ?? 0)) : dueAt;
    }
  }
  return nextAt === Infinity ? null : Math.max(nextAt, state.roundAfter ?? 0);
}

/** Who has nothing to do, or fetches something at one venue and is not being asked: then what is due there may join. */
function askable(state: ZoneState) {
  const held = loads(state);
  return sendable(state).flatMap(({ id, vehicle }) => {
    const presence = state.presence[id];
    if (presence === undefined) return [];
    const own = held.get(id) ?? [];
    const venues = new Set(own.map((one) => (fetcherOf(one) === null ? null : one.job.venue)));
    if (venues.size > 1 || venues.has(null)) return [];
    const [venue] = venues;
    const pickupAt = Math.min(
      ...own.map(({ stage }) => ("pickupAt" in stage ? (stage.pickupAt ?? Infinity) : Infinity)),
    );
    const fetching = venue === undefined || venue === null ? null : { venue, pickupAt };
    return [{ id, vehicle, point: presence.point, fetching }];
  });
}
