import { Coverage } from "./coverage.ts";
import type { Prospects } from "./demand.ts";
import { hop } from "./hops.ts";
import type { Route } from "./route.ts";
import type { Driver, Spot, Terms } from "./situation.ts";

const minute = 60_000;
/** How long a driver is expected to be of use where it waits, in hours. */
const stayHours = 25 / 60;
/** What a minute on the way must at least save, in minutes of waiting. */
const wayWorth = 0.01;
/** How many ways a round looks at: about a millisecond. */
const mostWays = 100_000;
const farthestMs = 20 * minute;
/** Whoever goes home sooner is not sent anywhere. */
const leastLeftMs = 20 * minute;

/** Where idle drivers had better wait for the orders to be expected. */
export function movesFor(
  routes: readonly Route[],
  expected: Prospects,
  terms: Terms,
  now: number,
): { driver: Driver; to: Spot }[] {
  const idle = routes.filter(
    ({ driver, trips }) =>
      trips.length === 0 && driver.freeAt <= now && driver.offAt > now + leastLeftMs && driver.spot !== null,
  );
  const venues = expected.spots.length;
  if (idle.length === 0 || venues === 0) return [];
  const coverage = new Coverage(expected, terms, now);
  for (const { driver, legs, trips } of routes) {
    const leg = legs[trips.length];
    if (leg !== undefined) coverage.add(driver, leg.spot, leg.time);
  }
  const looks = Math.min(idle.length, Math.max(2, Math.floor(mostWays / venues ** 2)));
  const turn = Math.floor(now / minute) * looks;
  const moves: { driver: Driver; to: Spot }[] = [];
  for (let look = 0; look < looks; look += 1) {
    const driver = idle[(turn + look) % idle.length]?.driver;
    if (driver === undefined) continue;
    const gone = coverage.waiting(driver, null);
    const stay = coverage.waiting(driver, coverage.ways(driver, driver.spot, now));
    let best = 0;
    let to: Spot | null = null;
    for (const [venue, spot] of expected.spots.entries()) {
      const way = terms.travel(driver.spot, spot, driver.vehicle);
      if (way === 0 || way > farthestMs) continue;
      const saved = (stay - coverage.waiting(driver, coverage.waysFromVenue(driver, venue))) * stayHours;
      // On the way the driver is of no use to anybody: on average for half of it.
      const lost = ((gone - stay) * way) / minute / 120;
      const net = saved - lost - wayWorth * (way / minute);
      if (net > best) {
        best = net;
        to = spot;
      }
    }
    if (to === null) continue;
    coverage.remove(driver);
    coverage.add(driver, to, now);
    moves.push({ driver, to: hop(driver, to, expected.spots, terms, minute) ?? to });
  }
  return moves;
}
