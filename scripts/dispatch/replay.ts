import type { Driver, Errand, Situation, Terms } from "../../domain/dispatch/situation.ts";
import { travel, type DayCourier, type DayOrder, type Instance, type Place } from "./instance.ts";
import type { Policy } from "./policy.ts";

/** What became of a day: every assignment as it was carried out, and what it took to decide. Minutes from opening. */
export interface Day {
  readonly runs: readonly Run[];
  readonly moves: readonly Move[];
  readonly rounds: readonly RoundCost[];
}

/** One bundle. `decided[i]` is when order `i` was assigned; `sent` when the driver was. */
export interface Run {
  readonly courier: string;
  readonly restaurant: string;
  readonly orders: readonly string[];
  readonly decided: readonly number[];
  readonly sent: number;
  readonly arrival: number;
  readonly pickup: number;
  readonly dropoffs: readonly number[];
}

export interface Move {
  readonly courier: string;
  readonly sent: number;
  readonly arrival: number;
  readonly to: Place;
}

export interface RoundCost {
  readonly open: number;
  readonly drivers: number;
  readonly cpuMs: number;
}

export type Track = "perfect" | "estimated";

const minute = 60_000;
/** Couriers who come on shift later than in so many minutes are not shown to the dispatcher yet. */
const lookAhead = 60;

interface Under {
  orders: DayOrder[];
  decided: Map<string, number>;
  sent: number;
  arrival: number;
}

interface Worker {
  readonly courier: DayCourier;
  spot: Place;
  freeAt: number;
  taken: number;
  under: Under | null;
}

/** Plays a day, minute by minute. */
export function replay(instance: Instance, track: Track, policy: Policy): Day {
  const terms: Terms = {
    parkMs: (instance.pickupService / 2) * minute,
    leaveMs: (instance.pickupService / 2) * minute,
    targetMs: instance.target * minute,
    roundMs: minute,
    leadMs: 0,
    travel: (from, to) => (from === null || to === null ? 0 : travel(instance, from, to) * minute),
  };
  const coming = instance.orders.toSorted((a, b) => a.placed - b.placed);
  const preparation = meanPreparation(instance);
  const crew = new Map<string, Worker>(
    instance.couriers.map((courier) => [
      courier.courier,
      { courier, spot: { x: courier.x, y: courier.y }, freeAt: courier.on, taken: 0, under: null },
    ]),
  );
  const dayByOrder = new Map(instance.orders.map((order) => [order.order, order]));
  const open = new Map<string, DayOrder>();
  const runs: Run[] = [];
  const moves: Move[] = [];
  const rounds: RoundCost[] = [];
  const lastOff = Math.max(...instance.couriers.map(({ off }) => off));
  // How far off the estimates were so far, beginning with eight minutes.
  const off = { squares: 20 * 8 ** 2, count: 20 };
  const byReady = instance.orders.toSorted((a, b) => a.ready - b.ready);
  let seen = 0;
  const decide = policy();
  const venues = [...instance.restaurants].map(([venue, spot]) => ({ venue, spot }));

  const errandOf = (order: DayOrder, now: number): Errand => {
    const restaurant = placeOf(instance, order.restaurant);
    const known = track === "perfect" || order.ready <= now;
    const guess = order.placed + (preparation.get(order.restaurant) ?? 0);
    return {
      order: order.order,
      venue: order.restaurant,
      pickup: restaurant,
      dropoff: { x: order.x, y: order.y },
      requestedAt: order.placed * minute,
      readyAt: (known ? order.ready : guess) * minute,
      spreadMs: known ? 0 : Math.sqrt(off.squares / off.count) * minute,
      barred: {},
    };
  };

  for (let now = 0, next = 0; now <= lastOff; now += 1) {
    for (; (coming[next]?.placed ?? Infinity) <= now; next += 1) {
      const order = coming[next];
      if (order !== undefined) open.set(order.order, order);
    }
    for (; (byReady[seen]?.ready ?? Infinity) <= now; seen += 1) {
      const order = byReady[seen];
      if (order === undefined) continue;
      off.squares += (order.ready - order.placed - (preparation.get(order.restaurant) ?? 0)) ** 2;
      off.count += 1;
    }
    for (const worker of crew.values()) {
      if (worker.under === null) continue;
      const run = collected(instance, worker, worker.under, now, open);
      if (run !== null) runs.push(run);
    }
    const drivers = [...crew.values()]
      .filter(({ courier }) => courier.off >= now && courier.on <= now + lookAhead)
      .map((worker) => driverOf(worker, errandOf, now, instance));
    if (drivers.length === 0) continue;
    const errands = [...open.values()].map((order) => errandOf(order, now));
    const situation: Situation = { errands, drivers, moves: true, venues, terms };
    const before = process.cpuUsage();
    const { sends, joins, moves: wished } = decide(situation, now * minute);
    const { user, system } = process.cpuUsage(before);
    rounds.push({ open: errands.length, drivers: drivers.length, cpuMs: (user + system) / 1000 });
    for (const { driver, orders } of [...sends, ...joins]) {
      const worker = crew.get(driver.driver);
      if (worker === undefined) throw new Error(`${driver.driver} does not exist`);
      const bundle = orders.map((order) => dayByOrder.get(order)).filter((order) => order !== undefined);
      const [first] = bundle;
      if (first === undefined) continue;
      const before = worker.under;
      const sent = before?.sent ?? now;
      worker.under = {
        orders: bundle,
        decided: new Map(bundle.map(({ order }) => [order, before?.decided.get(order) ?? now])),
        sent,
        arrival: before?.arrival ?? now + travel(instance, worker.spot, placeOf(instance, first.restaurant)),
      };
      for (const { order } of bundle) open.delete(order);
    }
    for (const { driver, to } of wished) {
      const worker = crew.get(driver.driver);
      if (worker === undefined || worker.under !== null || worker.freeAt > now) continue;
      const arrival = now + travel(instance, worker.spot, to);
      moves.push({ courier: driver.driver, sent: now, arrival, to });
      worker.spot = to;
      worker.freeAt = arrival;
    }
  }
  return { runs, moves, rounds };
}

/** The run of a driver who picks up now; orders whose food does not come before the shift ends are open again. */
function collected(
  instance: Instance,
  worker: Worker,
  under: Under,
  now: number,
  open: Map<string, DayOrder>,
): Run | null {
  const { courier } = worker;
  const there = under.arrival + instance.pickupService / 2;
  const latest = Math.max(there, ...under.orders.map(({ ready }) => ready));
  if (latest > now && now < courier.off) return null;
  const ready = under.orders.filter((order) => order.ready <= now);
  if (there > now) ready.length = 0;
  for (const order of under.orders) if (!ready.includes(order)) open.set(order.order, order);
  worker.under = null;
  const [first] = ready;
  if (first === undefined) return null;
  const dropoffs: number[] = [];
  let time = now + instance.pickupService / 2;
  let spot = placeOf(instance, first.restaurant);
  for (const order of ready) {
    time += travel(instance, spot, order) + instance.dropoffService / 2;
    dropoffs.push(time);
    time += instance.dropoffService / 2;
    spot = order;
  }
  worker.spot = { x: spot.x, y: spot.y };
  worker.freeAt = time;
  worker.taken += ready.length;
  return {
    courier: courier.courier,
    restaurant: first.restaurant,
    orders: ready.map(({ order }) => order),
    decided: ready.map(({ order }) => under.decided.get(order) ?? NaN),
    sent: under.sent,
    arrival: under.arrival,
    pickup: now,
    dropoffs,
  };
}

function driverOf(
  { courier, spot, freeAt, taken, under }: Worker,
  errandOf: (order: DayOrder, now: number) => Errand,
  now: number,
  instance: Instance,
): Driver {
  return {
    driver: courier.courier,
    vehicle: "car",
    spot,
    freeAt: freeAt * minute,
    offAt: courier.off * minute,
    fetch:
      under === null
        ? null
        : { errands: under.orders.map((order) => errandOf(order, now)), arriveAt: under.arrival * minute, open: true },
    taken: taken + (under?.orders.length ?? 0),
    guaranteed: ((courier.off - courier.on) / 60) * (instance.payPerHour / instance.payPerOrder),
    longestMs: Infinity,
    doubtful: false,
  };
}

function placeOf({ restaurants, name }: Instance, restaurant: string): Place {
  const place = restaurants.get(restaurant);
  if (place === undefined) throw new Error(`${name} has no restaurant ${restaurant}`);
  return place;
}

/** Minutes from order to ready food, by restaurant: all that the estimated track knows beforehand. */
function meanPreparation({ orders }: Instance): Map<string, number> {
  return new Map(
    [...Map.groupBy(orders, ({ restaurant }) => restaurant)].map(([restaurant, own]) => [
      restaurant,
      own.reduce((sum, { placed, ready }) => sum + ready - placed, 0) / own.length,
    ]),
  );
}
