import { meeting } from "./readiness.ts";
import type { Driver, Spot, Terms } from "./situation.ts";
import { Trip } from "./trip.ts";
import type { Weights } from "./weights.ts";

/** What a driver is meant to do: trips one after the other, the first `kept` of which are not to be changed. */
export interface Route {
  readonly driver: Driver;
  readonly kept: number;
  trips: readonly Trip[];
  /** Where and when the driver is before each trip, and after the last; and what the trips so far cost. */
  readonly legs: Leg[];
}

interface Leg {
  spot: Spot | null;
  time: number;
  cost: number;
  taken: number;
  /** Trips so far that cannot be driven. */
  impossible: number;
}

/** More than any lateness: what it costs to leave an order undone. */
export const undone = 100_000;

const minute = 60_000;
const unsuitedMs = 30 * minute;
const doubtfulMs = 15 * minute;
/** Beyond twice the promise waiting costs its square, so that in the end nothing is worth letting an order wait. */
const patienceMs = 4 * minute;

/** What a plan costs, in minutes of waiting. */
export class Ledger {
  readonly now: number;
  readonly #terms: Terms;
  readonly #weights: Weights;
  readonly #at: Leg = { spot: null, time: 0, cost: 0, taken: 0, impossible: 0 };
  /** How many trips have been worked out: the measure of effort. */
  effort = 0;

  constructor(terms: Terms, weights: Weights, now: number) {
    this.#terms = terms;
    this.#weights = weights;
    this.now = now;
  }

  route(driver: Driver): Route {
    const { fetch } = driver;
    const trips = fetch === null ? [] : [new Trip(fetch.errands)];
    const route: Route = { driver, kept: trips.length, trips, legs: [] };
    this.change(route, trips);
    return route;
  }

  cost(route: Route): number {
    return route.legs[route.trips.length]?.cost ?? 0;
  }

  /** Gives a driver other trips, and works out every leg anew. */
  change(route: Route, trips: readonly Trip[]): void {
    const { driver, legs, kept } = route;
    route.trips = trips;
    const at = this.#at;
    at.spot = driver.spot;
    at.time = Math.max(driver.freeAt, this.now);
    at.cost = 0;
    at.taken = driver.taken;
    at.impossible = 0;
    legs.length = 0;
    legs.push({ ...at });
    for (let index = 0; index < trips.length; index += 1) {
      const trip = trips[index];
      if (trip !== undefined) this.#drive(driver, trip, index < kept);
      legs.push({ ...at });
    }
  }

  /** The cost of `route` up to trip `index`, then `between`, then the trips of `tail` from `from` on. */
  tried(route: Route, index: number, between: Trip | null, tail: Route, from: number): number {
    const leg = route.legs[index];
    if (leg === undefined) return Infinity;
    const at = this.#at;
    at.spot = leg.spot;
    at.time = leg.time;
    at.cost = leg.cost;
    at.taken = leg.taken;
    at.impossible = leg.impossible;
    if (between !== null) this.#drive(route.driver, between, index < route.kept);
    const { trips } = tail;
    for (let next = from; next < trips.length; next += 1) {
      const trip = trips[next];
      if (trip !== undefined) this.#drive(route.driver, trip, false);
    }
    return at.cost;
  }

  /** When the driver has to leave for trip `index` at the latest, lest food waits (epoch ms). */
  leaveAt(route: Route, index: number): number {
    const { travel, parkMs } = this.#terms;
    const { driver, trips, legs } = route;
    const leg = legs[index];
    const trip = trips[index];
    const first = trip?.errands[0];
    if (leg === undefined || trip === undefined || first === undefined) return Infinity;
    const way = travel(leg.spot, first.pickup, driver.vehicle);
    const thereAt = Math.max(leg.time + way + parkMs, trip.readyAt - this.#weights.early * trip.spreadMs);
    return thereAt - parkMs - way;
  }

  #drive(driver: Driver, trip: Trip, kept: boolean): void {
    this.effort += 1;
    const { errands, readyAt, spreadMs } = trip;
    const first = errands[0];
    if (first === undefined) return;
    const at = this.#at;
    const terms = this.#terms;
    const { parkMs, leaveMs, targetMs } = terms;
    const weights = this.#weights;
    const { vehicle } = driver;
    const way = kept ? 0 : terms.travel(at.spot, first.pickup, vehicle);
    let thereAt = (kept ? (driver.fetch?.arriveAt ?? at.time) : at.time + way) + parkMs;
    const soonest = readyAt - weights.early * spreadMs;
    if (!kept && thereAt < soonest) thereAt = soonest;
    const pickupAt = spreadMs === 0 ? (thereAt > readyAt ? thereAt : readyAt) : meeting(thereAt, readyAt, spreadMs);
    if (!kept && pickupAt > driver.offAt) {
      at.cost += undone * errands.length;
      at.impossible += 1;
      return;
    }
    const doors = trip.doors(vehicle, terms);
    let cost = driver.doubtful ? doubtfulMs : 0;
    let last = 0;
    for (let index = 0; index < errands.length; index += 1) {
      const errand = errands[index];
      if (errand === undefined) continue;
      last = doors[index] ?? 0;
      const took = pickupAt + last - errand.requestedAt;
      cost += took;
      if (took > targetMs) cost += weights.late * (took - targetMs);
      if (took > 2 * targetMs) cost += (took - 2 * targetMs) ** 2 / patienceMs;
    }
    if (trip.barred) {
      for (const { barred } of errands) {
        if ((barred[driver.driver] ?? 0) <= this.now) continue;
        cost += undone * minute;
        at.impossible += 1;
      }
    }
    if (trip.longest(vehicle, terms) > driver.longestMs) cost += unsuitedMs;
    const endAt = pickupAt + last + leaveMs;
    cost += weights.busy * (way + endAt - (spreadMs === 0 ? pickupAt : thereAt));
    at.cost += cost / minute;
    if (pickupAt > driver.offAt) at.cost += undone;
    if (weights.pay > 0) {
      const over = at.taken + errands.length - Math.max(at.taken, driver.guaranteed);
      if (over > 0) at.cost += weights.pay * over;
    }
    at.taken += errands.length;
    at.time = endAt;
    at.spot = errands[errands.length - 1]?.dropoff ?? null;
  }
}
