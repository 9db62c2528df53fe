import { assign } from "./assignment.ts";
import { Ledger, undone, type Route } from "./route.ts";
import type { Errand, Situation } from "./situation.ts";
import { Trip } from "./trip.ts";
import type { Weights } from "./weights.ts";

/** Trips by driver, by the orders in them: what the last round had in mind. */
export type Intentions = ReadonlyMap<string, readonly (readonly string[])[]>;

const candidatesPerVenue = 20;
const least = 1e-6;

/** A plan for everything that is open, and the means to improve it. */
export class Plan {
  readonly ledger: Ledger;
  readonly routes: readonly Route[];
  readonly #situation: Situation;
  /** What nobody can bring as things are. */
  readonly #left = new Set<Errand>();
  readonly #routeByOrder = new Map<string, Route>();
  readonly #candidatesByVenue = new Map<string, readonly Route[]>();
  readonly #routesByVenue = new Map<string, Set<Route>>();

  constructor(situation: Situation, weights: Weights, now: number) {
    this.#situation = situation;
    this.ledger = new Ledger(situation.terms, weights, now);
    this.routes = situation.drivers.map((driver) => this.ledger.route(driver));
    for (const route of this.routes) this.#note(route);
  }

  /** Takes up what was intended, as far as it is still to be done, then finds a place for everything else. */
  begin(intentions: Intentions): void {
    if (this.routes.length === 0) return;
    const open = new Map(this.#situation.errands.map((errand) => [errand.order, errand]));
    for (const route of this.routes) {
      const trips = (intentions.get(route.driver.driver) ?? []).map((orders) =>
        orders.flatMap((order) => {
          const errand = open.get(order);
          if (errand === undefined) return [];
          open.delete(order);
          return [errand];
        }),
      );
      const left = trips.filter((trip) => trip.length > 0).map((trip) => new Trip(trip));
      if (left.length > 0) this.#change(route, [...route.trips, ...left]);
    }
    for (const errand of [...open.values()].toSorted((a, b) => a.readyAt - b.readyAt)) this.#insert(errand);
  }

  improve(most: number): void {
    if (this.routes.length === 0) return;
    const { ledger } = this;
    this.#rematch(true);
    for (let pass = 0; pass < 4 && ledger.effort < most; pass += 1) {
      let gained = 0;
      for (const errand of this.#situation.errands) {
        if (ledger.effort > most) break;
        gained += this.#relocate(errand);
      }
      gained += this.#exchange(most);
      const left = [...this.#left];
      this.#left.clear();
      for (const errand of left) {
        if (this.#insert(errand) < undone) gained += undone;
      }
      gained += this.#rematch(false);
      gained += this.#rematch(true);
      if (gained < 0.01) break;
    }
  }

  intentions(): Intentions {
    return new Map(
      this.routes.flatMap(({ driver, trips, kept }) =>
        trips.length > kept
          ? [[driver.driver, trips.slice(kept).map(({ errands }) => errands.map(({ order }) => order))]]
          : [],
      ),
    );
  }

  #change(route: Route, trips: readonly Trip[]): void {
    this.ledger.change(route, trips);
    this.#note(route);
  }

  #note(route: Route): void {
    for (const trip of route.trips) {
      for (const { order, venue } of trip.errands) {
        this.#routeByOrder.set(order, route);
        const routes = this.#routesByVenue.get(venue);
        if (routes === undefined) this.#routesByVenue.set(venue, new Set([route]));
        else routes.add(route);
      }
    }
  }

  /** Those who could be at the venue first, and those who go there anyway. */
  #candidates(errand: Errand): readonly Route[] {
    const near = this.#near(errand);
    const there = this.#routesByVenue.get(errand.venue);
    if (there === undefined) return near;
    const candidates = near.slice();
    for (const route of there) if (!near.includes(route)) candidates.push(route);
    return candidates;
  }

  #near(errand: Errand): readonly Route[] {
    const known = this.#candidatesByVenue.get(errand.venue);
    if (known !== undefined) return known;
    const { travel } = this.#situation.terms;
    const near: Route[] = [];
    const times: number[] = [];
    for (const route of this.routes) {
      const leg = route.legs[route.kept];
      if (leg === undefined) continue;
      const time = leg.time + travel(leg.spot, errand.pickup, route.driver.vehicle);
      let at = near.length;
      if (at === candidatesPerVenue) {
        if (time >= (times[at - 1] ?? 0)) continue;
        at -= 1;
      }
      for (; at > 0 && time < (times[at - 1] ?? 0); at -= 1) {
        times[at] = times[at - 1] ?? 0;
        near[at] = near[at - 1] ?? route;
      }
      times[at] = time;
      near[at] = route;
    }
    this.#candidatesByVenue.set(errand.venue, near);
    return near;
  }

  /** Puts an order where it costs least, if anybody can bring it. Yields what it costs there. */
  #insert(errand: Errand): number {
    let best = Infinity;
    let bestRoute: Route | undefined;
    let bestIndex = 0;
    const alone = new Trip([errand]);
    let bestTrip = alone;
    let bestReplaces = 0;
    const { ledger } = this;
    for (const route of this.#candidates(errand)) {
      const { trips, kept } = route;
      const before = ledger.cost(route);
      for (let index = kept; index <= trips.length; index += 1) {
        const cost = ledger.tried(route, index, alone, route, index) - before;
        if (cost < best) {
          best = cost;
          bestRoute = route;
          bestIndex = index;
          bestTrip = alone;
          bestReplaces = 0;
        }
      }
      for (let index = kept > 0 && route.driver.fetch?.open === true ? 0 : kept; index < trips.length; index += 1) {
        const trip = trips[index];
        if (trip === undefined || trip.errands[0]?.venue !== errand.venue) continue;
        for (let place = 0; place <= trip.errands.length; place += 1) {
          const joined = new Trip(trip.errands.toSpliced(place, 0, errand));
          const cost = ledger.tried(route, index, joined, route, index + 1) - before;
          if (cost < best) {
            best = cost;
            bestRoute = route;
            bestIndex = index;
            bestTrip = joined;
            bestReplaces = 1;
          }
        }
      }
    }
    // What nobody can do now must not stand in the way of what somebody can.
    if (bestRoute === undefined || best >= undone) this.#left.add(errand);
    else this.#change(bestRoute, bestRoute.trips.toSpliced(bestIndex, bestReplaces, bestTrip));
    return best;
  }

  /** Takes an order out and puts it where it costs least. Yields what that saves. */
  #relocate(errand: Errand): number {
    const route = this.#routeByOrder.get(errand.order);
    if (route === undefined) return 0;
    const { trips } = route;
    const { ledger } = this;
    const index = trips.findIndex(({ errands }) => errands.includes(errand));
    const trip = trips[index];
    if (trip === undefined) return 0;
    const before = ledger.cost(route);
    const rest = trip.errands.filter((one) => one !== errand);
    ledger.change(route, rest.length === 0 ? trips.toSpliced(index, 1) : trips.toSpliced(index, 1, new Trip(rest)));
    const saved = before - ledger.cost(route);
    if (saved <= least) {
      ledger.change(route, trips);
      return 0;
    }
    const spent = this.#insert(errand);
    return saved - spent;
  }

  /** Lets drivers exchange what they have in mind from some trip on. */
  #exchange(most: number): number {
    let gained = 0;
    const { ledger } = this;
    for (const a of this.routes) {
      if (a.trips.length <= a.kept || ledger.effort > most) continue;
      const first = a.trips[a.kept]?.errands[0];
      if (first === undefined) continue;
      for (const b of this.#near(first)) {
        if (a === b) continue;
        gained += this.#exchangeTails(a, b);
      }
    }
    return gained;
  }

  #exchangeTails(a: Route, b: Route): number {
    const { ledger } = this;
    const before = ledger.cost(a) + ledger.cost(b);
    let best = before - least;
    let bestA: Trip[] | null = null;
    let bestB: Trip[] | null = null;
    for (let i = a.kept; i <= a.trips.length; i += 1) {
      for (let j = b.kept; j <= b.trips.length; j += 1) {
        const tails = ledger.tried(a, i, null, b, j) + ledger.tried(b, j, null, a, i);
        if (tails < best) {
          best = tails;
          bestA = [...a.trips.slice(0, i), ...b.trips.slice(j)];
          bestB = [...b.trips.slice(0, j), ...a.trips.slice(i)];
        }
        const one = a.trips[i];
        const other = b.trips[j];
        if (one === undefined || other === undefined) continue;
        const swapped = ledger.tried(a, i, other, a, i + 1) + ledger.tried(b, j, one, b, j + 1);
        if (swapped < best) {
          best = swapped;
          bestA = a.trips.with(i, other);
          bestB = b.trips.with(j, one);
        }
      }
    }
    if (bestA === null || bestB === null) return 0;
    this.#change(a, bestA);
    this.#change(b, bestB);
    return before - best;
  }

  /** Deals the next trips (or with `whole`, all that is intended) out anew, by an optimal assignment. */
  #rematch(whole: boolean): number {
    const { ledger, routes } = this;
    const givers = routes.filter(({ trips, kept }) => trips.length > kept);
    if (givers.length === 0) return 0;
    const columns = routes.length;
    const costs = new Float64Array(givers.length * columns).fill(undone * 10);
    const columnByRoute = new Map(routes.map((route, column) => [route, column]));
    let before = 0;
    for (const [row, giver] of givers.entries()) {
      const trip = giver.trips[giver.kept];
      const first = trip?.errands[0];
      if (trip === undefined || first === undefined) continue;
      const column = columnByRoute.get(giver) ?? 0;
      const own = ledger.cost(giver) - this.#without(giver, whole);
      before += own;
      for (const taker of this.#near(first)) {
        costs[row * columns + (columnByRoute.get(taker) ?? 0)] =
          (whole
            ? ledger.tried(taker, taker.kept, null, giver, giver.kept)
            : ledger.tried(taker, taker.kept, trip, taker, taker.kept + 1)) - this.#without(taker, whole);
      }
      costs[row * columns + column] = own;
    }
    const matched = assign(costs, givers.length, columns);
    let after = 0;
    for (const [row, column] of matched.entries()) after += costs[row * columns + column] ?? 0;
    if (after >= before - 1e-3) return 0;
    const given = givers.map(({ trips, kept }) => (whole ? trips.slice(kept) : trips.slice(kept, kept + 1)));
    const tails = new Map(givers.map((giver) => [giver, whole ? [] : giver.trips.slice(giver.kept + 1)]));
    const takers = new Map([...matched].map((column, row) => [routes[column], given[row] ?? []]));
    for (const route of new Set([...givers, ...takers.keys()])) {
      if (route === undefined) continue;
      this.#change(route, [
        ...route.trips.slice(0, route.kept),
        ...(takers.get(route) ?? []),
        ...(tails.get(route) ?? []),
      ]);
    }
    return before - after;
  }

  #without(route: Route, whole: boolean): number {
    return whole
      ? (route.legs[route.kept]?.cost ?? 0)
      : this.ledger.tried(route, route.kept, null, route, route.kept + 1);
  }
}
