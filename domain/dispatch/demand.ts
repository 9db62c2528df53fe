import type { Errand, Situation, Spot } from "./situation.ts";

/** What was learned of where food is ordered, and how long it takes there. Losing it costs quality for an hour. */
export interface Demand {
  /** Until when orders have been counted (epoch ms). */
  readonly countedUntil: number;
  readonly venues: ReadonlyMap<string, VenueDemand>;
  /** How long food waits, over all venues. */
  readonly everywhere: Waits;
}

interface VenueDemand {
  readonly spot: Spot;
  /** Orders so far, each counting less the older it is: e-fold every `memoryMs`; as of `asOf`. */
  readonly recent: number;
  readonly asOf: number;
  readonly waits: Waits;
}

/** By the minutes a driver needs to be at the counter: how long food has to wait for it, summed over `count` orders. */
interface Waits {
  readonly count: number;
  readonly byWay: Float64Array;
}

const memoryMs = 60 * 60_000;
const minute = 60_000;
export const longestWay = 40;

const noWaits: Waits = { count: 0, byWay: new Float64Array(longestWay + 1) };

/** Before anything is known, in minutes. */
const usualPreparations = [4, 8, 11, 13, 15, 17, 20, 24, 30];

export const noDemand: Demand = {
  countedUntil: 0,
  venues: new Map(),
  everywhere: usualPreparations.reduce(withPreparation, noWaits),
};

/** Counts what was ordered since the last round. */
export function counted(
  demand: Demand,
  { errands, venues }: Pick<Situation, "errands" | "venues">,
  now: number,
): Demand {
  const fresh = errands.filter(({ requestedAt }) => requestedAt > demand.countedUntil && requestedAt <= now);
  const unknown = venues.filter(({ venue }) => !demand.venues.has(venue));
  if (fresh.length === 0 && unknown.length === 0) return { ...demand, countedUntil: now };
  const next = new Map(demand.venues);
  for (const { venue, spot } of unknown) next.set(venue, { spot, recent: 0, asOf: now, waits: noWaits });
  let { everywhere } = demand;
  for (const errand of fresh) {
    count(next, errand, now);
    everywhere = withPreparation(everywhere, preparation(errand));
  }
  return { countedUntil: now, venues: next, everywhere };
}

/** What is learned of orders that came one after the other, each counted when it came. */
export function learnedFrom(errands: readonly Errand[], now: number): Demand {
  const venues = new Map<string, VenueDemand>();
  let { everywhere } = noDemand;
  for (const errand of errands) {
    count(venues, errand, Math.min(errand.requestedAt, now));
    everywhere = withPreparation(everywhere, preparation(errand));
  }
  return { countedUntil: now, venues, everywhere };
}

function count(venues: Map<string, VenueDemand>, errand: Errand, now: number): void {
  const { venue, pickup } = errand;
  if (pickup === null) return;
  const { recent, asOf, waits } = venues.get(venue) ?? { recent: 0, asOf: now, waits: noWaits };
  venues.set(venue, {
    spot: pickup,
    recent: recent * fade(asOf, now) + 1,
    asOf: now,
    waits: withPreparation(waits, preparation(errand)),
  });
}

function fade(from: number, to: number): number {
  return Math.exp((from - to) / memoryMs);
}

function preparation({ requestedAt, readyAt }: Errand): number {
  return (readyAt - requestedAt) / minute;
}

function withPreparation({ count, byWay }: Waits, minutes: number): Waits {
  const next = byWay.slice();
  for (let way = Math.max(0, Math.ceil(minutes)); way < next.length; way += 1)
    next[way] = (next[way] ?? 0) + (way - minutes);
  return { count: count + 1, byWay: next };
}

/** Where orders may come next; `venues` of them, those with the most demand first. */
export interface Prospects {
  readonly spots: readonly Spot[];
  /** Orders expected in an hour. */
  readonly rates: Float64Array;
  /** `waits[venue * (longestWay + 1) + way]`: how long the next order's food is expected to wait, in minutes. */
  readonly waits: Float64Array;
}

const priorRate = 0.5;
const globalWeight = 4;
const mostProspects = 120;

export function prospects({ venues, everywhere }: Demand, now: number): Prospects {
  const rated = [...venues.values()].map(({ spot, recent, asOf, waits }) => ({
    spot,
    rate: recent * fade(asOf, now),
    waits,
  }));
  const mean = rated.reduce((sum, { rate }) => sum + rate, 0) / Math.max(1, rated.length);
  const most = rated.length > mostProspects ? rated.toSorted((a, b) => b.rate - a.rate).slice(0, mostProspects) : rated;
  const rates = Float64Array.from(most, ({ rate }) => ((rate + priorRate * mean) * 3_600_000) / memoryMs);
  const width = longestWay + 1;
  const waits = new Float64Array(most.length * width);
  for (const [index, { waits: own }] of most.entries()) {
    const scale = 1 / (own.count + globalWeight);
    const general = (globalWeight * scale) / everywhere.count;
    for (let way = 0; way < width; way += 1) {
      waits[index * width + way] = (own.byWay[way] ?? 0) * scale + (everywhere.byWay[way] ?? 0) * general;
    }
  }
  return { spots: most.map(({ spot }) => spot), rates, waits };
}
