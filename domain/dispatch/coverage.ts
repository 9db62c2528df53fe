import { longestWay, type Prospects } from "./demand.ts";
import type { Driver, Spot, Terms } from "./situation.ts";

const minute = 60_000;
const width = longestWay + 1;
const kept = 4;
/** How much the first, second and third nearest driver count. */
const ranks = [0.6, 0.3, 0.1] as const;
/** Whoever goes home sooner does not count. */
const leastLeftMs = 15 * minute;

/** How well the drivers together are placed for the orders to be expected. */
export class Coverage {
  readonly #expected: Prospects;
  readonly #terms: Terms;
  readonly #now: number;
  readonly #waysByDriver = new Map<number, Uint8Array>();
  readonly #waysByVenue = new Map<string, Uint8Array>();
  readonly #numberByDriver = new Map<string, number>();
  /** Of each venue the nearest drivers, and their minutes to it. */
  readonly #nearest: Int16Array;
  readonly #minutes: Uint8Array;

  constructor(expected: Prospects, terms: Terms, now: number) {
    this.#expected = expected;
    this.#terms = terms;
    this.#now = now;
    this.#nearest = new Int16Array(expected.spots.length * kept).fill(-1);
    this.#minutes = new Uint8Array(expected.spots.length * kept).fill(longestWay);
  }

  /** Counts a driver who is at `spot` at `time`. */
  add(driver: Driver, spot: Spot | null, time: number): void {
    if (time > this.#now + longestWay * minute || driver.offAt < this.#now + leastLeftMs) return;
    const number = this.#numberOf(driver);
    const ways = this.ways(driver, spot, time);
    this.#waysByDriver.set(number, ways);
    for (let venue = 0; venue < ways.length; venue += 1) this.#rank(venue, number, ways[venue] ?? longestWay);
  }

  remove(driver: Driver): void {
    const number = this.#numberOf(driver);
    this.#waysByDriver.delete(number);
    const venues = this.#expected.spots.length;
    for (let venue = 0; venue < venues; venue += 1) {
      const from = venue * kept;
      const at = this.#nearest.subarray(from, from + kept).indexOf(number);
      if (at === -1) continue;
      this.#nearest.fill(-1, from, from + kept);
      this.#minutes.fill(longestWay, from, from + kept);
      for (const [other, ways] of this.#waysByDriver) this.#rank(venue, other, ways[venue] ?? longestWay);
    }
  }

  /** Minutes until the driver could stand at each counter. */
  ways({ vehicle }: Driver, spot: Spot | null, time: number): Uint8Array {
    const { spots } = this.#expected;
    const { travel, parkMs } = this.#terms;
    const wait = Math.max(0, time - this.#now) + parkMs;
    const ways = new Uint8Array(spots.length);
    for (let venue = 0; venue < spots.length; venue += 1) {
      const way = (wait + travel(spot, spots[venue] ?? null, vehicle)) / minute;
      ways[venue] = way < longestWay ? Math.round(way) : longestWay;
    }
    return ways;
  }

  /** As `ways`, of a driver who waits at one of the venues. */
  waysFromVenue(driver: Driver, venue: number): Uint8Array {
    const key = `${driver.vehicle} ${venue}`;
    const known = this.#waysByVenue.get(key);
    if (known !== undefined) return known;
    const ways = this.ways(driver, this.#expected.spots[venue] ?? null, this.#now);
    this.#waysByVenue.set(key, ways);
    return ways;
  }

  /** The waiting of food to be expected in an hour (minutes), were `driver` so far from each venue; null: nowhere. */
  waiting(driver: Driver, ways: Uint8Array | null): number {
    const number = this.#numberOf(driver);
    const { rates, waits } = this.#expected;
    let sum = 0;
    for (let venue = 0; venue < rates.length; venue += 1) {
      const way = ways === null ? longestWay : (ways[venue] ?? longestWay);
      const from = venue * kept;
      const skip0 = this.#nearest[from] === number ? 1 : 0;
      const skip1 = skip0 === 1 || this.#nearest[from + 1] === number ? 1 : 0;
      const skip2 = skip1 === 1 || this.#nearest[from + 2] === number ? 1 : 0;
      const first = this.#minutes[from + skip0] ?? longestWay;
      const second = this.#minutes[from + 1 + skip1] ?? longestWay;
      const third = this.#minutes[from + 2 + skip2] ?? longestWay;
      const at = venue * width;
      const a = waits[at + (way < first ? way : first)] ?? 0;
      const b = waits[at + (way < first ? first : way < second ? way : second)] ?? 0;
      const c = waits[at + (way < second ? second : way < third ? way : third)] ?? 0;
      sum += (rates[venue] ?? 0) * (ranks[0] * a + ranks[1] * b + ranks[2] * c);
    }
    return sum;
  }

  #rank(venue: number, number: number, way: number): void {
    const from = venue * kept;
    if (way >= (this.#minutes[from + kept - 1] ?? 0)) return;
    let at = kept - 1;
    for (; at > 0 && way < (this.#minutes[from + at - 1] ?? 0); at -= 1) {
      this.#minutes[from + at] = this.#minutes[from + at - 1] ?? longestWay;
      this.#nearest[from + at] = this.#nearest[from + at - 1] ?? -1;
    }
    this.#minutes[from + at] = way;
    this.#nearest[from + at] = number;
  }

  #numberOf({ driver }: Driver): number {
    const known = this.#numberByDriver.get(driver);
    if (known !== undefined) return known;
    const number = this.#numberByDriver.size;
    this.#numberByDriver.set(driver, number);
    return number;
  }
}
